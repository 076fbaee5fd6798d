// The process of a session's server, as it finds itself started: what it is called with, its order on standard input, and
// who waits for one line on its standard output.

import * as fs from 'node:fs';

/** The hidden verb that makes this program a session's server. */
export const serverVerb = 'session-server';

/** The order it was started with. Blocks until it is there. */
export function readOrder(): string {
  return fs.readFileSync(0, 'utf8');
}

/** Answers whoever started it, once; they may be gone already. */
export function answerStarter(line: string): void {
  try {
    fs.writeSync(1, `${line}\n`);
  } catch {
    // EPIPE: the client that started us was killed meanwhile; the session lives all the same.
  }
}
