// Folders that nobody else may look into: sockets in them give away a terminal.

import * as fs from 'node:fs';
import { shellQuote } from '../base/shell-quote.ts';
import { errnoOf, messageOf, StayError } from '../base/stay-error.ts';

/** Makes sure that `path` is a folder of ours with mode 0700, creating it and its parents. Refuses any other, with what mends it. */
export function ensurePrivateFolder(path: string): void {
  try {
    fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = errnoOf(error) === 'EACCES' || errnoOf(error) === 'EPERM' ? 'permission' : 'cannotCreate';
    throw new StayError(code, `Cannot create the folder "${path}": ${messageOf(error)}`, { cause: error });
  }
  refuseUnlessPrivate(path);
}

/** Refuses a folder that another user owns or can enter. */
export function refuseUnlessPrivate(path: string): void {
  const stats = fs.lstatSync(path);
  const user = process.getuid?.();
  if (!stats.isDirectory()) {
    throw new StayError('permission', `Cannot use "${path}": it is not a folder`, {
      hint: `Move it away: mv ${shellQuote(path)} ${shellQuote(`${path}.old`)}`,
    });
  }
  if (user !== undefined && stats.uid !== user) {
    throw new StayError('permission', `Cannot use "${path}": it belongs to user ${stats.uid}, and you are ${user}`, {
      hint: 'Name a folder of your own: export STAY_RUNTIME_DIR=~/.stay-run STAY_STATE_DIR=~/.stay-state',
    });
  }
  if ((stats.mode & 0o077) !== 0) {
    const mode = (stats.mode & 0o777).toString(8);
    throw new StayError('permission', `Cannot use "${path}": others may enter it (mode ${mode})`, {
      hint: `Close it to others: chmod 700 ${shellQuote(path)}`,
    });
  }
}
