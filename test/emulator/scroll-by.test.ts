// Lines that scroll by many at a time end up as if each had been printed: the same stream, at once and in small pieces, which
// never hold many lines.

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { markHistory } from '../../src/emulator/history-mark.ts';
import { PackedLine } from '../../src/emulator/packed-line.ts';
import { differences } from './differences.ts';
import { bytesOf, feedSlowly, newEmulator } from './new-emulator.ts';
import { fuzz, join, pieces } from './streams.ts';

const size = { cols: 20, rows: 5 };
const historyLines = 300;

let packedCount = 0;

function packedLines({ parts }: Emulator): number {
  const { lines } = parts.core.buffers.normal;
  const all = Array.from({ length: lines.length }, (_, index) => lines.get(index));
  return all.filter((line) => line instanceof PackedLine).length;
}

/** Two emulators, of which one was fed at once and the other in pieces, after what stood there before. */
function pair(bytes: Uint8Array, options: { before?: Uint8Array; historyLines?: number } = {}) {
  const [quick, slow] = [0, 1].map(() => newEmulator({ ...size, historyLines: options.historyLines ?? historyLines }));
  for (const one of [quick!, slow!]) feedSlowly(one, options.before ?? new Uint8Array());
  quick!.feed(bytes);
  feedSlowly(slow!, bytes);
  packedCount += packedLines(quick!);
  expect(packedLines(slow!)).toBe(0);
  return { quick: quick!, slow: slow! };
}

function expectAlike({ quick, slow }: { quick: Emulator; slow: Emulator }): void {
  expect(differences(quick, slow)).toEqual([]);
  for (const onto of ['fresh', 'used'] as const)
    expect(quick.repaint({ onto, historyLines })).toEqual(slow.repaint({ onto, historyLines }));
  expect(quick.ansiLines({ historyLines })).toEqual(slow.ansiLines({ historyLines }));
}

const numbered = (count: number, text = 'line') =>
  Array.from({ length: count }, (_, index) => `${text} ${index}\r\n`).join('');

const fragments = [
  ...[
    'text ',
    '0123456789',
    '1',
    '漢',
    'é',
    '🚀',
    '🇩🇪',
    '\u0301',
    '\u200d',
    '\ufe0f',
    '\u00a0',
    '\u00ad',
    '\ufeff',
    '\t',
    '\t',
  ],
  ...['\u0085', '\u009b31m', '\x07', '\x7f', '\x00', '\b', '\r', '\x0e', '\x0f', '\x1b7', '\x1b[2C', '\x1b]8;;a\x07'],
  ...[
    '\x1b[31m',
    '\x1b[m',
    '\x1b[m',
    '\x1b[;1m',
    '\x1b[4m',
    '\x1b[4:3m',
    '\x1b[24m',
    '\x1b[58;5;1m',
    '\x1b[44m',
    '\x1b[49m',
  ],
  ...[
    '\x1b[K',
    '\x1b[1K',
    '\x1b[38;5m',
    '\x1b[38;2;1;2;3;48;5;9m',
    '\x1b[99999m',
    '\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;31m',
  ],
] as const;

beforeEach(() => {
  packedCount = 0;
});

