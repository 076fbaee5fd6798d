// Finding the file that a command names, as a shell would, so that a wrong one is told before anything is started.

import * as fs from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';

export interface SearchPlace {
  cwd: string;
  /** The search path, as in PATH. */
  path: string;
}

/** The absolute path of the program, or why there is none. */
export function findCommand(
  name: string,
  place: SearchPlace,
): { kind: 'found'; file: string } | { kind: 'missing' | 'notExecutable' } {
  const candidates = name.includes('/')
    ? [resolve(place.cwd, name)]
    : place.path.split(':').map((folder) => resolve(place.cwd, folder || '.', name));
  const files = candidates.filter(isFile);
  const file = files.find(isExecutable);
  if (file !== undefined) return { kind: 'found', file };
  return { kind: files.length > 0 ? 'notExecutable' : 'missing' };
}

function isFile(path: string): boolean {
  try {
    return fs.statSync(path).isFile();
  } catch {
    return false; // not there, or not to be reached: a shell goes on to the next folder as well
  }
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The user's login shell with the flag that makes it one (bash, zsh, fish, dash and ksh all take `-l`). */
export function loginShell(env: Readonly<Record<string, string | undefined>>): string[] {
  return [env.SHELL || userInfo().shell || '/bin/sh', '-l'];
}
