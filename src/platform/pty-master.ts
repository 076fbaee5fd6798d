// Our side of a PTY, which a runtime opened and keeps to itself: its descriptor is found among ours. It is written to at
// once, where the runtime would first wait to be told that it may write (measured on Bun: 0.1 ms for each key), and can be
// read from in the middle of a flood.

import * as fs from 'node:fs';
import { basename } from 'node:path';
import type { Disposable } from '../base/disposables.ts';
import type { CLibrary } from './c-library.ts';
import { ownFiles } from './own-files.ts';
import { isLinux } from './runtime.ts';

export interface PtyMaster extends Disposable {
  /** Our own descriptor, and those of the runtime. */
  readonly file: number;
  readonly others: readonly number[];
  /** How many bytes were taken without waiting. */
  write(bytes: Uint8Array): number;
  /** What is there to be read without waiting, some kB more than `most` at most; null when there is nothing. */
  read(most: number): Uint8Array | null;
}

/** What Linux hands out of a terminal at a time (N_TTY_BUF_SIZE, n_tty.c). */
export const kernelPieceBytes = 4096;

/** TIOCGPTN of Linux: the number of the terminal whose other side a descriptor is, as an unsigned int. */
const terminalNumber = 0x8004_5430;

/** The other side of the terminal at `path` (`/dev/pts/3`); null where it is not found. */
export function findPtyMaster(library: CLibrary | null, path: string | null): PtyMaster | null {
  if (library === null || path === null || !isLinux) return null;
  const number = Number(basename(path));
  const others = ownFiles().filter((file) => ptyNumberOf(library, file) === number);
  // A descriptor of our own: the runtime may close its own at any time, and its number then means something else.
  const file = others[0] === undefined ? -1 : library.duplicate(others[0]);
  if (file < 0) return null;
  let isOpen = true;
  return {
    file,
    others,
    write: (bytes) => (isOpen ? Math.max(0, library.write(file, bytes)) : 0),
    read(most) {
      if (!isOpen) return null;
      const bytes = new Uint8Array(most + kernelPieceBytes);
      let length = 0;
      while (length < most) {
        const count = library.read(file, bytes.subarray(length, length + kernelPieceBytes));
        if (count <= 0) break;
        length += count;
      }
      if (length === 0) return null;
      // Nobody is to keep much for little.
      return 2 * length < most ? bytes.slice(0, length) : bytes.subarray(0, length);
    },
    dispose() {
      if (isOpen) fs.closeSync(file);
      isOpen = false;
    },
  };
}

/** The number of the terminal whose other side `file` is; null when it is none. Linux only. */
export function ptyNumberOf(library: CLibrary, file: number): number | null {
  const told = new Uint32Array(1);
  return library.control(file, terminalNumber, new Uint8Array(told.buffer)) === 0 ? (told[0] ?? null) : null;
}
