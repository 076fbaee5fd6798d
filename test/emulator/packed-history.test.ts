// A history that is packed reads, scrolls away, is resized and is painted as if it were not.

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Codec, PackedBlock } from '../../src/emulator/packed-block.ts';
import { packHistory } from '../../src/emulator/packed-history.ts';
import { PackedLine } from '../../src/emulator/packed-line.ts';
import { differences } from './differences.ts';
import { bytesOf, feedSlowly, newEmulator } from './new-emulator.ts';
import { fuzz, join, pieces } from './streams.ts';

const size = { cols: 20, rows: 6 };
const historyLines = 400;
const blockLines = 128;
const all = Number.POSITIVE_INFINITY;

function packedLines(emulator: Emulator): number {
  const { lines } = emulator.parts.core.buffers.normal;
  return Array.from({ length: lines.length }, (_, index) => lines.get(index)).filter(
    (line) => line instanceof PackedLine,
  ).length;
}

function blocksOf(emulator: Emulator): Set<PackedBlock> {
  const { lines } = emulator.parts.core.buffers.normal;
  const all = Array.from({ length: lines.length }, (_, index) => lines.get(index));
  return new Set(all.flatMap((line) => (line instanceof PackedLine ? [line.block] : [])));
}

function expectAlike({ plain, packed }: { plain: Emulator; packed: Emulator }): void {
  expect(differences(plain, packed)).toEqual([]);
  for (const onto of ['fresh', 'used'] as const) {
    const [expected, got] = [plain, packed].map((one) => one.repaint({ onto, historyLines }));
    expect(got).toEqual(expected);
  }
  for (const [expected, got] of [
    [plain.textLines({ historyLines }), packed.textLines({ historyLines })],
    [plain.ansiLines({ historyLines }), packed.ansiLines({ historyLines })],
  ])
    expect(got).toEqual(expected);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\r\n`).join('');
const kinds = {
  'plain text': numbered(300),
  'blank lines': '\r\n'.repeat(300),
  'long lines that wrap': `${'0123456789'.repeat(7)}\r\n`.repeat(100),
  colours: '\x1b[31mred \x1b[48;5;200mpalette\x1b[m \x1b[38;2;1;2;3;7mtrue\x1b[m\r\n'.repeat(300),
  'erased in a colour': '\x1b[44m\x1b[Kab\x1b[m\r\n'.repeat(300),
  'wide characters': '漢字 and 한국어\r\n🚀🚀\x1b[31m🚀\x1b[m\r\n'.repeat(150),
  'halves of wide characters': '漢字漢字\x1b[2Gx\x1b[6Gy\r\n'.repeat(300),
  accents: 'cafe\u0301 👩\u200d💻\r\n'.repeat(300),
  'underlines and links': '\x1b[4:3mcurly\x1b[m \x1b]8;;http://a\x07link\x1b]8;;\x07\r\n'.repeat(300),
  gaps: 'a\tb\x1b[15Gc\r\n'.repeat(300),
};

const zstd: Codec = { compress: (bytes) => zstdCompressSync(bytes), expand: (bytes) => zstdDecompressSync(bytes) };

describe.each([
  ['as it is', null],
  ['compressed', zstd],
] as const)('a packed history, %s,', (_, codec) => {
  /** Two emulators that were fed the same; the history of the second is packed. */
  function pair(...texts: (string | Uint8Array)[]) {
    const [plain, packed] = [newEmulator({ ...size, historyLines }), newEmulator({ ...size, historyLines })];
    for (const text of texts)
      for (const emulator of [plain, packed]) feedSlowly(emulator, typeof text === 'string' ? bytesOf(text) : text);
    packHistory(packed, { limit: all, codec, blockLines });
    return { plain, packed };
  }

  it.each(Object.entries(kinds))('of %s reads as it was', (_, text) => {
    const both = pair(text);
    expect(packedLines(both.packed)).toBeGreaterThanOrEqual(128);
    expectAlike(both);
  });

  it('takes a fraction of the memory', () => {
    const { packed } = pair(numbered(400));
    const bytes = [...blocksOf(packed)].reduce((sum, block) => sum + block.byteLength, 0);
    expect(bytes / packedLines(packed)).toBeLessThan(codec === null ? 30 : 12);
  });

  it('scrolls away and makes room for new lines', () => {
    const both = pair(numbered(500));
    for (let round = 0; round < 12; round++) {
      for (const one of [both.plain, both.packed]) one.feed(bytesOf(`\x1b[3${round % 8}m${numbered(50)}`));
      expectAlike(both);
      if (round % 3 === 0) packHistory(both.packed, { limit: all, codec, blockLines });
    }
  });

  it.each([
    ['wider', { cols: 33, rows: 6 }],
    ['narrower', { cols: 7, rows: 6 }],
    ['taller', { cols: 20, rows: 60 }],
    ['shorter', { cols: 20, rows: 2 }],
  ])('of a terminal that becomes %s is wrapped anew', (_, to) => {
    const both = pair(kinds['long lines that wrap'], kinds['wide characters'], numbered(200));
    for (const one of [both.plain, both.packed]) one.resize(to);
    expectAlike(both);
    for (const one of [both.plain, both.packed]) one.feed(bytesOf(numbered(20)));
    packHistory(both.packed, { limit: all, codec, blockLines });
    expectAlike(both);
  });

  it.each([
    ['a full reset', '\x1bc'],
    ['erasing the history', '\x1b[3J'],
    ['the alternate screen', '\x1b[?1049hfull screen'],
  ])('does not mind %s', (_, text) => {
    const both = pair(numbered(300));
    for (const one of [both.plain, both.packed]) one.feed(bytesOf(`${text}\r\n${numbered(200)}`));
    packHistory(both.packed, { limit: all, codec, blockLines });
    expectAlike(both);
  });

  it('gives the room back that it does not use, and takes it again as lines come, also when it is full', () => {
    const [plain, packed] = [newEmulator({ ...size, historyLines }), newEmulator({ ...size, historyLines })];
    const { lines } = packed.parts.core.buffers.normal;
    expect(lines._array.length).toBe(historyLines + size.rows);
    for (const count of [10, 200, 300, 500]) {
      for (const one of [plain, packed]) feedSlowly(one, bytesOf(numbered(count)));
      packHistory(packed, { limit: all, codec: null, blockLines });
      if (count === 10) expect(lines._array.length).toBe(lines.length);
      expectAlike({ plain, packed });
      for (const one of [plain, packed]) one.resize({ cols: size.cols + (count % 3), rows: size.rows + 1 });
      for (const one of [plain, packed]) one.resize(size);
      expectAlike({ plain, packed });
    }
  });

  it('is packed in steps of so many lines', () => {
    const { plain } = pair(numbered(400));
    expect(packHistory(plain, { limit: 256, codec, blockLines })).toBe(false);
    expect(packedLines(plain)).toBe(256);
    expect(packHistory(plain, { limit: 256, codec, blockLines })).toBe(true);
    expect(packedLines(plain)).toBe(384);
    expect(packHistory(plain, { limit: 256, codec, blockLines })).toBe(true);
  });

  it('is made of lines that were packed as they scrolled by, and of others between them', () => {
    const [plain, packed] = [newEmulator({ ...size, historyLines }), newEmulator({ ...size, historyLines })];
    for (const count of [90, 200, 30]) {
      for (const one of [plain, packed]) feedSlowly(one, bytesOf(numbered(count / 2)));
      feedSlowly(plain, bytesOf(numbered(count)));
      packed.feed(bytesOf(numbered(count)));
    }
    expectAlike({ plain, packed });
    while (!packHistory(packed, { limit: 200, codec, blockLines }));
    expect(packedLines(packed)).toBeGreaterThanOrEqual(historyLines - blockLines);
    for (const block of blocksOf(packed)) expect(block.isCompressed).toBe(codec !== null);
    expectAlike({ plain, packed });
    for (const one of [plain, packed]) one.resize({ cols: 9, rows: 8 });
    expectAlike({ plain, packed });
  });

  it('is as it was, whatever scrolled into it', () => {
    fc.assert(
      fc.property(pieces, pieces, fc.integer({ min: 2, max: 40 }), (before, after, cols) => {
        const filler = bytesOf(`\r\n${numbered(30)}`);
        const both = pair(...Array.from({ length: 8 }, () => [join(before), filler]).flat());
        expectAlike(both);
        for (const one of [both.plain, both.packed]) {
          one.feed(join(after));
          one.resize({ ...size, cols });
          one.feed(filler);
        }
        expectAlike(both);
      }),
      fuzz(150),
    );
  });
});
