// Files: private, whole or not at all.

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from '../base/stay-error.ts';

/** A file being written. Who creates it closes it. */
export interface WritableSyncFile {
  /** Appends all of `bytes`. */
  write(bytes: Uint8Array): void;
  /** Returns once what was written has reached the disk itself. */
  sync(): void;
  close(): void;
}

/** Small files where nothing else may happen meanwhile: a port, so that tests can let any single operation fail or be cut short. */
export interface SyncFiles {
  /** The file's bytes, or null when there is none. */
  read(path: string): Uint8Array | null;
  /** Opens an empty file for us alone (mode 0600); what was there before is gone. */
  create(path: string): WritableSyncFile;
  rename(from: string, to: string): void;
  /** Removes a file; nothing happens when there is none. */
  remove(path: string): void;
  /** Returns once new and renamed entries of the folder have reached the disk itself. */
  syncFolder(path: string): void;
}

export const systemSyncFiles: SyncFiles = {
  read: readFileIfAny,
  create: (path) => writableFile(fs.openSync(path, 'w', 0o600)),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.rmSync(path, { force: true }),
  syncFolder,
};

/** The file's bytes, or null when there is none. */
export function readFileIfAny(path: string): Uint8Array | null {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The file's text, or null when there is none. */
export function readTextIfAny(path: string): string | null {
  const bytes = readFileIfAny(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** Names in a folder; none when it does not exist. */
export function listFolder(path: string): string[] {
  try {
    return fs.readdirSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Replaces the file by `bytes` so that a crash at any moment leaves the old or the new one, never a part.
 * Mode 0600. Two writers at once both succeed; one of them is last.
 */
export function writeFileAtomic(path: string, bytes: Uint8Array, files: SyncFiles = systemSyncFiles): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = files.create(temporary);
    try {
      file.write(bytes);
      file.sync();
    } finally {
      file.close();
    }
    files.rename(temporary, path);
  } catch (error) {
    removeLeft(temporary, files);
    throw error;
  }
  files.syncFolder(dirname(path));
}

/** The first failure is the one to tell; a disk that does not even remove leaves a file that nobody reads. */
function removeLeft(temporary: string, files: SyncFiles): void {
  try {
    files.remove(temporary);
  } catch {}
}

function writableFile(file: number): WritableSyncFile {
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done);
    },
    sync: () => fs.fsyncSync(file),
    close: () => fs.closeSync(file),
  };
}

function syncFolder(path: string): void {
  const folder = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

/** Makes one new private folder. Throws EEXIST when it is there already. */
export function makeFolder(path: string): void {
  fs.mkdirSync(path, { mode: 0o700 });
}

/** Writes a file that is not there yet, and the folders above it that are missing; one that is there stays as it is. */
export function writeFileIfNone(path: string, text: string): void {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    fs.writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

/** Writes a file for us alone (mode 0600) in place of one that is there. A crash may leave a part of it. */
export function writePrivateFile(path: string, bytes: Uint8Array): void {
  fs.writeFileSync(path, bytes, { mode: 0o600 });
}

/** Removes a file or a whole folder; nothing happens when there is none. */
export function remove(path: string): void {
  fs.rmSync(path, { recursive: true, force: true });
}

/** What stands at a path, links followed; `none` also where it cannot be reached. */
export function kindOf(path: string): 'folder' | 'other' | 'none' {
  try {
    return fs.statSync(path).isDirectory() ? 'folder' : 'other';
  } catch {
    return 'none'; // ENOENT, EACCES on the way, ELOOP, ENAMETOOLONG: nobody can start there
  }
}
