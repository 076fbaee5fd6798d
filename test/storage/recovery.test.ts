import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/platform/checksum.ts';
import { systemFiles } from '../../src/platform/file-layer.ts';
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import { encodeJournalHeader, encodeRecords, journalHeaderBytes } from '../../src/storage/journal.ts';
import { type Recovery, recover, recoveredUntil, requireNewest } from '../../src/storage/recovery.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

/** A checkpoint whose paint is the text. */
const screen = (text: string) => encodeCheckpoint({ cols: 80, rows: 24, paint: bytesOf(text), savedAt: 1 });
/** A journal of one record for each of the texts. */
const journal = (generation: number, texts: string[], continues = 0) =>
  Uint8Array.from([
    ...encodeJournalHeader({ generation, continues }),
    ...encodeRecords(texts.map((text) => ({ kind: 'output', at: 2, bytes: bytesOf(text) }))),
  ]);

type Contents = Record<string, Uint8Array>;
const filesWith = (contents: Contents) => memoryFiles(new Map(Object.entries(contents)));
const namesIn = (files: MemoryFiles) => [...files.contents().keys()].sort();

/** What was recovered, in one line: the screen's text, then the output since. */
function inWords({ screen, records }: Recovery): string {
  const texts = records.map((record) => (record.kind === 'output' ? textOf(record.bytes) : record.kind));
  return [screen === null ? '-' : textOf(screen.paint), ...texts].join(' ');
}

async function recovered(contents: Contents): Promise<string> {
  return inWords(await recover(memoryFolder, filesWith(contents)));
}

function spoiled(bytes: Uint8Array, at = bytes.length - 1): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

const older = { 'screen.1.msgpack': screen('one'), 'journal.1': journal(1, ['a', 'b']) };
const olderLength = older['journal.1'].length;
const newer = { 'screen.2.msgpack': screen('two'), 'journal.2': journal(2, ['c', 'd'], olderLength) };
const both = { ...older, ...newer };

describe('recovery', () => {
  it('finds nothing where nothing is', async () => {
    const nothing = { screen: null, records: [], setAside: [], newer: null, isNewest: true };
    expect(await recover(memoryFolder, filesWith({}))).toEqual(nothing);
    expect(await recover(join(tempFolder(), 'missing'))).toEqual(nothing);
    expect(recoveredUntil(nothing)).toBeNull();
  });

  it('takes the newest checkpoint and its journal', async () => {
    expect(await recovered(both)).toBe('two c d');
    expect(recoveredUntil(await recover(memoryFolder, filesWith(both)))).toBe(2);
  });

  it('takes a checkpoint whose journal was never begun', async () => {
    expect(await recovered({ ...older, 'screen.2.msgpack': newer['screen.2.msgpack'] })).toBe('two');
  });

  it('counts generations, not digits', async () => {
    expect(await recovered({ 'screen.9.msgpack': screen('nine'), 'screen.10.msgpack': screen('ten') })).toBe('ten');
  });

  it('reads what older stays wrote, and takes it for the oldest generation', async () => {
    const first = fs.readFileSync(new URL('fixtures/screen-1.msgpack', import.meta.url));
    expect(await recovered({ 'screen.msgpack': first })).toBe('last words\r\n\x1b[31mred');
    expect(await recovered({ 'screen.msgpack': first, ...older })).toBe('one a b');
  });

  it('goes on from journal to journal when the checkpoint between them was never whole', async () => {
    const { 'screen.2.msgpack': _, ...rest } = both;
    expect(await recovered(rest)).toBe('one a b c d');
    expect(await recovered({ ...both, 'screen.2.msgpack': spoiled(newer['screen.2.msgpack']) })).toBe('one a b c d');
  });

  it('does not go on behind a journal that lost its end', async () => {
    const { 'screen.2.msgpack': _, ...rest } = both;
    expect(await recovered({ ...rest, 'journal.1': older['journal.1'].subarray(0, -1) })).toBe('one a');
    expect(await recovered({ ...rest, 'journal.1': journal(1, ['a']) })).toBe('one a');
    expect(await recovered({ ...rest, 'journal.2': journal(2, ['c']) })).toBe('one a b');
  });

  it('does not take the journal of another generation', async () => {
    expect(await recovered({ ...older, 'journal.1': journal(7, ['x']) })).toBe('one');
  });

  it('ignores what is not finished, and what is none of its files', async () => {
    const others = { 'screen.3.msgpack.new': screen('x'), 'screen.x.msgpack': screen('y'), 'server.log': bytesOf('z') };
    const files = filesWith({ ...both, ...others });
    expect(inWords(await recover(memoryFolder, files))).toBe('two c d');
    expect(files.operations).toEqual([]);
  });

  it('changes nothing where nothing is spoiled', async () => {
    const files = filesWith({ ...both, 'journal.2': newer['journal.2'].subarray(0, -3) });
    expect((await recover(memoryFolder, files)).setAside).toEqual([]);
    expect(files.operations).toEqual([]);
  });
});

