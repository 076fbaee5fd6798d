// A server's log: what went wrong, in sentences, never anything of the terminal's content.

import * as fs from 'node:fs';

/** Appends dated sentences to the file at `path`; losing them (a full disk) is no failure. */
export function openLog(path: string): (sentence: string) => void {
  return (sentence) => {
    try {
      fs.appendFileSync(path, `${new Date().toISOString()} ${sentence}\n`, { mode: 0o600 });
    } catch {
      // ENOSPC, EROFS, or the folder is gone: there is nowhere to say it.
    }
  };
}
