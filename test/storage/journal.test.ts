import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/platform/checksum.ts';
import {
  decodeJournal,
  encodeJournalHeader,
  encodeRecords,
  type JournalRecord,
  journalHeaderBytes,
  manyLines,
} from '../../src/storage/journal.ts';
import { bytesOf } from '../support/bytes.ts';

const repaint = {
  kind: 'repaint',
  at: 1_700_000_000_002,
  cols: 132,
  rows: 50,
  missedLines: 7,
  historyLength: 10_000,
  paint: bytesOf('painted'),
} as const;
const start = {
  kind: 'start',
  at: 1_700_000_000_000,
  cols: 80,
  rows: 24,
  follows: 2,
  missedLines: 0,
  historyLines: 2,
  paint: bytesOf('screen'),
} as const;
const records: JournalRecord[] = [
  start,
  { kind: 'output', at: 1_700_000_000_000, bytes: bytesOf('\x1b[31mred') },
  { kind: 'resize', at: 1_700_000_000_001, cols: 132, rows: 50 },
  repaint,
  { kind: 'output', at: 1_700_000_000_003, bytes: new Uint8Array() },
];
const header = { generation: 3, continues: 4711 };
const journal = Buffer.concat([encodeJournalHeader(header), encodeRecords(records)]);
/** Where each record ends. */
const ends = records.map((_, index) => journalHeaderBytes + encodeRecords(records.slice(0, index + 1)).length);

/** The number of records read, if the file is a journal at all. */
function countIn(bytes: Uint8Array): number | string {
  const read = decodeJournal(bytes);
  if (read.kind !== 'journal') return read.kind;
  expect(textOf(read.records)).toBe(textOf(records.slice(0, read.records.length)));
  return read.records.length;
}

/** Records as text, whatever kind of array their bytes are in. */
function textOf(some: readonly JournalRecord[]): string {
  return JSON.stringify(some, (_, value) =>
    ArrayBuffer.isView(value) || value?.type === 'Buffer' ? Buffer.from(value).toString('latin1') : value,
  );
}

describe('a journal', () => {
  it('gives back its header and its records', () => {
    expect(decodeJournal(journal)).toMatchObject({
      kind: 'journal',
      header,
      end: { at: journal.length, kind: 'whole' },
    });
    expect(countIn(journal)).toBe(records.length);
  });

  it('lies in files of this form for ever', () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hex(encodeJournalHeader(header))).toBe('737461790300000200000003000012670f6cefcc');
    expect(hex(encodeRecords([{ kind: 'output', at: 1, bytes: bytesOf('x') }]))).toBe(
      '00000001afca2f7e013ff000000000000078',
    );
    expect(hex(encodeRecords([{ kind: 'resize', at: 1, cols: 80, rows: 24 }]))).toBe(
      '000000089e3fa413023ff00000000000000000005000000018',
    );
    expect(hex(encodeRecords([repaint]))).toBe(
      '00000017f1a55c3a034278bcfe56802000000000840000003200000007000027107061696e746564',
    );
    expect(hex(encodeRecords([start]))).toBe(
      '0000001a0e08bc26044278bcfe56800000000000500000001800000002000000000000000273637265656e',
    );
  });

  it('of version 1 is still read', () => {
    const read = decodeJournal(readFileSync(new URL('fixtures/journal-1', import.meta.url)));
    const expected: JournalRecord[] = [
      { kind: 'output', at: 1_700_000_000_000, bytes: bytesOf('été \x1b[31mred\r\n') },
      { kind: 'resize', at: 1_700_000_000_001, cols: 132, rows: 50 },
      repaint,
      { kind: 'output', at: 1_700_000_000_003, bytes: bytesOf('last words') },
    ];
    if (read.kind !== 'journal') throw new Error(read.kind);
    expect(read).toMatchObject({ header: { generation: 3, continues: 4711 }, end: { kind: 'whole' } });
    expect(textOf(read.records)).toBe(textOf(expected));
  });

  it('of version 2 is frozen, too', () => {
    const frozen = readFileSync(new URL('fixtures/journal-2', import.meta.url));
    expect(countIn(frozen)).toBe(records.length);
    expect(decodeJournal(frozen)).toMatchObject({ header, end: { kind: 'whole' } });
  });

  it('takes more lines than can be counted for many', () => {
    const many = { ...repaint, missedLines: Number.POSITIVE_INFINITY };
    const read = decodeJournal(Buffer.concat([encodeJournalHeader(header), encodeRecords([many])]));
    expect(read).toMatchObject({ records: [{ missedLines: manyLines }] });
  });

  it('cut anywhere gives the records before the cut, and says where they end', () => {
    for (let length = 0; length < journal.length; length++) {
      const cut = decodeJournal(journal.subarray(0, length));
      if (length < journalHeaderBytes) {
        expect(cut, `${length} bytes`).toEqual({ kind: 'cut' });
        continue;
      }
      const whole = ends.filter((end) => end <= length);
      const at = whole.at(-1) ?? journalHeaderBytes;
      expect(countIn(journal.subarray(0, length)), `${length} bytes`).toBe(whole.length);
      expect(cut).toMatchObject({ end: { at, kind: at === length ? 'whole' : 'cut' } });
    }
  });

  it('with any bit flipped gives the records before it, and none that is wrong', () => {
    for (let bit = 0; bit < journal.length * 8; bit++) {
      const flipped = Uint8Array.from(journal);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const before = bit >> 3 < journalHeaderBytes ? 'damaged' : ends.filter((end) => end <= bit >> 3).length;
      expect(countIn(flipped), `bit ${bit}`).toBe(before);
    }
  });

  it('whose end never reached the disk and is zeros instead was cut there', () => {
    const at = ends[1]!;
    const zeros = Uint8Array.from(journal).fill(0, at);
    expect(decodeJournal(zeros)).toMatchObject({ end: { at, kind: 'cut' } });
    expect(decodeJournal(new Uint8Array(4096))).toEqual({ kind: 'cut' });
  });

  it('of a newer stay says so, and which', () => {
    const newer = encodeJournalHeader(header);
    newer[7] = 3;
    new DataView(newer.buffer).setUint32(16, checksum([newer.subarray(0, 16)]));
    expect(decodeJournal(newer)).toEqual({ kind: 'newer', version: 3 });
  });
});
