// Writing to the user's terminal: at once while it takes bytes, and without blocking this process when it does not.

import * as fs from 'node:fs';
import { fullTerminalWaitMs } from '../base/limits.ts';
import { errnoOf } from '../base/stay-error.ts';
import { reopenTerminal } from './own-files.ts';

const standardOutput = 1;

export interface TerminalWriter {
  /** Writes what the terminal takes without waiting, nothing while something waits; how many bytes. Throws when it is gone. */
  writeNow(bytes: Uint8Array): number;
  /** Resolves once the terminal has taken all bytes; in order. Rejects when it is gone. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/**
 * A writer for the terminal on standard output, with descriptors of its own: the given one shares its flags with standard
 * input, which Bun makes non-blocking for reading.
 */
export function openTerminalWriter(): TerminalWriter {
  // Without waiting: spares the way over a thread, which a key's echo would feel (measured: 0.1 ms).
  const quick = reopenTerminal(standardOutput, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
  // Waits, on a thread of the pool: a terminal that takes nothing blocks that thread, not our loop (measured on Bun).
  const patient = reopenTerminal(standardOutput, fs.constants.O_WRONLY);
  let last: Promise<void> | null = null;

  function writeNow(bytes: Uint8Array): number {
    return last === null && quick !== null ? tryWriting(quick, bytes) : 0;
  }
  // Async, so that a terminal that is gone is a rejection, like every other failure here.
  async function write(bytes: Uint8Array): Promise<void> {
    const taken = writeNow(bytes);
    if (taken < bytes.length) await queue(bytes.subarray(taken));
  }
  function queue(bytes: Uint8Array): Promise<void> {
    const work = (last ?? Promise.resolve()).then(() => writeWaiting(patient ?? standardOutput, bytes));
    const settled = work.finally(() => {
      if (last === settled) last = null;
    });
    last = settled;
    return settled;
  }

  return {
    writeNow,
    write,
    close() {
      for (const file of [quick, patient]) if (file !== null) fs.closeSync(file);
    },
  };
}

/** How many bytes the terminal took without waiting. */
function tryWriting(file: number, bytes: Uint8Array): number {
  try {
    return fs.writeSync(file, bytes);
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return 0;
    throw error;
  }
}

async function writeWaiting(file: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += await new Promise<number>((resolve, reject) => {
      fs.write(file, bytes, done, (error, count) => {
        if (error === null) resolve(count);
        // Only where we had to take the given descriptor, which may be non-blocking.
        else if (error.code === 'EAGAIN') setTimeout(resolve, fullTerminalWaitMs, 0);
        else reject(error);
      });
    });
  }
}
