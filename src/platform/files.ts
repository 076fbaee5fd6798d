// Files: private, whole or not at all.

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from '../base/stay-error.ts';

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
export function writeFileAtomic(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = fs.openSync(temporary, 'w', 0o600);
    try {
      writeAll(file, bytes);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done);
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
