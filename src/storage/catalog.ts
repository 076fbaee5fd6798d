// All sessions on disk: one folder each, named by its id. The folder is the registry; nothing else knows the sessions.

import { join } from 'node:path/posix';
import { listFolder, makeFolder, readFileIfAny, remove, writeFileAtomic } from '../platform/files.ts';
import { withLock } from '../platform/lock.ts';
import { decodeRecord, encodeRecord, type SessionRecord } from './session-record.ts';

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
  /** Makes the session's folder and its first record. */
  add(record: SessionRecord): void;
  save(record: SessionRecord): void;
  /** Removes a session and everything it had on disk. */
  remove(id: string): void;
  /** Runs `work` while no other process makes, names or removes a session. Held for moments only. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T>;
}

/** The catalog in `folder`, which must exist. */
export function openCatalog(folder: string): Catalog {
  const folderOf = (id: string) => join(folder, id);

  function entry(id: string): CatalogEntry | null {
    const bytes = readFileIfAny(join(folderOf(id), recordFile));
    if (bytes === null) return null;
    const read = decodeRecord(bytes);
    if (read.kind === 'record') return { kind: 'record', id, record: read.record };
    const why = read.kind === 'newer' ? `it was written by a newer stay (format ${read.version})` : read.why;
    return { kind: 'unreadable', id, why };
  }

  return {
    folder,
    entries: () =>
      listFolder(folder)
        .filter((name) => isId(name))
        .flatMap((id) => entry(id) ?? []),
    entry,
    folderOf,
    add(record) {
      makeFolder(folderOf(record.id));
      writeFileAtomic(join(folderOf(record.id), recordFile), encodeRecord(record));
    },
    save: (record) => writeFileAtomic(join(folderOf(record.id), recordFile), encodeRecord(record)),
    remove: (id) => remove(folderOf(id)),
    exclusively: (work) => withLock(join(folder, '.lock'), work),
  };
}

/** Ids are made by `newId`: letters and digits only, so that no folder of another origin is taken for a session. */
export function isId(name: string): boolean {
  return /^[0-9a-z]{10}$/.test(name);
}
