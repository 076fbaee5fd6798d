// What crashes leave in the folders of stay: temporary files, locks, files set aside, sockets. None of it does harm.

import { shellQuote } from '../../base/shell-quote.ts';
import { temporarySuffix } from '../../platform/file-layer.ts';
import type { CatalogEntry } from '../../storage/catalog.ts';
import { isId } from '../../storage/catalog.ts';
import { note, ok, problem, type Verdict } from './finding.ts';
import { count, listOf } from './phrases.ts';

export interface LeftoverPorts {
  isProcessAlive(pid: number): boolean;
  /** Whether the session of that id has a server, which may be writing this very moment. */
  hasServer(id: string): boolean;
  /** Whether a lock names a holder that is gone. */
  isLockDead(path: string): boolean;
}

/** Files made for moments, with the pid of who made them: `x.<pid>.tmp`, `.lock.<pid>.<hex>`. */
const momentary = [/\.(\d+)\.tmp$/, /\.lock\.(\d+)\.[0-9a-f]{8}$/];

/** A file of a session, by the id of that, and its name. */
const sessionFile = /\/([0-9a-z]{10})\/([^/]+)$/;

/** The status of a session, by the id of that, which stands beside the socket of its server. */
const standingStatus = /\/([0-9a-z]{10})\.status$/;

const lock = /\/\.lock(?:\.breaking)?$/;

/** A file that could not be read and was kept; beside it lies its reason, as `.txt`. */
const setAside = /\.bad-\d+$/;

/** Temporary files and locks whose makers are gone. */
export function temporaryVerdict(paths: readonly string[], ports: LeftoverPorts): Verdict {
  const left = paths.filter((path) => isLeft(path, ports));
  if (left.length === 0) return ok('No temporary files and locks are left behind.');
  const what = `${count(left.length, 'temporary file')} or ${left.length === 1 ? 'lock' : 'locks'}`;
  return note(`${what} left by a stay that is gone: ${listOf(left)}.`, removal(left));
}

function isLeft(path: string, { isProcessAlive, hasServer, isLockDead }: LeftoverPorts): boolean {
  if (lock.test(path)) return isLockDead(path);
  const standing = standingStatus.exec(path)?.[1];
  if (standing !== undefined) return !hasServer(standing);
  const [, id, name] = sessionFile.exec(path) ?? [];
  if (id !== undefined && name?.endsWith(temporarySuffix)) return !hasServer(id);
  const pid = momentary.map((pattern) => pattern.exec(path)?.[1]).find((found) => found !== undefined);
  return pid !== undefined && !isProcessAlive(Number(pid));
}

export function setAsideVerdict(paths: readonly string[]): Verdict {
  const found = paths.filter((path) => setAside.test(path));
  if (found.length === 0) return ok('No damaged files are set aside.');
  const what = `${count(found.length, 'damaged file')} set aside, each with its reason beside it (.txt)`;
  return note(
    `${what}: ${listOf(found)}. Their sessions go on without.`,
    removal(found.flatMap((path) => [path, `${path}.txt`])),
  );
}

/** Records of sessions that cannot be read: such a session is not listed, or with little more than its name. */
export function recordsVerdict(entries: readonly CatalogEntry[], folderOf: (id: string) => string): Verdict {
  const damaged = entries.filter((entry) => entry.kind === 'unreadable');
  const newer = entries.filter((entry) => entry.kind === 'newer');
  const reasonOf = ({ id, why }: { id: string; why: string }) => `"${folderOf(id)}": ${why}`;
  if (damaged.length > 0) {
    const reasons = [...damaged, ...newer].map(reasonOf).join('; ');
    return problem(
      `The records of ${count(damaged.length, 'session')} cannot be read, so they are not listed. ${reasons}.`,
      mendRecords(damaged, folderOf),
    );
  }
  if (newer.length === 0) return ok(`The records of all sessions can be read (${entries.length}).`);
  return problem(
    `The records of ${count(newer.length, 'session')} cannot be understood. ${newer.map(reasonOf).join('; ')}.`,
    'Use the newer stay that wrote them',
  );
}

function mendRecords(unreadable: readonly { id: string; why: string }[], folderOf: (id: string) => string): string {
  const closed = unreadable.filter(({ why }) => why === 'permission denied');
  if (closed.length > 0)
    return `Let yourself in: chmod -R u+rwX ${closed.map(({ id }) => shellQuote(folderOf(id))).join(' ')}`;
  return 'Keep what is of use, then remove the folder with rm -r';
}

/** Folders of sessions that hold no record: one is being made or removed this very moment, or never was to the end. */
export function emptyFoldersVerdict(
  names: readonly string[],
  { known, folderOf }: { known: readonly string[]; folderOf: (id: string) => string },
): Verdict {
  const empty = names.filter((name) => isId(name) && !known.includes(name)).map(folderOf);
  if (empty.length === 0) return ok('Every folder of a session holds its record.');
  return note(
    `${count(empty.length, 'folder')} of sessions without a record: ${listOf(empty)}.`,
    `If they stay, remove them: rm -r ${empty.map(shellQuote).join(' ')}`,
  );
}

export interface SocketFacts {
  path: string;
  /** Whether a server of a session listens on it, or it is what stood in the place of a socket and was set aside. */
  use: 'listed' | 'dead' | 'stray' | 'aside';
}

/** Sockets that nobody listens on, and such as belong to a server whose session lost its files. */
export function socketsVerdict(sockets: readonly SocketFacts[]): Verdict {
  const pathsOf = (use: SocketFacts['use']) => sockets.filter((socket) => socket.use === use).map(({ path }) => path);
  const [stray, dead, aside] = [pathsOf('stray'), pathsOf('dead'), pathsOf('aside')];
  if (stray.length > 0) {
    const what = `${count(stray.length, 'server')} without a session's record`;
    return problem(
      `${what}: ${listOf(stray)}. The files were removed while it ran, so it is not listed.`,
      'Find it and end it: ps -ef | grep session-server',
    );
  }
  if (dead.length === 0 && aside.length > 0) {
    const what = `${count(aside.length, 'file')} stood in the place of a socket and ${aside.length === 1 ? 'is' : 'are'} set aside`;
    return note(`${what}: ${listOf(aside)}.`, `If it is of no use: rm -r ${aside.map(shellQuote).join(' ')}`);
  }
  if (dead.length === 0) return ok('No sockets are left behind.');
  return note(`${count(dead.length, 'socket')} left by a server that is gone: ${listOf(dead)}.`, removal(dead));
}

function removal(paths: readonly string[]): string {
  return `Remove: rm ${paths.map(shellQuote).join(' ')}`;
}
