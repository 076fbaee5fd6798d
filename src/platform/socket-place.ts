// The place where a server's socket stands: whether it is still the same, and getting it ready for a new one.

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { StayError } from '../base/stay-error.ts';
import { remakeSocketFolder } from './paths.ts';
import { connectTo } from './sockets.ts';

/** Tells one file from another that took its place; null when there is none, or none that can be reached. */
export function fileIdentity(path: string): string | null {
  try {
    const { dev, ino } = fs.lstatSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null; // ENOENT, or on the way: ENOTDIR, EACCES
  }
}

/** How many sockets the folder of a socket has, itself included. */
export function neighboursOf(path: string): number {
  return fs.readdirSync(dirname(path)).filter((name) => name.endsWith('.sock')).length;
}

/**
 * Makes the folder of a socket again if need be, private, and clears the way: what is no socket is set aside and never
 * removed. Throws, so that nothing is lost, where a living server listens or the folder is not ours alone.
 */
export async function clearSocketPlace(path: string): Promise<void> {
  remakeSocketFolder(path);
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isSocket()) return fs.renameSync(path, freePath(path));
  const connection = await connectTo(path);
  if (connection === null) return;
  connection.destroy();
  throw new StayError('busy', `Cannot listen on "${path}": another process does`);
}

function freePath(path: string): string {
  for (let number = 1; ; number++) {
    const aside = `${path}.bad-${number}`;
    if (fileIdentity(aside) === null) return aside;
  }
}