describe('lines that scroll by', () => {
  it.each([
    ['plain text', numbered(200)],
    ['empty lines', '\r\n'.repeat(200)],
    ['with ends of two kinds', 'text\r\r\n'.repeat(200)],
    ['as long as the row', '01234567890123456789\r\n'.repeat(100)],
    ['as long as the row, erased from there', '01234567890123456789\x1b[K\r\n\r\n'.repeat(100)],
    ['wrapped', `${'0123456789'.repeat(5)}\r\n`.repeat(100)],
    ['longer than the screen', `${'0123456789'.repeat(30)}\r\n`.repeat(60)],
    ['in colours', '\x1b[31mred\x1b[m \x1b[1;48;5;17mblue\x1b[0m \x1b[38;2;1;2;3mtrue\x1b[39m\r\n'.repeat(90)],
    ['in a colour that goes on', `\x1b[32;1m${numbered(100)}\x1b[m`],
    ['underlined', '\x1b[4mline\x1b[24m \x1b[4;58;5;3mcoloured\x1b[59m\x1b[m\r\n'.repeat(90)],
    ['wide', '漢字かな 한국어🚀é\r\n'.repeat(90)],
    ['wide up to the end', '漢字漢字漢字漢字漢字\r\n'.repeat(90)],
    ['with tabs', 'a\tb\tc\r\n\t\tx\r\n\t\t\ty\r\n'.repeat(60)],
    ['erased to the end', '\x1b[01;31m\x1b[Kmatch\x1b[m\x1b[K: \x1b[0Ktext\r\n'.repeat(90)],
    ['and more behind', `${numbered(100)}$ `],
    ['and a sequence that is cut behind', `${numbered(100)}text \x1b[3`],
    ['with a bell between', `${numbered(60)}\x07${numbered(60)}`],
  ])('%s', (_, text) => {
    expectAlike(pair(bytesOf(text), { before: bytesOf(numbered(10)) }));
    expect(packedCount).toBeGreaterThan(40);
  });

  it.each([
    ['in the colour of the background', '\x1b[44m', numbered(100)],
    ['written over', '', '10 %\r20 %\r\n'.repeat(100)],
    ['joined', '', 'cafe\u0301 👩\u200d💻 1\ufe0f\u20e3 🇩🇪 👍🏽\r\n'.repeat(100)],
    ['a wide one over the edge', '', 'x漢字漢字漢字漢字漢字漢字\r\n'.repeat(100)],
    ['C1 controls', '', 'a\u0085b\u009b1mc\r\n'.repeat(100)],
    ['no UTF-8', '', 'a\r\n'.repeat(100).replaceAll('a', '\x7f')],
    ['in a region', '\x1b[2;4r\x1b[4;1H', numbered(100)],
    ['on the alternate screen', '\x1b[?1049h\x1b[5;1H', numbered(100)],
    ['without wrapping', '\x1b[?7l', '0123456789'.repeat(3).concat('\r\n').repeat(60)],
    ['inserted', '\x1b[4h', numbered(100)],
    ['in other characters', '\x1b(0', numbered(100)],
    ['on a row that holds text', 'text\r', numbered(3)],
    ['of an unfinished character', '\x1b[m', '\xe2'],
  ])('is left to the parser: %s', (_, before, text) => {
    expectAlike(pair(bytesOf(text), { before: bytesOf(numbered(10) + before) }));
    expect(packedCount).toBe(0);
  });

  it('leave what is no UTF-8 to the parser', () => {
    const line = [...'caf\xc3\xa9 \xc3( \xff\xf0\x9f\x9a\x80 \xef\xbb\xbfx \xe6\xbc\r\n'].map((byte) =>
      byte.charCodeAt(0),
    );
    const bytes = Uint8Array.from(Array.from({ length: 100 }, () => line).flat());
    expectAlike(pair(bytes, { before: bytesOf(numbered(10)) }));
    const whole = Uint8Array.from(Array.from({ length: 100 }, () => [0xff, 0xc3, 0xa9, 0x0d, 0x0a]).flat());
    expectAlike(pair(whole, { before: bytesOf(numbered(10)) }));
    expect(packedCount).toBe(0);
  });

  it.each([0, 3, 12, 40, 120, 299])('forgets what is older than %i lines', (kept) => {
    const before = bytesOf(numbered(40, 'before'));
    for (const count of [60, 150, 400]) expectAlike(pair(bytesOf(numbered(count)), { before, historyLines: kept }));
  });

  it('keeps to special tab stops', () => {
    expectAlike(pair(bytesOf('a\tb\tc\r\n'.repeat(60)), { before: bytesOf(`\x1b[3g\x1b[4G\x1bH\r${numbered(10)}`) }));
    expect(packedCount).toBeGreaterThan(40);
  });

  it.each([0, 50, historyLines])('counts new lines where %i are kept', (kept) => {
    const emulators = [0, 1].map(() => newEmulator({ ...size, historyLines: kept }));
    for (const count of [40, 200, 700]) {
      const [quick, slow] = emulators.map((emulator) => {
        feedSlowly(emulator, bytesOf(numbered(20)));
        return { emulator, mark: markHistory(emulator) };
      });
      quick!.emulator.feed(bytesOf(numbered(count)));
      feedSlowly(slow!.emulator, bytesOf(numbered(count)));
      expect(quick!.mark.newLines()).toBe(slow!.mark.newLines());
      for (const { mark } of [quick!, slow!]) mark.dispose();
    }
  });

  it('are as they would be, whatever is in them', () => {
    const line = fc.array(fc.constantFrom(...fragments), { maxLength: 8 }).map((parts) => `${parts.join('')}\r\n`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const text = Array.from({ length: 80 }, (_, index) => lines[index % lines.length]).join('');
        expectAlike(pair(bytesOf(text), { before: bytesOf(numbered(10)) }));
      }),
      fuzz(400),
    );
    expect(packedCount).toBeGreaterThan(1_000);
  });

  it('are as they would be, whatever came before and stands between', () => {
    fc.assert(
      fc.property(
        pieces,
        pieces,
        fc.array(fc.nat({ max: 90 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 7, 60, historyLines),
        (before, between, counts, kept) => {
          const odd = join(between);
          const parts = counts.flatMap((count) => [bytesOf(numbered(count, '\x1b[3mtext\x1b[m 漢\tend')), odd]);
          expectAlike(pair(join(parts), { before: join(before), historyLines: kept }));
        },
      ),
      fuzz(400),
    );
    expect(packedCount).toBeGreaterThan(1_000);
  });
});

it('are kept by blocks that hold nothing else: what is on the screen is not there twice', () => {
  const emulator = newEmulator({ ...size, historyLines: 10_000 });
  for (let times = 0; times < 4; times++) emulator.feed(bytesOf(numbered(700)));
  const { lines } = emulator.parts.core.buffers.normal;
  const packed = Array.from({ length: lines.length }, (_, index) => lines.get(index)).filter(
    (line) => line instanceof PackedLine,
  );
  const blocks = new Set(packed.map(({ block }) => block));
  expect(packed.length).toBeGreaterThan(2_000);
  expect([...blocks].reduce((sum, { count }) => sum + count, 0)).toBe(packed.length);
});
