import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compress } from '../../src/platform/compression.ts';
import { encodeBlock } from '../../src/storage/archive-block.ts';
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import { encodeJournal, type JournalRecord, manyLines } from '../../src/storage/journal.ts';
import { hasHistory, type IsEnough, readHistory } from '../../src/storage/recorded-history.ts';
import { readJournal } from '../../src/storage/retired-journal.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';

type Contents = Record<string, Uint8Array>;
const filesWith = (contents: Contents) => memoryFiles(new Map(Object.entries(contents)));

interface JournalOptions {
  continues?: number;
  missedLines?: number;
  follows?: number;
}

/** A journal whose start paints `S<generation>`, with one record of output. */
function journal(generation: number, text: string, options: JournalOptions = {}): Uint8Array {
  const { continues = 0, missedLines = 0, follows = generation - 1 } = options;
  const facts = { cols: 80, rows: 24, follows, missedLines, historyLines: 0 };
  const start: JournalRecord = { kind: 'start', at: generation, ...facts, paint: bytesOf(`S${generation}`) };
  const output: JournalRecord = { kind: 'output', at: generation + 0.5, bytes: bytesOf(text) };
  return encodeJournal({ generation, continues }, [start, output]);
}

async function archive(...journals: [generation: number, bytes: Uint8Array][]): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (const [generation, bytes] of journals) {
    const retired = await readJournal(memoryFolder, generation, filesWith({ [`journal.${generation}`]: bytes }));
    blocks.push(await encodeBlock(retired!, compress));
  }
  return Buffer.concat(blocks);
}

const one = journal(1, 'a');
const two = journal(2, 'b', { continues: one.length });
const three = journal(3, 'c', { continues: two.length });

/** The parts in words: how it follows, its start, its output. */
async function read(files: MemoryFiles, isEnough: IsEnough = () => false): Promise<string[]> {
  const parts: string[] = [];
  for await (const { start, follows, changes } of readHistory(memoryFolder, { isEnough, files })) {
    const texts = changes.map((change) => (change.kind === 'output' ? textOf(change.bytes) : change.kind));
    parts.push([follows, start === null ? '-' : textOf(start.paint), ...texts].join(' '));
  }
  return parts;
}

