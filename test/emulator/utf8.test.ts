import fc from 'fast-check';
import { expect, it } from 'vitest';
import { characterAt, utf8Length } from '../../src/emulator/utf8.ts';
import { bytesOf } from './new-emulator.ts';

/** What the runtime's own decoder makes of the same. */
function expected(bytes: Uint8Array, at: number): number {
  for (const length of [2, 3, 4]) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
      if (at + length <= bytes.length && [...text].length === 1) return text.codePointAt(0)!;
    } catch {
      // not well-formed, or only a part of it
    }
  }
  return 0;
}

it('every character beyond ASCII is read, with its length', () => {
  for (let codePoint = 0x80; codePoint <= 0x10_ffff; codePoint++) {
    if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
    const bytes = bytesOf(String.fromCodePoint(codePoint));
    if (characterAt(bytes, 0) !== codePoint || utf8Length(codePoint) !== bytes.length)
      expect(characterAt(bytes, 0), `U+${codePoint.toString(16)}`).toBe(codePoint);
  }
  expect(utf8Length(0x7f)).toBe(1);
});

it('what is cut short, overlong, a surrogate, too large or no beginning is none', () => {
  const euro = bytesOf('€');
  expect([characterAt(euro.subarray(0, 2), 0), characterAt(euro, 1), characterAt(euro, 0)]).toEqual([0, 0, 0x20ac]);
  for (const bytes of [
    [0xc0, 0x80],
    [0xe0, 0x9f, 0xbf],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xff],
    [0xe2, 0x82, 0x41],
  ])
    expect(characterAt(Uint8Array.from(bytes), 0)).toBe(0);
});

it('any bytes are read as the runtime reads them', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constantFrom(0x41, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0x80, 0xbf),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 5 }),
      fc.array(byte, { minLength: 1, maxLength: 5 }),
      (any, likely) => {
        for (const bytes of [any, Uint8Array.from(likely)])
          if (bytes[0]! >= 0x80) expect(characterAt(bytes, 0)).toBe(expected(bytes, 0));
      },
    ),
    { numRuns: 2_000 },
  );
});
