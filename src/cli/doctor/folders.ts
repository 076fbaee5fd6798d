// The folders of stay: there, ours, private, writable, with short enough paths and room on their disks.

import { lowDiskBytes, maxSocketPathBytes } from '../../base/limits.ts';
import { shellQuote } from '../../base/shell-quote.ts';
import type { DiskFacts, FolderFacts, PathFacts } from '../../platform/path-facts.ts';
import { note, ok, problem, type Verdict } from './finding.ts';
import { count, listOf } from './phrases.ts';

export interface FolderRole {
  /** What is kept in it. */
  holds: string;
  /** The variable that names another one. */
  variable: string;
  /** Us. */
  user: number | null;
}

/** A folder that must be ours alone, or be made so. */
export function folderVerdict({ path, found, nearest, access }: FolderFacts, role: FolderRole): Verdict {
  const { holds, variable } = role;
  const another = `Name a folder of your own: export ${variable}=<folder>`;
  if (found !== null) {
    const wrong = privacyProblem(path, found, role);
    if (wrong !== null) return wrong;
  }
  if (access === 'readOnly')
    return problem(`"${nearest}" is on a file system that can only be read, so ${holds} cannot be kept.`, another);
  if (access === 'denied') return problem(`You may not write into "${nearest}", so ${holds} cannot be kept.`, another);
  if (found === null) return ok(`The folder for ${holds}, "${path}", will be made when it is needed.`);
  return ok(`The folder for ${holds}, "${path}", is yours alone.`);
}

function privacyProblem(path: string, found: PathFacts, { variable, user }: FolderRole): Verdict | null {
  const quoted = shellQuote(path);
  if (found.kind === 'link') {
    return problem(
      `"${path}" is a link to "${found.target}"; stay does not follow it, for it could be turned elsewhere.`,
      `Name the folder itself: export ${variable}=<folder>`,
    );
  }
  if (found.kind !== 'folder')
    return problem(`"${path}" is not a folder.`, `Move it away: mv ${quoted} ${shellQuote(`${path}.old`)}`);
  if (user !== null && found.owner !== user) {
    return problem(
      `"${path}" belongs to user ${found.owner}, and you are ${user}.`,
      `Name a folder of your own: export ${variable}=<folder>`,
    );
  }
  if ((found.mode & 0o777) === 0o700) return null;
  const why = (found.mode & 0o077) === 0 ? 'you may not use it fully' : 'others may enter it';
  return problem(`"${path}" has mode ${octal(found.mode)}: ${why}.`, `Make it yours alone: chmod 700 ${quoted}`);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8);
}

/** Everything in the sessions' folder: a file of another user cannot be replaced, one of a wide mode shows a screen. */
export function contentsVerdict(
  entries: readonly { path: string; facts: PathFacts }[],
  { folder, user }: { folder: string; user: number | null },
): Verdict {
  const foreign = entries.filter(({ facts }) => user !== null && facts.owner !== user);
  if (foreign.length > 0) {
    return problem(
      `${count(foreign.length, 'file')} of the sessions owned by another user: ${pathsOf(foreign)}.`,
      `Take them over: sudo chown -R "$(id -u)" ${shellQuote(folder)}`,
    );
  }
  const closed = user === 0 ? [] : entries.filter(({ facts }) => isClosed(facts));
  if (closed.length > 0) {
    return problem(
      `${count(closed.length, 'file')} of the sessions with a mode that keeps you out yourself: ${pathsOf(closed)}.`,
      `Let yourself in: chmod -R u+rwX ${shellQuote(folder)}`,
    );
  }
  const open = entries.filter(({ facts }) => facts.kind !== 'link' && (facts.mode & 0o077) !== 0);
  if (open.length > 0) {
    return note(
      `${count(open.length, 'file')} of the sessions with a mode that would let others read: ${pathsOf(open)}.`,
      `Close them: chmod -R go= ${shellQuote(folder)}`,
    );
  }
  return ok('The files of the sessions are yours alone.');
}

/** Whether its own user may not use it; root always may. */
function isClosed({ kind, mode }: PathFacts): boolean {
  return (kind === 'folder' && (mode & 0o700) !== 0o700) || (kind === 'file' && (mode & 0o600) !== 0o600);
}

function pathsOf(entries: readonly { path: string }[]): string {
  return listOf(entries.map(({ path }) => path));
}

/** Whether a socket in that folder gets a path that the system can take. */
export function socketLengthVerdict(path: string): Verdict {
  const length = new TextEncoder().encode(path).length;
  if (length <= maxSocketPathBytes)
    return ok(`The paths of sockets have ${length} bytes of the ${maxSocketPathBytes} that they may have.`);
  return problem(
    `The paths of sockets would have ${length} bytes, and ${maxSocketPathBytes} is the limit: "${path}".`,
    'Name a shorter folder: export STAY_RUNTIME_DIR=/tmp/stay-$(id -u)',
  );
}

/** Whether the folder for sockets is the one that the system provides for such things. */
export function runtimeBaseVerdict(env: Readonly<Record<string, string | undefined>>, folder: string): Verdict {
  if (env.STAY_RUNTIME_DIR) return ok(`STAY_RUNTIME_DIR says where sockets are: "${folder}".`);
  const named = env.XDG_RUNTIME_DIR;
  if (named && folder.startsWith(`${named.replace(/\/+$/, '')}/`))
    return ok(`XDG_RUNTIME_DIR says where sockets are: "${folder}".`);
  const why = named ? `XDG_RUNTIME_DIR names "${named}", which is not there` : 'XDG_RUNTIME_DIR is not set';
  return note(
    `${why}, so sockets are in "${folder}", where a cleaner of old files may remove them; servers make theirs again.`,
  );
}

/** The disk below a folder. */
export function diskVerdict({ freeBytes, freeFiles, isShared }: DiskFacts, folder: string): Verdict {
  const room = `The disk of "${folder}" has ${megabytes(freeBytes)} free`;
  if (freeBytes < lowDiskBytes.problem)
    return problem(`${room}: screens may not be saved.`, `See what fills it: df -h ${shellQuote(folder)}`);
  if (freeFiles === 0)
    return problem(`The disk of "${folder}" cannot take any more files.`, `See: df -i ${shellQuote(folder)}`);
  if (freeBytes < lowDiskBytes.note) return note(`${room}, which is little.`);
  if (isShared) {
    return note(
      `"${folder}" is on a network disk: other machines that use it list the sessions of this one as stopped.`,
      'Name a folder on a disk of this machine: export STAY_STATE_DIR=<folder>',
    );
  }
  return ok(`${room}.`);
}

function megabytes(bytes: number): string {
  const mebibytes = Math.floor(bytes / (1024 * 1024));
  return mebibytes >= 10_240 ? `${Math.floor(mebibytes / 1024)} GiB` : `${mebibytes} MiB`;
}
