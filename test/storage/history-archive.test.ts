import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { archiveFileBytes } from '../../src/base/limits.ts';
import { compress } from '../../src/platform/compression.ts';
import { encodeBlock, findBlocks } from '../../src/storage/archive-block.ts';
import { HistoryArchive } from '../../src/storage/history-archive.ts';
import { encodeRecords } from '../../src/storage/journal.ts';
import type { RetiredJournal } from '../../src/storage/retired-journal.ts';
import { bytesOf } from '../support/bytes.ts';
import { type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';

/** A journal that cannot be made smaller. */
function journal(generation: number, length = 100): RetiredJournal {
  const records = [{ kind: 'output', at: 1, bytes: randomBytes(length) }] as const;
  const facts = { generation, continues: 0, length, firstAt: 1, lastAt: 1, isSelfContained: false };
  return { ...facts, records: [...records], bytes: encodeRecords(records) };
}

const open = (files: MemoryFiles, maxBytes = 100 * archiveFileBytes) =>
  HistoryArchive.open(memoryFolder, { files, maxBytes, compress });

/** The generations in each file. */
function generationsIn(files: MemoryFiles): Record<string, number[]> {
  const entries = [...files.contents()].map(([name, bytes]) => [name, findBlocks(bytes).map((one) => one.generation)]);
  return Object.fromEntries(entries);
}

describe('the archive', () => {
  it('is one file until that is large, then another; each is named for its first generation', async () => {
    const files = memoryFiles();
    const archive = await open(files);
    for (let generation = 1; generation <= 5; generation++)
      await archive.add(journal(generation, archiveFileBytes / 2));
    expect(generationsIn(files)).toEqual({ 'history.1': [1, 2], 'history.3': [3, 4], 'history.5': [5] });
  });

  it('has what was taken in on the disk', async () => {
    const files = memoryFiles();
    await (await open(files)).add(journal(7));
    expect(generationsIn(files.afterPowerCut())).toEqual({ 'history.7': [7] });
  });

  it('stays within its bound, however small: the oldest goes', async () => {
    for (const maxBytes of [10_000, archiveFileBytes, 5 * archiveFileBytes]) {
      const files = memoryFiles();
      const archive = await open(files, maxBytes);
      for (let generation = 1; generation <= 60; generation++) {
        await archive.add(journal(generation, maxBytes / 20));
        const sum = [...files.contents().values()].reduce((total, bytes) => total + bytes.length, 0);
        expect(sum).toBeLessThanOrEqual(maxBytes);
        if (generation > 30) expect(sum).toBeGreaterThan(maxBytes / 2);
      }
      const kept = Object.values(generationsIn(files)).flat();
      expect(kept.sort((a, b) => a - b)).toEqual(Array.from(kept, (_, index) => 60 - kept.length + 1 + index));
    }
  });

  it('keeps nothing of a journal larger than it may be', async () => {
    const files = memoryFiles();
    const archive = await open(files, 1_000);
    await archive.add(journal(1));
    await archive.add(journal(2, 2_000));
    expect(generationsIn(files)).toEqual({});
    expect(archive.newest).toBe(2);
  });

  it('knows what another server put in, and begins a file of its own', async () => {
    const files = memoryFiles();
    const before = await open(files);
    await before.add(journal(3));
    await before.add(journal(4));
    const archive = await open(files);
    expect(archive.newest).toBe(4);
    await archive.add(journal(5));
    expect(generationsIn(files)).toEqual({ 'history.3': [3, 4], 'history.5': [5] });
  });

  it('takes a torn file for what is whole in it', async () => {
    const blocks = [await encodeBlock(journal(3), compress), await encodeBlock(journal(4), compress)];
    const torn = Buffer.concat(blocks).subarray(0, -1);
    const files = memoryFiles(new Map([['history.3', torn]]));
    expect((await open(files)).newest).toBe(3);
    expect((await open(memoryFiles(new Map([['history.3', torn.subarray(0, 10)]])))).newest).toBe(0);
  });

  it('does not append behind a torn block', async () => {
    const files = memoryFiles();
    const archive = await open(files);
    await archive.add(journal(1));
    files.arm({ kind: 'cut', at: 1 });
    await expect(archive.add(journal(2))).rejects.toThrow('no space left');
    expect(archive.newest).toBe(1);
    await archive.add(journal(2));
    await archive.add(journal(3));
    expect(generationsIn(files)).toEqual({ 'history.1': [1], 'history.2': [2, 3] });
  });

  it('writes a file again whose very first block was torn', async () => {
    const files = memoryFiles();
    const archive = await open(files);
    files.arm({ kind: 'cut', at: 2 });
    await expect(archive.add(journal(1))).rejects.toThrow('no space left');
    await archive.add(journal(1));
    expect(generationsIn(files)).toEqual({ 'history.1': [1] });
  });

  it('begins anew when somebody removed its file', async () => {
    const files = memoryFiles();
    const archive = await open(files);
    await archive.add(journal(1));
    await files.remove(`${memoryFolder}/history.1`);
    await archive.add(journal(2));
    expect(generationsIn(files)).toEqual({ 'history.2': [2] });
  });

  it('leaves what it does not know, and writes no generation that a newer stay may have written', async () => {
    const newer = Uint8Array.from(await encodeBlock(journal(9), compress));
    newer[7] = 9;
    const contents = { 'history.9': newer, 'history.x': bytesOf('?'), 'history.8.bad-1': bytesOf('?') };
    const files = memoryFiles(new Map(Object.entries(contents)));
    expect((await open(files)).newest).toBe(9);
    expect(files.operations).toEqual([]);
  });

  it('can be removed, and goes on', async () => {
    const files = memoryFiles();
    const before = await open(files);
    await before.add(journal(1));
    const archive = await open(files);
    await archive.add(journal(2));
    await archive.removeAll();
    expect(generationsIn(files)).toEqual({});
    await archive.add(journal(3));
    expect(generationsIn(files)).toEqual({ 'history.3': [3] });
  });
});