describe('a spoiled file', () => {
  it('is set aside with its reason, and the checkpoint before is taken', async () => {
    const bytes = spoiled(newer['screen.2.msgpack']);
    const files = filesWith({ ...older, 'screen.2.msgpack': bytes });
    const { setAside } = await recover(memoryFolder, files);
    expect(setAside).toEqual([
      { file: 'screen.2.msgpack', why: 'its checksum is wrong', keptAs: 'screen.2.msgpack.bad-1' },
    ]);
    expect(namesIn(files)).toEqual([
      ...['journal.1', 'screen.1.msgpack', 'screen.2.msgpack.bad-1', 'screen.2.msgpack.bad-1.txt'],
    ]);
    expect(files.contents().get('screen.2.msgpack.bad-1')).toEqual(bytes);
    expect(textOf(files.contents().get('screen.2.msgpack.bad-1.txt')!)).toBe(
      'screen.2.msgpack: its checksum is wrong\n',
    );
  });

  it('leaves those that were set aside before alone', async () => {
    const files = filesWith({ 'screen.2.msgpack': bytesOf('x'), 'screen.2.msgpack.bad-1': bytesOf('y') });
    await recover(memoryFolder, files);
    expect(files.contents().get('screen.2.msgpack.bad-1')).toEqual(bytesOf('y'));
    expect(files.contents().get('screen.2.msgpack.bad-2')).toEqual(bytesOf('x'));
  });

  it('that is a journal keeps its good beginning in place, for whoever looks again', async () => {
    const bytes = spoiled(older['journal.1']);
    const files = filesWith({ ...older, 'journal.1': bytes });
    const first = await recover(memoryFolder, files);
    expect(inWords(first)).toBe('one a');
    expect(first.setAside).toEqual([
      { file: 'journal.1', why: 'the checksum of a record is wrong, at byte 38', keptAs: 'journal.1.bad-1' },
    ]);
    expect(Buffer.compare(files.contents().get('journal.1.bad-1')!, bytes)).toBe(0);
    const again = await recover(memoryFolder, files);
    expect(inWords(again)).toBe('one a');
    expect(again.setAside).toEqual([]);
  });

  it('is told of also where it cannot be set aside', async () => {
    const contents = { ...older, 'screen.2.msgpack': bytesOf('x'), 'journal.1': spoiled(older['journal.1']) };
    const operations = filesWith(contents);
    await recover(memoryFolder, operations);
    for (let at = 1; at <= operations.operations.length; at++) {
      for (const kind of ['fail', 'cut'] as const) {
        const files = filesWith(contents);
        files.arm({ kind, at });
        const recovery = await recover(memoryFolder, files);
        expect(inWords(recovery)).toBe('one a');
        expect(recovery.setAside).toHaveLength(2);
        expect(inWords(await recover(memoryFolder, files)), `again, after ${kind} at ${at}`).toBe('one a');
      }
    }
  });

  it('gives the same to whoever looks after a crash, or a power cut, in the middle of setting it aside', async () => {
    const contents = { ...older, 'screen.2.msgpack': bytesOf('x'), 'journal.1': spoiled(older['journal.1']) };
    const whole = filesWith(contents);
    await recover(memoryFolder, whole);
    expect(whole.operations.length).toBeGreaterThan(15);
    for (let at = 1; at <= whole.operations.length; at++) {
      const files = filesWith(contents);
      files.arm({ kind: 'crash', at });
      void recover(memoryFolder, files);
      await new Promise((resolve) => setImmediate(resolve));
      const lefts = [memoryFiles(files.contents()), files.afterPowerCut()];
      for (const left of lefts) {
        expect(inWords(await recover(memoryFolder, left)), `after ${whole.operations[at - 1]}`).toBe('one a');
        expect(inWords(await recover(memoryFolder, left)), 'and once more').toBe('one a');
      }
    }
  });

  it('that cannot be read costs itself alone', async () => {
    const files = filesWith(both);
    const read = files.read;
    const unreadable: MemoryFiles = {
      ...files,
      read: async (path) => {
        if (path.endsWith('screen.2.msgpack')) throw new Error('EIO: the disk is broken');
        return read(path);
      },
    };
    const recovery = await recover(memoryFolder, unreadable);
    expect(inWords(recovery)).toBe('one a b c d');
    expect(recovery.setAside).toEqual([
      { file: 'screen.2.msgpack', why: 'it cannot be read: EIO: the disk is broken', keptAs: null },
    ]);
  });

  it('is set aside on a real disk, private', async () => {
    const folder = tempFolder();
    for (const [name, bytes] of Object.entries({ ...both, 'screen.2.msgpack': bytesOf('x') }))
      fs.writeFileSync(join(folder, name), bytes);
    expect(inWords(await recover(folder, systemFiles))).toBe('one a b c d');
    expect(modeOf(join(folder, 'screen.2.msgpack.bad-1.txt'))).toBe(0o600);
    expect(fs.existsSync(join(folder, 'screen.2.msgpack'))).toBe(false);
  });
});

