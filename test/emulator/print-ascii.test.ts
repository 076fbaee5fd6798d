// Text printed quickly is as if it were printed by xterm.js itself: the same streams, with and without the short cut.

import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as PrintAscii from '../../src/emulator/print-ascii.ts';
import { differences } from './differences.ts';
import { bytesOf, newEmulator } from './new-emulator.ts';
import { fuzz, join, pieces, sizes } from './streams.ts';

const state = vi.hoisted(() => ({ isQuick: true, printed: 0 }));
vi.mock('../../src/emulator/print-ascii.ts', async (original) => {
  const { printAscii } = await original<typeof PrintAscii>();
  const either: typeof printAscii = (core, print, run) => {
    if (!state.isQuick) return run.start;
    const rest = printAscii(core, print, run);
    state.printed += rest - run.start;
    return rest;
  };
  return { printAscii: either };
});

function expectAlike(bytes: Uint8Array, size: { cols: number; rows: number }): void {
  const [quick, slow] = [newEmulator({ ...size, historyLines: 50 }), newEmulator({ ...size, historyLines: 50 })];
  state.isQuick = true;
  quick.feed(bytes);
  state.isQuick = false;
  slow.feed(bytes);
  expect(differences(quick, slow)).toEqual([]);
}

describe('text printed quickly', () => {
  beforeAll(() => {
    state.printed = 0;
  });

  it.each([
    ['over the first half of a wide character', '漢字\x1b[1;1Ha'],
    ['over the second half of a wide character', '漢字\x1b[1;2Hb'],
    ['between the halves of two', '漢字\x1b[1;2Hbc'],
    ['over several rows', `${'0123456789'.repeat(7)}`],
    ['behind a pending wrap', `0123456789${'a'}\r\nb`],
    ['up to an accent', 'cafe\u0301s'],
    ['up to an accent in the last column', '012345678e\u0301s'],
    ['a keycap', '1\ufe0f\u20e3 12\ufe0f\u20e3'],
    ['after an emoji that may join', '👩\u200da👩\u200d b'],
    ['with a line below', '\x1b[4:3mabc\x1b[58:5:1mdef\x1b[mghi'],
    ['with a link', '\x1b]8;;http://a\x07abc\x1b]8;;\x07def'],
    ['in another character set', '\x1b(0abcq\x1b(Bq\x0e\x1b)0q\x0fq'],
    ['inserted', 'abcdef\r\x1b[4hxyz\x1b[4l12'],
    ['without wrapping', '\x1b[?7l0123456789abc\x1b[?7hde'],
    ['and repeated', 'ab\x1b[3bc\x1b[40b'],
    ['in colours', '\x1b[31;48;5;17;1mred\x1b[38;2;1;2;3mtrue\x1b[7;9mover'],
  ])('%s', (_, text) => expectAlike(bytesOf(text), { cols: 10, rows: 4 }));

  it('is what it would be, whatever came before and comes behind', () => {
    fc.assert(
      fc.property(pieces, sizes, (parts, size) => expectAlike(join(parts), size)),
      fuzz(1000),
    );
    expect(state.printed).toBeGreaterThan(1000);
  });
});
