// A terminal's size with its pixels, which the runtimes leave out. Linux only (ioctl_tty(2)).

import type { CLibrary } from './c-library.ts';
import type { PtySize } from './pty.ts';
import { isLinux } from './runtime.ts';

const getWindowSize = 0x5413; // TIOCGWINSZ
const setWindowSize = 0x5414; // TIOCSWINSZ

/** struct winsize: rows, columns, width and height in pixels, each an unsigned short. */
const winsizeBytes = 8;

/** The size of the terminal behind `file`, or null where it cannot be asked. Pixels are undefined where it says 0. */
export function readWindowSize(library: CLibrary | null, file: number): PtySize | null {
  if (library === null || !isLinux) return null;
  const winsize = new Uint16Array(winsizeBytes / 2);
  if (library.control(file, getWindowSize, new Uint8Array(winsize.buffer)) !== 0) return null;
  const [rows = 0, cols = 0, pixelWidth = 0, pixelHeight = 0] = winsize;
  return { cols, rows, pixelWidth: pixelWidth || undefined, pixelHeight: pixelHeight || undefined };
}

/** Sets it, which sends the program one SIGWINCH if anything changed. False where that cannot be done. */
export function writeWindowSize(library: CLibrary | null, file: number, size: PtySize): boolean {
  if (library === null || !isLinux) return false;
  const winsize = Uint16Array.of(size.rows, size.cols, size.pixelWidth ?? 0, size.pixelHeight ?? 0);
  return library.control(file, setWindowSize, new Uint8Array(winsize.buffer)) === 0;
}
