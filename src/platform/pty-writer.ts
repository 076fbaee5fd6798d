// Writing to a PTY whose runtime drops what the terminal does not take at once.

import * as fs from 'node:fs';
import { fullTerminalWaitMs } from '../base/limits.ts';
import type { CLibrary } from './c-library.ts';

export interface PtyWriter {
  /** Queues bytes, in order; never blocks. */
  write(bytes: Uint8Array): void;
  /** Forgets what was not taken, and takes nothing more. */
  close(): void;
}

/** A writer for the PTY behind `file`, which must be non-blocking. */
export function openPtyWriter(library: CLibrary | null, file: number): PtyWriter {
  let queued: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = true;

  function writeOn(): void {
    timer = undefined;
    for (let bytes = queued[0]; bytes !== undefined; bytes = queued[0]) {
      const taken = writeSome(bytes);
      if (taken === bytes.length) queued.shift();
      else if (taken > 0) queued[0] = bytes.subarray(taken);
      else {
        // Full: nothing tells us when the program has read.
        timer = setTimeout(writeOn, fullTerminalWaitMs);
        return;
      }
    }
  }

  function writeSome(bytes: Uint8Array): number {
    if (library !== null) return library.write(file, bytes);
    try {
      return fs.writeSync(file, bytes);
    } catch {
      return -1; // EAGAIN
    }
  }

  return {
    write(bytes) {
      if (!isOpen) return;
      queued.push(bytes);
      if (timer === undefined) writeOn();
    },
    close() {
      isOpen = false;
      queued = [];
      clearTimeout(timer);
    },
  };
}