describe('what is found', () => {
  const isNewest = async (contents: Contents) => (await recover(memoryFolder, filesWith(contents))).isNewest;

  it('is the newest that was saved where nothing is spoiled, or the journals tell the same', async () => {
    const { 'screen.2.msgpack': _, ...rest } = both;
    expect(await isNewest(both)).toBe(true);
    expect(await isNewest(rest)).toBe(true);
    expect(await isNewest({ ...both, 'screen.2.msgpack': bytesOf('x') })).toBe(true);
    expect(await isNewest({ ...both, 'screen.3.msgpack.new': bytesOf('x'), 'journal.9.bad-1': bytesOf('x') })).toBe(
      true,
    );
  });

  it('is an older one where the newer cannot be had', async () => {
    const spoiledNewer = { 'screen.2.msgpack': bytesOf('x') };
    expect(await isNewest({ ...older, ...spoiledNewer })).toBe(false);
    expect(await isNewest({ ...both, ...spoiledNewer, 'journal.1': bytesOf('x') })).toBe(false);
    expect(await isNewest({ ...both, 'journal.2': spoiled(newer['journal.2']) })).toBe(false);
    expect(await isNewest({ ...older, 'screen.2.msgpack': seal('screen', 99, {}) })).toBe(false);
    expect(await isNewest({ 'screen.2.msgpack': bytesOf('x') })).toBe(false);
  });
});

describe('what a newer stay wrote', () => {
  const newerScreen = seal('screen', 99, {});
  const newerJournal = (generation: number) => {
    const bytes = encodeJournalHeader({ generation, continues: 0 });
    new DataView(bytes.buffer).setUint16(6, 99);
    new DataView(bytes.buffer).setUint32(16, checksum([bytes.subarray(0, 16)]));
    return bytes;
  };

  it.each<[string, Contents]>([
    ['screen.2.msgpack', { ...older, 'screen.2.msgpack': newerScreen }],
    ['screen.2.msgpack', { 'screen.2.msgpack': newerScreen }],
    ['journal.2', { ...both, 'journal.2': newerJournal(2) }],
    ['journal.2', { ...older, 'journal.2': newerJournal(2) }],
    ['journal.7', { ...both, 'journal.7': newerJournal(7) }],
    ['journal.7', { 'journal.7': newerJournal(7) }],
  ])('is told of where it is the newest, untouched: %s', async (file, contents) => {
    const files = filesWith(contents);
    const recovery = await recover(memoryFolder, files);
    expect(recovery).toMatchObject({ newer: file, setAside: [] });
    expect(files.operations).toEqual([]);
    expect(() => requireNewest(recovery, 'Cannot resume "work"')).toThrow(
      expect.objectContaining({
        code: 'otherVersion',
        message: `Cannot resume "work": its screen was saved by a newer stay (${file})`,
      }),
    );
  });

  it('does not matter where it is older than the newest that we can read', async () => {
    const contents = { ...both, 'screen.1.msgpack': newerScreen, 'journal.1': newerJournal(1) };
    const recovery = await recover(memoryFolder, filesWith(contents));
    expect([inWords(recovery), recovery.newer]).toEqual(['two c d', null]);
    requireNewest(recovery, 'Cannot resume "work"');
  });
});

