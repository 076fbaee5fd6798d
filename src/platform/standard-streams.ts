// What a verb prints, and where this process ends. By plain writes: the runtime's own streams take 7 ms to load (measured on
// Bun), which everybody would wait for who prints a line.

import * as fs from 'node:fs';
import { errnoOf } from '../base/stay-error.ts';

const [standardOutput, standardError] = [1, 2];

/**
 * Prints to standard output; resolves once it has left this process, with whether somebody takes it. A reader that went away
 * (`| head`) is no failure. One call after the other.
 */
export function printOut(text: string): Promise<boolean> {
  return printTo(standardOutput, text);
}

/** Prints to standard error. */
export function printError(text: string): Promise<boolean> {
  return printTo(standardError, text);
}

async function printTo(file: number, text: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(text);
  let done = 0;
  try {
    while (done < bytes.length) done += fs.writeSync(file, bytes, done);
    return true;
  } catch (error) {
    if (isReaderGone(error)) return false;
    if (errnoOf(error) !== 'EAGAIN') throw error;
    // Whoever opened it made it non-blocking, and it is full.
    return printLater(file === standardOutput ? process.stdout : process.stderr, bytes.subarray(done));
  }
}

function printLater(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.once('error', settle);
    stream.write(bytes, settle);
    function settle(error?: Error | null): void {
      stream.off('error', settle);
      if (error && !isReaderGone(error)) reject(error);
      else resolve(!error);
    }
  });
}

function isReaderGone(error: unknown): boolean {
  // The stream is closed by the first failure; what is printed later meets that.
  return ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'].includes(errnoOf(error) ?? '');
}

/** Whether standard output is a device, as every terminal is: to ask for more takes 1.5 ms, which only those are to cost. */
export function isOutputDevice(): boolean {
  try {
    return fs.fstatSync(standardOutput).isCharacterDevice();
  } catch {
    return false; // EBADF: it is closed
  }
}

/** The command line behind the program's name. */
export function commandLine(): string[] {
  return process.argv.slice(2);
}

/** The directory that this process was started in. */
export function workingFolder(): string {
  return process.cwd();
}
