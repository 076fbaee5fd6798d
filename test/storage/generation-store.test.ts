import { describe, expect, it } from 'vitest';
import { GenerationStore } from '../../src/storage/generation-store.ts';
import { encodeRecords } from '../../src/storage/journal.ts';
import { recover } from '../../src/storage/recovery.ts';
import { compress } from '../session/recording.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';

const screen = { cols: 80, rows: 24, paint: bytesOf('painted'), savedAt: 1 };
const paint = bytesOf('screen');
const record = (text: string) => encodeRecords([{ kind: 'output', at: 1, bytes: bytesOf(text) }]);

function openStore(files: MemoryFiles): Promise<GenerationStore> {
  const onArchiveFault = (error: unknown) => {
    throw error;
  };
  return GenerationStore.open(memoryFolder, { files, historyBytes: 1_000_000, compress, onArchiveFault });
}

async function newStore() {
  const files = memoryFiles();
  const store = await openStore(files);
  await store.begin({ screen, paint, isContinuous: false });
  return { files, store };
}

it('appends nothing behind a record that was cut short', async () => {
  const { files, store } = await newStore();
  await store.append(record('whole'));
  files.arm({ kind: 'cut', at: 1 });
  await expect(store.append(record('cut'))).rejects.toThrow(/ENOSPC|no space/);
  await expect(store.append(record('behind'))).rejects.toThrow('there is no journal');
  expect((await recover(memoryFolder, files)).records).toHaveLength(1);
});

it('appends in order, also to the next journal, however the appends were waited for', async () => {
  const { files, store } = await newStore();
  void store.append(record('a'));
  void store.append(record('b'));
  void store.begin({ screen, paint, isContinuous: true });
  void store.append(record('c'));
  await store.close();
  files.remove(`${memoryFolder}/screen.2.msgpack`);
  const { records } = await recover(memoryFolder, files);
  expect(records.map((one) => one.kind === 'output' && Buffer.from(one.bytes).toString())).toEqual(['a', 'b', 'c']);
});

it('counts what is in the journal, and nothing without one', async () => {
  const { store } = await newStore();
  const empty = store.journalBytes;
  await store.append(record('x'));
  expect(store.journalBytes - empty).toBe(record('x').length);
  await store.close();
  expect(store.journalBytes).toBe(0);
});

describe('a session that is resumed again and again', () => {
  const namesIn = (files: MemoryFiles) =>
    [...files.contents().keys()].filter((name) => !name.startsWith('history.')).sort();

  /** A server that starts, has one checkpoint, and is killed. */
  async function startAndKill(files: MemoryFiles, text: string): Promise<void> {
    const store = await openStore(files);
    await store.begin({ screen: { ...screen, paint: bytesOf(text) }, paint, isContinuous: false });
    await store.append(record(`after ${text}`));
    // What is not needed any more is cleared away beside that.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    await store.close();
  }

  it('keeps two generations, whatever the number of times', async () => {
    const files = memoryFiles();
    for (let time = 1; time <= 20; time++) {
      await startAndKill(files, String(time));
      expect(namesIn(files).length).toBeLessThanOrEqual(4);
    }
    expect(namesIn(files)).toEqual(['journal.19', 'journal.20', 'screen.19.msgpack', 'screen.20.msgpack']);
  });

  it('loses nothing of before should its newest checkpoint spoil', async () => {
    const files = memoryFiles();
    for (const text of ['one', 'two', 'three']) await startAndKill(files, text);
    const contents = files.contents();
    contents.set('screen.3.msgpack', bytesOf('spoiled'));
    const { screen: found, records } = await recover(memoryFolder, memoryFiles(contents));
    expect(found === null ? null : textOf(found.paint)).toBe('two');
    expect(records).toHaveLength(1);
  });

  it('keeps the newest one that is whole, not just the newest', async () => {
    const files = memoryFiles();
    for (const text of ['one', 'two']) await startAndKill(files, text);
    const contents = files.contents();
    contents.set('screen.2.msgpack', bytesOf('spoiled'));
    const spoiled = memoryFiles(contents);
    await startAndKill(spoiled, 'three');
    expect(namesIn(spoiled)).toContain('screen.1.msgpack');
    expect(namesIn(spoiled)).toContain('journal.1');
  });

  it('keeps all while its own checkpoint does not get to the disk', async () => {
    const files = memoryFiles();
    for (const text of ['one', 'two']) await startAndKill(files, text);
    const before = namesIn(files);
    const store = await openStore(files);
    files.arm({ kind: 'fail', at: 1, times: 1_000 });
    await expect(store.begin({ screen, paint, isContinuous: false })).rejects.toThrow(/no space/);
    expect(namesIn(files)).toEqual(expect.arrayContaining(before));
  });
});