describe('every bit', () => {
  const bad = bytesOf('x');
  const badWhy = { file: 'screen.2.msgpack', why: 'it is cut short' };
  const [c, d] = ['c', 'd'].map((text) => encodeRecords([{ kind: 'output', at: 2, bytes: bytesOf(text) }]).length);
  const [endOfFirst, endOfSecond] = [journalHeaderBytes + c!, journalHeaderBytes + c! + d!];

  /** `bytes` with each of its bits flipped, in turn. */
  function* flips(bytes: Uint8Array): Generator<{ at: number; bytes: Uint8Array }> {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const at = bit >> 3;
      yield { at, bytes: bytes.map((byte, index) => (index === at ? byte ^ (1 << (bit & 7)) : byte)) };
    }
  }

  /** How many of a journal's two records come before a byte. */
  const recordsBefore = (at: number) => [endOfFirst, endOfSecond].filter((end) => end <= at).length;
  const words = (state: string, count: number) => state.split(' ').slice(0, count).join(' ');

  async function check(contents: Contents, expected: string, spoiledFiles: string[] | null): Promise<void> {
    const files = filesWith(contents);
    const recovery = await recover(memoryFolder, files);
    expect(inWords(recovery)).toBe(expected);
    for (const { why } of recovery.setAside) expect(why).toMatch(/./);
    if (spoiledFiles !== null) expect(recovery.setAside.map(({ file }) => file)).toEqual(spoiledFiles);
    for (const { file } of recovery.setAside) expect(namesIn(files)).toContain(`${file}.bad-1.txt`);
    // Whoever looks next finds the same.
    expect(inWords(await recover(memoryFolder, files))).toBe(expected);
  }

  it('of the newest checkpoint may be flipped, and any of its end be missing: the one before and two journals give the same', async () => {
    const bytes = both['screen.2.msgpack'];
    for (const flipped of flips(bytes))
      await check({ ...both, 'screen.2.msgpack': flipped.bytes }, 'one a b c d', ['screen.2.msgpack']);
    for (let at = 0; at < bytes.length; at++)
      await check({ ...both, 'screen.2.msgpack': bytes.subarray(0, at) }, 'one a b c d', ['screen.2.msgpack']);
  });

  it('of the newest journal may be: what stands before it is kept', async () => {
    const bytes = both['journal.2'];
    for (const { at, bytes: flipped } of flips(bytes)) {
      // A length that leads beyond the end looks like a record that a crash cut short.
      const mayLookCut = at >= journalHeaderBytes && (at - journalHeaderBytes) % c! < 4;
      await check(
        { ...both, 'journal.2': flipped },
        words('two c d', 1 + recordsBefore(at)),
        mayLookCut ? null : ['journal.2'],
      );
    }
    for (let at = 0; at < bytes.length; at++)
      await check({ ...both, 'journal.2': bytes.subarray(0, at) }, words('two c d', 1 + recordsBefore(at)), []);
  });

  it('of what is older may be: it is not even read', async () => {
    for (const name of ['screen.1.msgpack', 'journal.1'] as const) {
      for (const { bytes } of flips(both[name])) {
        const files = filesWith({ ...both, [name]: bytes });
        expect(inWords(await recover(memoryFolder, files))).toBe('two c d');
        expect(files.operations).toEqual([]);
      }
    }
  });

  it('of what is older may be where the newest checkpoint is bad as well: an honest less, down to nothing', async () => {
    const contents = { ...both, 'screen.2.msgpack': bad };
    for (const { bytes } of flips(both['screen.1.msgpack']))
      await check({ ...contents, 'screen.1.msgpack': bytes }, '-', [badWhy.file, 'screen.1.msgpack']);
    for (const { at, bytes } of flips(both['journal.1']))
      await check({ ...contents, 'journal.1': bytes }, words('one a b', 1 + recordsBefore(at)), null);
    // The header also says what it continues, so that without it there is no way on from the journal before.
    for (const { at, bytes } of flips(both['journal.2']))
      await check({ ...contents, 'journal.2': bytes }, words('one a b c d', 3 + recordsBefore(at)), null);
    for (const name of ['screen.1.msgpack', 'journal.1', 'journal.2'] as const) {
      for (let at = 0; at < both[name].length; at++) {
        const expected =
          name === 'screen.1.msgpack' ? '-' : words('one a b c d', (name === 'journal.1' ? 1 : 3) + recordsBefore(at));
        await check({ ...contents, [name]: both[name].subarray(0, at) }, expected, null);
      }
    }
  });
});
