// A disk that fails, or a process that dies, in the middle of writing a record: it is the old one or the new one then.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SyncFiles, systemSyncFiles, type WritableSyncFile } from '../../src/platform/files.ts';
import { type Catalog, openCatalog } from '../../src/storage/catalog.ts';
import { encodeRecord } from '../../src/storage/session-record.ts';
import { type FaultKind, type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';
import { sampleRecord } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const id = 'aaaaaaaaaa';
const file = `${id}/session.msgpack`;
const old = sampleRecord({ id, name: 'old' });
const renewed = sampleRecord({ id, name: 'new', title: 'more than before' });

const catalogOf = (files: MemoryFiles) => openCatalog(memoryFolder, { files, syncFiles: files.sync });
const withOld = () => memoryFiles(new Map([[file, encodeRecord(old)]]));

/** The name in the record, or what else is there. */
function nameIn(files: MemoryFiles): string {
  const entry = catalogOf(files).entry(id);
  return entry === null ? 'none' : entry.kind === 'record' ? entry.record.name : entry.kind;
}

type Writer = (catalog: Catalog) => void | Promise<void>;
const writers: [string, Writer][] = [
  ['save', (catalog) => catalog.save(renewed)],
  ['saveAside', (catalog) => catalog.saveAside(renewed)],
];

/** Lets everything happen that waits for nothing but the disk; a crash leaves work that never ends. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Whether the writer said that it succeeded, that it failed, or nothing any more. */
async function outcome(write: Writer, files: MemoryFiles): Promise<'done' | 'failed' | 'dead'> {
  let said: 'done' | 'failed' | 'dead' = 'dead';
  void Promise.resolve()
    .then(() => write(catalogOf(files)))
    .then(
      () => {
        said = 'done';
      },
      () => {
        said = 'failed';
      },
    );
  await settled();
  return said;
}

describe.each(writers)('a record that is written by %s', (_, write) => {
  async function operations(): Promise<string[]> {
    const files = withOld();
    expect(await outcome(write, files)).toBe('done');
    return files.operations;
  }

  it('is on the disk once that is said', async () => {
    const files = withOld();
    expect(await outcome(write, files)).toBe('done');
    expect(nameIn(files)).toBe('new');
    expect(nameIn(files.afterPowerCut())).toBe('new');
    expect([...files.contents().keys()]).toEqual([file]);
  });

  it.each<FaultKind>(['fail', 'cut', 'crash'])(
    'is the old or the new one, whole, after a "%s" of anything',
    async (kind) => {
      const names = await operations();
      expect(names.map((name) => name.split(' ')[0])).toEqual(['create', 'write', 'sync', 'rename', 'sync']);
      for (let at = 1; at <= names.length; at++) {
        const files = withOld();
        files.arm({ kind, at });
        const label = `${kind} of ${names[at - 1]}`;
        const said = await outcome(write, files);
        expect(said, label).not.toBe('done');
        for (const left of [files, files.afterPowerCut()]) expect(['old', 'new'], label).toContain(nameIn(left));
        // The next one, of this process or of the one after it, is as good as ever.
        const next = memoryFiles(files.contents());
        expect(await outcome(write, next), label).toBe('done');
        expect(nameIn(next.afterPowerCut()), label).toBe('new');
        expect([...next.contents().keys()], label).toEqual([file]);
      }
    },
  );
});

describe('a new session', () => {
  /** The real files, whose operation number `at` fails. */
  function failingAt(at: number): { syncFiles: SyncFiles; count(): number } {
    let count = 0;
    const may = () => {
      if (++count === at) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    const guarded = (file: WritableSyncFile): WritableSyncFile => ({
      write: (bytes) => {
        may();
        file.write(bytes);
      },
      sync: () => {
        may();
        file.sync();
      },
      close: () => file.close(),
    });
    const syncFiles: SyncFiles = {
      ...systemSyncFiles,
      create: (path) => {
        may();
        return guarded(systemSyncFiles.create(path));
      },
      rename: (from, to) => {
        may();
        systemSyncFiles.rename(from, to);
      },
      syncFolder: (path) => {
        may();
        systemSyncFiles.syncFolder(path);
      },
    };
    return { syncFiles, count: () => count };
  }

  it('is there, or nothing of it is, whichever of its writes fails', () => {
    const whole = failingAt(0);
    openCatalog(tempFolder(), whole).add(old);
    expect(whole.count()).toBe(5);
    for (let at = 1; at <= whole.count(); at++) {
      const folder = tempFolder();
      const catalog = openCatalog(folder, failingAt(at));
      expect(() => catalog.add(old)).toThrow('Cannot save the session "old": the disk is full');
      expect(fs.readdirSync(folder)).toEqual([]);
      expect(catalog.entries()).toEqual([]);
    }
  });
});

describe('a record gone bad', () => {
  it('at any byte, flipped or cut, costs its own session alone, with a reason, and stays as it is', () => {
    const folder = tempFolder();
    const catalog = openCatalog(folder);
    const other = sampleRecord({ id: 'bbbbbbbbbb', name: 'other' });
    for (const record of [old, other]) catalog.add(record);
    const path = join(folder, file);
    const bytes = fs.readFileSync(path);
    for (let at = 0; at < bytes.length; at++) {
      for (const bad of [bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)), bytes.subarray(0, at)]) {
        fs.writeFileSync(path, bad);
        expect(catalog.entry(id), `byte ${at}`).toEqual({ kind: 'unreadable', id, why: expect.stringMatching(/./) });
        expect(Buffer.compare(fs.readFileSync(path), bad)).toBe(0);
      }
    }
    expect(catalog.entries()).toHaveLength(2);
    expect(catalog.entry(other.id)).toMatchObject({ kind: 'record', record: other });
  });
});
