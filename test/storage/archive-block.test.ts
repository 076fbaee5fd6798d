import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/platform/checksum.ts';
import { compress } from '../../src/platform/compression.ts';
import { encodeBlock, findBlocks, isOfNewer, recordsIn } from '../../src/storage/archive-block.ts';
import { encodeRecords, type JournalRecord } from '../../src/storage/journal.ts';
import { bytesOf, textOf } from '../support/bytes.ts';

const frozen = readFileSync(new URL('fixtures/history-1', import.meta.url));

const facts = { continues: 0, length: 120, firstAt: 1_700_000_000_000, lastAt: 1_700_000_000_009 };
const output = (text: string): JournalRecord => ({ kind: 'output', at: 1_700_000_000_000, bytes: bytesOf(text) });

function block(generation: number, ...texts: string[]): Promise<Uint8Array> {
  const bytes = encodeRecords(texts.map(output));
  return encodeBlock({ ...facts, generation, isSelfContained: false, bytes }, compress);
}

/** The generations that can be read, with what they say. */
async function readable(bytes: Uint8Array): Promise<string[]> {
  const blocks = findBlocks(bytes);
  const read = await Promise.all(blocks.map(recordsIn));
  return blocks.flatMap(({ generation }, index) => {
    const records = read[index];
    return records
      ? [`${generation}:${records.map((one) => (one.kind === 'output' ? textOf(one.bytes) : '')).join()}`]
      : [];
  });
}

describe('an archive file', () => {
  it('gives back its blocks', async () => {
    const bytes = Buffer.concat([await block(3, 'a', 'b'), await block(4), await block(5, 'c')]);
    expect(findBlocks(bytes)[0]).toMatchObject({ ...facts, generation: 3, isSelfContained: false });
    expect(await readable(bytes)).toEqual(['3:a,b', '4:', '5:c']);
  });

  it('of version 1 is read for ever', async () => {
    const [first, second] = findBlocks(frozen);
    const common = { firstAt: 1_700_000_000_000, lastAt: 1_700_000_000_001, isSelfContained: true };
    expect(first).toMatchObject({ generation: 3, continues: 4711, ...common });
    expect(second).toMatchObject({ generation: 4, continues: first!.length, isSelfContained: false });
    expect(await recordsIn(first!)).toMatchObject([
      { kind: 'start', cols: 80, rows: 24, follows: 2, missedLines: 0, historyLines: 0 },
      { kind: 'output', at: 1_700_000_000_001 },
    ]);
    expect(await readable(frozen)).toEqual([`3:,${'été \x1b[31mred\r\n'.repeat(20)}`, '4:last words']);
    expect([...frozen.subarray(0, 8)]).toEqual([0x73, 0x74, 0x61, 0x79, 4, 0, 0, 1]);
  });

  it('holds text in a tenth of its room', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `${index} and the same words again\r\n`).join('');
    expect((await block(1, text)).length).toBeLessThan(text.length / 10);
  });

  it('cut anywhere gives the blocks before the cut', async () => {
    const [first, second] = [await block(3, 'first'), await block(4, 'second')];
    const bytes = Buffer.concat([first, second]);
    for (let length = 0; length < bytes.length; length++) {
      const whole = length < first.length ? [] : ['3:first'];
      expect(await readable(bytes.subarray(0, length)), `${length} bytes`).toEqual(whole);
    }
  });

  it('with any byte wrong gives the other blocks, and none that is wrong', async () => {
    const [first, second] = [await block(3, 'first'), await block(4, 'stay, second')];
    const bytes = Buffer.concat([first, second]);
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const wrong = Uint8Array.from(bytes);
        wrong[at]! ^= flip;
        expect(await readable(wrong), `byte ${at}`).toEqual(at < first.length ? ['4:stay, second'] : ['3:first']);
      }
    }
  });

  it('goes on behind zeros and behind what is none of its', async () => {
    const [first, second] = [await block(3, 'first'), await block(4, 'second')];
    const torn = first.subarray(0, -3);
    for (const between of [new Uint8Array(100), bytesOf('stay\x04 and stays'), torn])
      expect(await readable(Buffer.concat([first, between, second]))).toEqual(['3:first', '4:second']);
    expect(await readable(new Uint8Array(4096))).toEqual([]);
  });

  it('of a newer stay is told apart', async () => {
    const newer = Uint8Array.from(frozen);
    newer[7] = 2;
    new DataView(newer.buffer).setUint32(52, checksum([newer.subarray(0, 52)]));
    expect([isOfNewer(newer), isOfNewer(frozen), isOfNewer(new Uint8Array(100))]).toEqual([true, false, false]);
    expect(await readable(newer)).toEqual(['4:last words']);
  });
});
