// The modes of our terminal: raw, in which every key comes at once, and transparent, in which every byte passes as it is, both
// ways. A runtime's own raw mode still turns LF into CR LF on output, which breaks every program that moves the cursor
// down with LF, and which everything else that prints relies on. By the C library where the runtime can call it.

import type { CLibrary } from './c-library.ts';
import { isLinux } from './runtime.ts';

/** Goes back to the mode before. A terminal that is gone has none. */
export type RestoreMode = () => void;

/** Bytes that hold a `struct termios` on every system we know (60 on Linux, 72 on macOS). */
const termiosBytes = 256;

/** Where c_oflag, what becomes of output, stands in it: behind c_iflag, of an unsigned int each on Linux, a long on macOS. */
const outputFlags = isLinux ? ([4, 8] as const) : ([8, 16] as const);

const standardInput = 0;

/** isatty(3). */
export function isTerminal(library: CLibrary, file: number): boolean {
  return library.getMode(file, new Uint8Array(termiosBytes)) === 0;
}

/** Gives every key at once, unchanged, and leaves output as it is. */
export function makeRaw(library: CLibrary | null): RestoreMode {
  if (library !== null) {
    return change(library, (mode) => {
      const output = mode.slice(...outputFlags);
      library.makeRaw(mode);
      mode.set(output, outputFlags[0]);
    });
  }
  process.stdin.setRawMode(true);
  return () => {
    try {
      process.stdin.setRawMode(false);
    } catch {
      // EIO: the terminal is gone.
    }
  };
}

/** Passes every byte as it is, both ways: the mode of cfmakeraw(3). */
export function makeTransparent(library: CLibrary | null): RestoreMode {
  return library === null ? byStty() : change(library, library.makeRaw);
}

function change(library: CLibrary, edit: (mode: Uint8Array) => void): RestoreMode {
  const before = new Uint8Array(termiosBytes);
  if (library.getMode(standardInput, before) !== 0) return () => {};
  const mode = before.slice();
  edit(mode);
  library.setMode(standardInput, mode);
  return () => void library.setMode(standardInput, before);
}

function byStty(): RestoreMode {
  const before = stty('-g').trim();
  stty('raw', '-echo');
  return () => void stty(before);
}

/** Only where there is no library: loaded then. */
function stty(...args: string[]): string {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return spawnSync('stty', args, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).stdout ?? '';
}
