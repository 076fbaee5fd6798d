// All sessions on disk: one folder each, named by its id. The folder is the registry; nothing else knows the sessions.

import { join } from 'node:path/posix';
import { errnoOf } from '../base/stay-error.ts';
import { reasonOf, systemFailure } from '../base/system-failure.ts';
import { replaceFile, systemFiles } from '../platform/file-layer.ts';
import { listFolder, makeFolder, readFileIfAny, remove, writeFileAtomic } from '../platform/files.ts';
import { withLock } from '../platform/lock.ts';
import { decodeRecord, encodeRecord, type ReadRecord, type SessionRecord } from './session-record.ts';

const recordFile = 'session.msgpack';

/** What a session's folder holds. */
export type CatalogEntry =
  | { kind: 'record'; id: string; record: SessionRecord }
  | { kind: 'unreadable'; id: string; why: string };

export interface Catalog {
  /** The folder that holds the sessions' folders; changes in it mean that sessions come and go. */
  readonly folder: string;
  /** Every session, in no particular order. Folders without a record (being made, being removed) are left out. */
  entries(): CatalogEntry[];
  entry(id: string): CatalogEntry | null;
  /** The folder of one session. */
  folderOf(id: string): string;
  /** Where its server says what went wrong; need not be there. */
  logOf(id: string): string;
  /** Makes the session's folder and its first record. */
  add(record: SessionRecord): void;
  save(record: SessionRecord): void;
  /** The same, as the record is now, without holding anything up. A `save` meanwhile may come to the disk before it. */
  saveAside(record: SessionRecord): Promise<void>;
  /** Removes a session and everything it had on disk. */
  remove(id: string): void;
  /** Runs `work` while no other process makes, names or removes a session. Held for moments only. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T>;
}

/** The catalog in `folder`, which must exist. */
export function openCatalog(folder: string): Catalog {
  const folderOf = (id: string) => join(folder, id);

  function entry(id: string): CatalogEntry | null {
    const read = readRecord(join(folderOf(id), recordFile));
    if (read === null) return null;
    if (read.kind === 'record') return { kind: 'record', id, record: read.record };
    const why = read.kind === 'newer' ? `it was written by a newer stay (format ${read.version})` : read.why;
    return { kind: 'unreadable', id, why };
  }

  function ids(): string[] {
    try {
      return listFolder(folder);
    } catch (error) {
      throw systemFailure(`read the folder "${folder}"`, error);
    }
  }

  function save(record: SessionRecord): void {
    try {
      writeFileAtomic(join(folderOf(record.id), recordFile), encodeRecord(record));
    } catch (error) {
      throw systemFailure(`save the session "${record.name}"`, error);
    }
  }

  return {
    folder,
    entries: () =>
      ids()
        .filter((name) => isId(name))
        .flatMap((id) => entry(id) ?? []),
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
    saveAside: (record) => replaceFile(systemFiles, join(folderOf(record.id), recordFile), encodeRecord(record)),
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
function readRecord(path: string): ReadRecord | null {
  try {
    const bytes = readFileIfAny(path);
    return bytes === null ? null : decodeRecord(bytes);
  } catch (error) {
    // A file that is named like a session's folder.
    if (errnoOf(error) === 'ENOTDIR') return null;
    return { kind: 'damaged', why: reasonOf(error) };
  }
}

/** Ids are made by `newId`: letters and digits only, so that no folder of another origin is taken for a session. */
export function isId(name: string): boolean {
  return /^[0-9a-z]{10}$/.test(name);
}
