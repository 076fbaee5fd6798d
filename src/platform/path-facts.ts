// What stands at a path and around it, for those who explain and change nothing.

import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from '../base/stay-error.ts';
import { isLinux } from './runtime.ts';

export interface PathFacts {
  kind: 'folder' | 'file' | 'link' | 'other';
  owner: number;
  /** The permission bits. */
  mode: number;
  /** Where a link leads. */
  target: string | null;
}

/** Whether we may write: `readOnly` is the whole file system. */
export type Access = 'writable' | 'denied' | 'readOnly';

export interface FolderFacts {
  path: string;
  /** What is there, links not followed; null when there is nothing. */
  found: PathFacts | null;
  /** The folder itself, or the nearest one above it that is there. */
  nearest: string;
  /** To the nearest. */
  access: Access;
}

export interface DiskFacts {
  freeBytes: number;
  /** Files that can still be made, or null where the file system has no such bound. */
  freeFiles: number | null;
  /** Whether other machines may see the same files. */
  isShared: boolean;
}

/** The user that we run as; null where the system has no such thing. */
export const userId: number | null = process.getuid?.() ?? null;

/** What stands at `path`, links not followed; null when there is nothing. */
export function pathFacts(path: string): PathFacts | null {
  try {
    const stats = fs.lstatSync(path);
    const target = stats.isSymbolicLink() ? fs.readlinkSync(path) : null;
    return { kind: kindOf(stats), owner: stats.uid, mode: stats.mode & 0o7777, target };
  } catch (error) {
    // ENOTDIR: a file stands where a folder above it should be.
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function kindOf(stats: fs.Stats): PathFacts['kind'] {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

/** A folder that is there, or would have to be made. */
export function folderFacts(path: string): FolderFacts {
  const found = factsIfReachable(path);
  const nearest = nearestFolder(path);
  return { path, found, nearest, access: accessTo(nearest) };
}

/** Behind a folder that we may not enter there is nothing for us; the access to that tells why. */
function factsIfReachable(path: string): PathFacts | null {
  try {
    return pathFacts(path);
  } catch (error) {
    if (errnoOf(error) === 'EACCES') return null;
    throw error;
  }
}

function nearestFolder(path: string): string {
  let folder = path;
  while (!fs.existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function accessTo(path: string): Access {
  try {
    fs.accessSync(path, fs.constants.W_OK | fs.constants.X_OK);
    return 'writable';
  } catch (error) {
    return errnoOf(error) === 'EROFS' ? 'readOnly' : 'denied';
  }
}

/** The disk that holds `path`, or would. */
export function diskFacts(path: string): DiskFacts {
  const { bavail, bsize, files, ffree, type } = fs.statfsSync(nearestFolder(path));
  const isShared = isLinux && sharedTypes.has(type);
  return { freeBytes: bavail * bsize, freeFiles: files === 0 ? null : ffree, isShared };
}

/** statfs(2): NFS, CIFS, SMB2. */
const sharedTypes = new Set([0x6969, 0xff534d42, 0xfe534d42]);

/** All that lies below a folder, as paths and facts; what vanishes meanwhile, or may not be looked at, is left out. */
export function entriesBelow(folder: string): { path: string; facts: PathFacts }[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const facts = factsIfReachable(path);
    if (facts === null) return [];
    return [{ path, facts }, ...(facts.kind === 'folder' ? entriesBelow(path) : [])];
  });
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'EACCES') return [];
    throw error;
  }
}
