// The files that this process has open, by its descriptors, where the system shows them in /proc.

import * as fs from 'node:fs';

const folder = '/proc/self/fd';

/** None where the system does not tell. */
export function ownFiles(): number[] {
  try {
    return fs.readdirSync(folder).map(Number);
  } catch {
    return [];
  }
}

/** What a descriptor stands for, such as `/dev/pts/3` or `anon_inode:[eventpoll]`; null where the system does not tell. */
export function ownFileName(file: number): string | null {
  try {
    return fs.readlinkSync(`${folder}/${file}`);
  } catch {
    return null; // closed meanwhile, as the one is that the folder was read with
  }
}

/**
 * The terminal behind a descriptor, opened anew, so that flags such as O_NONBLOCK are not shared with whoever else has it. Null
 * where that cannot be done: when the terminal is another user's (su), or one from outside of our container, where another
 * one may have its name.
 */
export function reopenTerminal(file: number, flags: number): number | null {
  const name = ownFileName(file);
  if (name === null) return null;
  try {
    const opened = fs.openSync(name, fs.constants.O_NOCTTY | flags);
    if (isSame(fs.fstatSync(opened), fs.fstatSync(file))) return opened;
    fs.closeSync(opened);
    return null;
  } catch {
    return null;
  }
}

function isSame(one: fs.Stats, other: fs.Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino && one.rdev === other.rdev;
}
