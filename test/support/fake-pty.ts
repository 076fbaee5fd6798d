// A pseudo-terminal without a program: remembers what was done to it.

import type { Pty, PtySize } from '../../src/platform/pty.ts';
import { textOf } from './bytes.ts';

export interface FakePty extends Pty {
  /** Everything that was written to the program's input, as text. */
  readonly typed: string;
  readonly sizes: PtySize[];
  isClosed: boolean;
  isPaused: boolean;
}

export function fakePty(pid = 4711): FakePty {
  const written: Uint8Array[] = [];
  const pty = {
    pid,
    sizes: [] as PtySize[],
    isClosed: false,
    isPaused: false,
    get typed() {
      return textOf(...written);
    },
    write: (bytes: Uint8Array) => void written.push(bytes),
    resize: (size: PtySize) => void pty.sizes.push(size),
    pause() {
      pty.isPaused = true;
      return true;
    },
    resume() {
      pty.isPaused = false;
    },
    close() {
      pty.isClosed = true;
    },
  };
  return pty;
}
