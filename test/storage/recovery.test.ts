import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/platform/file-layer.ts';
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import { encodeJournalHeader, encodeRecords } from '../../src/storage/journal.ts';
import { type Recovery, recover, recoveredUntil } from '../../src/storage/recovery.ts';
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
    const nothing = { screen: null, records: [], setAside: [], isNewest: true };
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

  it('is none that a newer stay wrote: that stays where it is', async () => {
    const files = filesWith({ ...older, 'screen.2.msgpack': seal('screen', 99, {}) });
    expect(inWords(await recover(memoryFolder, files))).toBe('one a b');
    expect(files.operations).toEqual([]);
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

describe('every byte', () => {
  const states = ['two c d', 'two c', 'two', 'one a b c d', 'one a b c', 'one a b', 'one a', 'one', '-'];
  /** What may come of damage to each file: states that were, the newest that verifies. */
  const outcomes: Record<string, string[]> = {
    'screen.2.msgpack': ['one a b c d'],
    'journal.2': ['two', 'two c', 'two c d'],
    'screen.1.msgpack': ['two c d'],
    'journal.1': ['two c d'],
  };

  it.each(Object.keys(outcomes))('of %s may be flipped or cut', async (name) => {
    const bytes = both[name as keyof typeof both];
    for (let at = 0; at < bytes.length; at++) {
      for (const bad of [spoiled(bytes, at), bytes.subarray(0, at)])
        expect(outcomes[name], `byte ${at}`).toContain(await recovered({ ...both, [name]: bad }));
    }
  });

  it.each(['screen.1.msgpack', 'journal.1', 'journal.2'])(
    'of %s may be, where the newer checkpoint is bad as well',
    async (name) => {
      const bytes = both[name as keyof typeof both];
      for (let at = 0; at < bytes.length; at++) {
        for (const bad of [spoiled(bytes, at), bytes.subarray(0, at)])
          expect(states).toContain(await recovered({ ...both, 'screen.2.msgpack': bytesOf('x'), [name]: bad }));
      }
    },
  );
});
