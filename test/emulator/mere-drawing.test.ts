import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMereDrawing } from '../../src/emulator/mere-drawing.ts';
import { bytesOf, newEmulator } from './new-emulator.ts';

describe('mere drawing', () => {
  it.each([
    ['text', 'some words'],
    ['text in UTF-8', 'naïve 漢字 👍'],
    ['lines, tabs, a bell', 'a\r\n\tb\b\x07'],
    ['colours', '\x1b[1;38;2;1;2;3mred\x1b[4:3m\x1b[0m'],
    ['what readline draws', '\x1b[3D\x1b[1Pfoo\x1b[K\x1b[C\x1b[2@\x1b[A'],
    ['places and erasures', '\x1b[H\x1b[2J\x1b[3;4f\x1b[5d\x1b[2L\x1b[M\x1b[9X'],
  ])('is %s', (_, text) => {
    expect(isMereDrawing(bytesOf(text))).toBe(true);
  });

  it.each([
    ['modes', '\x1b[?25l'],
    ['a region', '\x1b[2;5r'],
    ['questions', '\x1b[6n'],
    ['more of them', 'x\x1b[c'],
    ['titles', '\x1b]0;title\x07'],
    ['key flags', '\x1b[>1u'],
    ['the cursor style', '\x1b[2 q'],
    ['a reset', '\x1bc'],
    ['charsets', '\x1b(0'],
    ['shifts', '\x0e'],
    ['a saved cursor', '\x1b7'],
    ['what begins a sequence', 'x\x1b'],
    ['more of one', 'x\x1b[3'],
    ['C1 controls', '\u009b6n'],
    ['sequences that are cancelled', '\x18'],
    ['repetition, whose character is unknown', '\x1b[3b'],
  ])('is not %s', (_, text) => {
    expect(isMereDrawing(bytesOf(text))).toBe(false);
  });

  it('does not begin inside a character', () => {
    expect(isMereDrawing(Uint8Array.of(0x9b, 0x41))).toBe(false);
  });

  it('leaves nothing to undo, to answer or to go on with, also where it is read later', () => {
    const alphabet = Array.from('\x1b[[;:0123456789?@ABCDHJKLMPSTXbcdfhlmnqrsu`ab\r\n\x07\x0e\u009bé漢👍');
    const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 40 }).map((all) => bytesOf(all.join('')));
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(text, cuts, (bytes, places) => {
        const emulator = newEmulator();
        // The first output at all is to be undone.
        emulator.feed(bytesOf('x'));
        let unread: Uint8Array[] = [];
        const settle = () => {
          const before = [emulator.restorationRevision, emulator.replies.length];
          for (const piece of unread) emulator.feed(piece);
          unread = [];
          expect([emulator.restorationRevision, emulator.replies.length]).toEqual(before);
        };
        for (const piece of cut(bytes, places)) {
          if (emulator.onlyDraws(piece)) unread.push(piece);
          else {
            settle();
            emulator.feed(piece);
          }
        }
        settle();
        emulator.dispose();
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Also inside of characters and sequences. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}
