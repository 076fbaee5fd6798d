// Attributes that are set quickly are those that xterm.js would have set.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { penOf } from '../../src/emulator/pen.ts';
import type * as Sgr from '../../src/emulator/sgr.ts';
import { bytesOf, newEmulator } from './new-emulator.ts';
import { fuzz } from './streams.ts';

const state = vi.hoisted(() => ({ isQuick: true, quick: 0 }));
vi.mock('../../src/emulator/sgr.ts', async (original) => {
  const { applySgr } = await original<typeof Sgr>();
  const either: typeof applySgr = (pen, parameters, count) => {
    const isApplied = state.isQuick && applySgr(pen, parameters, count);
    if (isApplied) state.quick++;
    return isApplied;
  };
  return { applySgr: either };
});

function penAfter(text: string, isQuick: boolean) {
  state.isQuick = isQuick;
  const emulator = newEmulator();
  emulator.feed(bytesOf(text));
  const { _curAttrData: pen } = emulator.parts.core._inputHandler;
  return { ...penOf(pen), rawFg: pen.fg >>> 0, rawBg: pen.bg >>> 0, rawExtended: pen.extended._ext };
}

const parameter = fc.oneof(
  fc.nat({ max: 120 }),
  fc.constantFrom('', 0, 4, 24, 38, 48, 58, 59, 2, 5, 300, '4:3', '38:2:1:2:3'),
);
const colour = fc
  .tuple(fc.constantFrom(38, 48), fc.constantFrom('5;9', '5;255', '5;300', '2;1;2;3', '2;300;0;7', '5', '2;1;2', '3;1'))
  .map(([which, what]) => `${which};${what}`);
const link = fc.constantFrom('\x1b]8;;http://a\x07', '\x1b]8;;\x07');
const sequence = fc
  .array(fc.oneof(parameter, colour), { maxLength: 6 })
  .map((parameters) => `\x1b[${parameters.join(';')}m`);
const text = fc.array(fc.oneof({ weight: 9, arbitrary: sequence }, { weight: 1, arbitrary: link }), { maxLength: 8 });

describe('SGR', () => {
  it('of every parameter alone, after others', () => {
    for (const before of ['', '\x1b[1;2;3;4;5;7;8;9;53;38;2;1;2;3;48;2;4;5;6m', '\x1b[4:3;38;5;9m'])
      for (let code = 0; code < 130; code++) {
        const sgr = `${before}\x1b[${code}m`;
        expect([code, penAfter(sgr, true)]).toEqual([code, penAfter(sgr, false)]);
      }
  });

  it('of anything after anything', () => {
    state.quick = 0;
    fc.assert(
      fc.property(text, (parts) => {
        expect(penAfter(parts.join(''), true)).toEqual(penAfter(parts.join(''), false));
      }),
      fuzz(1_000),
    );
    expect(state.quick).toBeGreaterThan(500);
  });
});
