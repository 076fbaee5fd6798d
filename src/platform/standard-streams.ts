// What a verb prints, and where this process ends.

import { errnoOf } from '../base/stay-error.ts';

/**
 * Prints to standard output; resolves once it has left this process, with whether somebody takes it. A reader that went away
 * (`| head`) is no failure.
 */
export function printOut(text: string): Promise<boolean> {
  return printTo(process.stdout, text);
}

/** Prints to standard error. */
export function printError(text: string): Promise<boolean> {
  return printTo(process.stderr, text);
}

function printTo(stream: NodeJS.WriteStream, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.once('error', settle);
    stream.write(text, settle);
    function settle(error?: Error | null): void {
      stream.off('error', settle);
      if (error && !isReaderGone(error)) reject(error);
      else resolve(!error);
    }
  });
}

function isReaderGone(error: Error): boolean {
  // The stream is closed by the first failure; what is printed later meets that.
  return ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'].includes(errnoOf(error) ?? '');
}

/** Columns of the terminal on standard output, or null when that is not a terminal. */
export function outputColumns(): number | null {
  return process.stdout.isTTY ? process.stdout.columns : null;
}

/** The command line behind the program's name. */
export function commandLine(): string[] {
  return process.argv.slice(2);
}

/** The directory that this process was started in. */
export function workingFolder(): string {
  return process.cwd();
}
