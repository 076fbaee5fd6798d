// Finding what a program will find of a terminal: its description, by the rules of ncurses (terminfo(5)).

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from './paths.ts';

/** Where the descriptions of a system are; ncurses is built to look in some of them. */
const systemFolders = [
  '/etc/terminfo',
  '/lib/terminfo',
  '/usr/share/terminfo',
  '/usr/lib/terminfo',
  '/usr/share/lib/terminfo',
  '/usr/local/share/terminfo',
  '/opt/homebrew/share/terminfo',
  '/run/current-system/sw/share/terminfo',
];

/** The file that describes the terminal `name`, or null when there is none. */
export function findTerminfo(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  system: readonly string[] = systemFolders,
): string | null {
  const listed = (env.TERMINFO_DIRS ?? '').split(':');
  const folders = [env.TERMINFO ?? '', join(homeFolder(env), '.terminfo'), ...listed, ...system];
  // A letter a folder, or its code where the file system cannot tell `A` from `a` (macOS).
  const letters = [name.charAt(0), name.charCodeAt(0).toString(16)];
  const files = folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => letters.map((letter) => join(folder, letter, name)));
  return files.find((file) => existsSync(file)) ?? null;
}
