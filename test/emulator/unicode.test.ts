import { describe, expect, it } from 'vitest';
import { bytesOf, newEmulator } from './new-emulator.ts';

describe('the cursor stands after', () => {
  const widths: [text: string, columns: number, what: string][] = [
    ['a', 1, 'a letter'],
    ['世', 2, 'a wide character'],
    ['😀', 2, 'an emoji'],
    ['👩‍👩‍👧', 2, 'an emoji of several people'],
    ['👍🏽', 2, 'an emoji with a skin tone'],
    ['🇩🇪', 2, 'a flag'],
    ['🇩🇪🇫🇷', 4, 'two flags'],
    ['❤️', 2, 'a sign shown as an emoji'],
    ['❤', 1, 'the same sign as text'],
    ['1️⃣', 2, 'a keycap'],
    ['e\u0301', 1, 'a letter with an accent'],
    ['नि', 2, 'a letter and a spacing mark'],
    ['\u1112\u1161\u11ab', 2, 'conjoining jamo'],
    ['a\u200bb', 2, 'a zero-width space'],
    ['±', 1, 'a character of ambiguous width'],
    ['\u00adx', 2, 'a soft hyphen'],
    ['e\x1b[m\u0301', 1, 'an accent that follows a control'],
    ['\u0301', 0, 'an accent on nothing'],
  ];
  for (const [text, columns, what] of widths) {
    it(what, () => {
      const emulator = newEmulator();
      emulator.feed(bytesOf(text));
      expect(emulator.parts.core.buffers.active.x).toBe(columns);
    });
  }
});
