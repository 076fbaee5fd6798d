import { expect, it } from 'vitest';
import { compress } from '../../src/platform/compression.ts';
import { GenerationStore } from '../../src/storage/generation-store.ts';
import { encodeRecords } from '../../src/storage/journal.ts';
import { recover } from '../../src/storage/recovery.ts';
import { bytesOf } from '../support/bytes.ts';
import { memoryFiles, memoryFolder } from '../support/memory-files.ts';

const screen = { cols: 80, rows: 24, paint: bytesOf('painted'), savedAt: 1 };
const paint = bytesOf('screen');
const record = (text: string) => encodeRecords([{ kind: 'output', at: 1, bytes: bytesOf(text) }]);

async function newStore() {
  const files = memoryFiles();
  const onArchiveFault = (error: unknown) => {
    throw error;
  };
  const store = await GenerationStore.open(memoryFolder, { files, historyBytes: 1_000_000, compress, onArchiveFault });
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