describe('a recorded history', () => {
  it('is the archive, then the journals, each part once', async () => {
    const files = filesWith({ 'history.1': await archive([1, one], [2, two]), 'journal.2': two, 'journal.3': three });
    expect(await read(files)).toEqual(['nothing S1 a', 'seamless S2 b', 'seamless S3 c']);
    expect(await read(filesWith({ 'journal.1': one }))).toEqual(['nothing S1 a']);
    expect(await read(filesWith({}))).toEqual([]);
  });

  it('goes on over the start of another server', async () => {
    const files = filesWith({ 'history.1': await archive([1, one.subarray(0, -1)]), 'journal.2': journal(2, 'b') });
    expect(await read(files)).toEqual(['nothing S1', 'resumed S2 b']);
    const later = journal(7, 'b', { follows: 1 });
    expect(await read(filesWith({ 'journal.1': one, 'journal.7': later }))).toEqual(['nothing S1 a', 'resumed S7 b']);
  });

  it('has a hole where a journal was not kept to its end, or is not there', async () => {
    const missed = journal(2, 'b', { missedLines: manyLines });
    expect(await read(filesWith({ 'journal.1': one, 'journal.2': missed }))).toEqual(['nothing S1 a', 'hole S2 b']);
    expect(await read(filesWith({ 'journal.1': one, 'journal.3': three }))).toEqual(['nothing S1 a', 'hole S3 c']);
    const cut = one.subarray(0, -1);
    expect(await read(filesWith({ 'journal.1': cut, 'journal.2': two }))).toEqual(['nothing S1', 'hole S2 b']);
  });

  it('has a hole where a block is damaged, and no more than that', async () => {
    const whole = await archive([1, one], [2, two], [3, three]);
    const expected = [
      ['nothing S2 b', 'seamless S3 c'],
      ['nothing S1 a', 'hole S3 c'],
      ['nothing S1 a', 'seamless S2 b'],
    ];
    for (let at = 0; at < whole.length; at++) {
      const bytes = Uint8Array.from(whole);
      bytes[at]! ^= 0x55;
      expect(expected, `byte ${at}`).toContainEqual(await read(filesWith({ 'history.1': bytes })));
    }
  });

  it('takes a journal from the archive that went there while it was being read', async () => {
    const files = filesWith({ 'journal.1': one, 'journal.2': two });
    const archived = await archive([1, one], [2, two]);
    const racing: MemoryFiles = {
      ...files,
      async read(path) {
        const bytes = await files.read(path);
        // The server archives both right after the first look at the older one.
        if (path.endsWith('journal.1') && bytes !== null) {
          const file = await files.create(`${memoryFolder}/history.1`);
          await file.write(archived);
          for (const name of ['journal.1', 'journal.2']) await files.remove(`${memoryFolder}/${name}`);
        }
        return bytes;
      },
    };
    expect(await read(racing)).toEqual(['nothing S1 a', 'seamless S2 b']);
  });

  it('is read from as late on as is enough, and no more of it than that', async () => {
    const contents = { 'history.1': await archive([1, one]), 'history.2': await archive([2, two]), 'journal.3': three };
    const looked: string[] = [];
    const files = filesWith(contents);
    const watched: MemoryFiles = {
      ...files,
      read(path) {
        looked.push(path.slice(memoryFolder.length + 1));
        return files.read(path);
      },
    };
    expect(await read(watched, (part) => part.firstAt <= 2.2)).toEqual(['nothing S2 b', 'seamless S3 c']);
    expect(looked).not.toContain('history.1');
    expect(await read(watched, (_, bytes) => bytes > 1)).toEqual(['nothing S3 c']);
  });

  it('begins with the checkpoint where older stays wrote the journal, which did not say how the screen was', async () => {
    const old = readFileSync(new URL('fixtures/journal-1', import.meta.url));
    const screen = encodeCheckpoint({ cols: 80, rows: 24, paint: bytesOf('old screen'), savedAt: 1 });
    const words = 'old screen été \x1b[31mred\r\n resize repaint last words';
    expect(await read(filesWith({ 'journal.3': old, 'screen.3.msgpack': screen }))).toEqual([`nothing ${words}`]);
    expect(await read(filesWith({ 'journal.3': old }))).toEqual([]);
    const retired = await readJournal(memoryFolder, 3, filesWith({ 'journal.3': old, 'screen.3.msgpack': screen }));
    expect(await read(filesWith({ 'history.3': await encodeBlock(retired!, compress) }))).toEqual([`nothing ${words}`]);
  });

  it('is the checkpoint alone where that is all there is', async () => {
    const screen = encodeCheckpoint({ cols: 80, rows: 24, paint: bytesOf('old screen'), savedAt: 1 });
    expect(await read(filesWith({ 'screen.msgpack': screen }))).toEqual(['nothing old screen']);
  });

  it('is none where nothing was recorded', async () => {
    expect(await hasHistory(memoryFolder, filesWith({ 'session.msgpack': one, 'server.log': one }))).toBe(false);
    for (const name of ['journal.1', 'screen.1.msgpack', 'history.1'])
      expect(await hasHistory(memoryFolder, filesWith({ [name]: one }))).toBe(true);
  });

  it('cannot be spoiled by a file that cannot be read', async () => {
    const files = filesWith({ 'history.1': await archive([1, one]), 'journal.2': two, 'journal.3': three });
    for (const name of ['history.1', 'journal.2', 'journal.3']) {
      const unreadable: MemoryFiles = {
        ...files,
        read: (path) => (path.endsWith(name) ? Promise.reject(new Error('EIO')) : files.read(path)),
      };
      expect(await read(unreadable)).toHaveLength(2);
    }
  });
});
