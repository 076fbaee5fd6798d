// Files as storage sees them: a port, so that tests can let any single operation fail or be cut short.
// Everything here is asynchronous: a slow disk must not hold up keys and output.

import type * as fs from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { errnoOf } from '../base/stay-error.ts';

/** A file being written. Who creates it closes it; closing twice is harmless. */
export interface WritableFile {
  /** Appends all of `bytes`. One call at a time. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves once what was written has reached the disk itself. May run while a `write` does. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileLayer {
  /** Names in a folder; none when it does not exist. */
  list(folder: string): Promise<string[]>;
  /** The file's bytes, or null when there is none. */
  read(path: string): Promise<Uint8Array | null>;
  /** The length of a file, or null when there is none. */
  size(path: string): Promise<number | null>;
  /** Opens an empty file for us alone (mode 0600); what was there before is gone. */
  create(path: string): Promise<WritableFile>;
  /** Makes a folder for us alone, unless it is there. */
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; nothing happens when there is none. */
  remove(path: string): Promise<void>;
  /** Resolves once new and renamed entries of the folder have reached the disk itself. */
  syncFolder(path: string): Promise<void>;
}

export const systemFiles: FileLayer = {
  async list(folder) {
    return (await orNothing(readdir(folder))) ?? [];
  },
  read: (path) => orNothing(readFile(path)),
  async size(path) {
    return (await orNothing(stat(path)))?.size ?? null;
  },
  async create(path) {
    return writableFile(await open(path, 'w', 0o600));
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  async syncFolder(path) {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

/**
 * Replaces the file by `bytes` so that a crash at any moment leaves the old or the new one, never a part. One writer of a
 * file at a time.
 */
export async function replaceFile(files: FileLayer, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  try {
    const file = await files.create(temporary);
    try {
      await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.rename(temporary, path);
  } catch (error) {
    // The first failure is the one to tell; a disk that does not even remove leaves a file that the next writer replaces.
    await files.remove(temporary).catch(() => {});
    throw error;
  }
  await files.syncFolder(path.slice(0, path.lastIndexOf('/')));
}

/** Ends the name of a file that is not whole yet; one that is found was left by a crash. */
export const temporarySuffix = '.new';

function writableFile(handle: fs.FileHandle): WritableFile {
  let isOpen = true;
  return {
    async write(bytes) {
      for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
    },
    sync: () => handle.datasync(),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await handle.close();
    },
  };
}

async function orNothing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
