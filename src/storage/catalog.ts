// All sessions on disk: one folder each, named by its id. The folder is the registry; nothing else knows the sessions.

import { join } from 'node:path/posix';
import { errnoOf, StayError } from '../base/stay-error.ts';
import { reasonOf, systemFailure } from '../base/system-failure.ts';
import { type FileLayer, replaceFile, systemFiles } from '../platform/file-layer.ts';
import { listFolder, makeFolder, remove, type SyncFiles, systemSyncFiles, writeFileAtomic } from '../platform/files.ts';
import { withLock } from '../platform/lock.ts';
import { decodeRecord, encodeRecord, type ReadRecord, type SessionRecord } from './session-record.ts';

const recordFile = 'session.msgpack';

/** What a session's folder holds. */
export type CatalogEntry =
  | { kind: 'record'; id: string; record: SessionRecord }
  /** Written by a newer stay: `record` is what we understand of it, to be looked at only. */
  | { kind: 'newer'; id: string; record: SessionRecord; why: string }
  | { kind: 'unreadable'; id: string; why: string };

export interface Catalog {
  /** The folder that holds the sessions' folders; changes in it mean that sessions come and go. */
  readonly folder: string;
  /** Every session, in no particular order. Folders without a record (being made, being removed) are left out. */
  entries(): CatalogEntry[];
  /** The same, each read when it is taken. */
  each(): Iterable<CatalogEntry>;
  entry(id: string): CatalogEntry | null;
  /** The folder of one session. */
  folderOf(id: string): string;
  /** Where its server says what went wrong; need not be there. */
  logOf(id: string): string;
  /** Makes the session's folder and its first record. */
  add(record: SessionRecord): void;
  /** Throws a `StayError` when it cannot, or when a newer stay wrote the record that is there. */
  save(record: SessionRecord): void;
  /** The same, as the record is now, without holding anything up. A `save` meanwhile may come to the disk before it. */
  saveAside(record: SessionRecord): Promise<void>;
  /** Removes a session and everything it had on disk. */
  remove(id: string): void;
  /** Runs `work` while no other process makes, names or removes a session. Held for moments only. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T>;
}

export interface CatalogFiles {
  files?: FileLayer;
  syncFiles?: SyncFiles;
}

/** The catalog in `folder`, which must exist. */
export function openCatalog(
  folder: string,
  { files = systemFiles, syncFiles = systemSyncFiles }: CatalogFiles = {},
): Catalog {
  const folderOf = (id: string) => join(folder, id);
  const pathOf = (id: string) => join(folderOf(id), recordFile);

  function entry(id: string): CatalogEntry | null {
    const read = readRecord(pathOf(id), syncFiles);
    if (read === null) return null;
    if (read.kind === 'record') return { kind: 'record', id, record: read.record };
    if (read.kind === 'damaged') return { kind: 'unreadable', id, why: read.why };
    const record = { ...read.record, id, name: read.record.name || id };
    return { kind: 'newer', id, record, why: `it was written by a newer stay (format ${read.version})` };
  }

  function ids(): string[] {
    try {
      return listFolder(folder);
    } catch (error) {
      throw systemFailure(`read the folder "${folder}"`, error);
    }
  }

  function* each(): Iterable<CatalogEntry> {
    for (const id of ids()) {
      const present = isId(id) ? entry(id) : null;
      if (present !== null) yield present;
    }
  }

  function save(record: SessionRecord): void {
    const path = pathOf(record.id);
    try {
      refuseNewer(record, syncFiles.read(path));
      writeFileAtomic(path, encodeRecord(record), syncFiles);
    } catch (error) {
      throw systemFailure(`save the session "${record.name}"`, error);
    }
  }

  async function saveAside(record: SessionRecord): Promise<void> {
    const path = pathOf(record.id);
    // As it is now: it may change while we look.
    const bytes = encodeRecord(record);
    refuseNewer(record, await files.read(path));
    await replaceFile(files, path, bytes);
  }

  return {
    folder,
    entries: () => [...each()],
    each,
    entry,
    folderOf,
    logOf: (id) => join(folderOf(id), 'server.log'),
    add(record) {
      try {
        makeFolder(folderOf(record.id));
        save(record);
      } catch (error) {
        remove(folderOf(record.id));
        throw systemFailure(`create the session "${record.name}"`, error);
      }
    },
    save,
    saveAside,
    remove: (id) => remove(folderOf(id)),
    async exclusively(work) {
      try {
        return await withLock(join(folder, '.lock'), work);
      } catch (error) {
        throw systemFailure('change the sessions', error);
      }
    },
  };
}

/** The record in a file, or null when there is none. What cannot be read costs that session, never the others. */
function readRecord(path: string, files: SyncFiles): ReadRecord | null {
  try {
    const bytes = files.read(path);
    return bytes === null ? null : decodeRecord(bytes);
  } catch (error) {
    // A file that is named like a session's folder.
    if (errnoOf(error) === 'ENOTDIR') return null;
    return { kind: 'damaged', why: reasonOf(error) };
  }
}

/** What a newer stay wrote is not ours to replace: it knows more of the session than we do. */
function refuseNewer({ name }: SessionRecord, present: Uint8Array | null): void {
  if (present === null || decodeRecord(present).kind !== 'newer') return;
  throw new StayError('otherVersion', `Cannot change "${name}": its files were written by a newer stay`, {
    hint: 'Use that one',
  });
}

/** Ids are made by `newId`: letters and digits only, so that no folder of another origin is taken for a session. */
export function isId(name: string): boolean {
  return /^[0-9a-z]{10}$/.test(name);
}
