import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { quickWidth } from '../../src/ui/quick-width.ts';

it('is what string-width says of every character', () => {
  const wrong: string[] = [];
  for (let codePoint = 0; codePoint <= 0x1ffff; codePoint++) {
    const text = String.fromCodePoint(codePoint);
    if (quickWidth(text) !== stringWidth(text)) wrong.push(codePoint.toString(16));
  }
  expect(wrong).toEqual([]);
});

it('is what string-width says of texts, also styled ones', () => {
  const parts = [
    'a',
    ' ',
    'é',
    'ß',
    '·',
    '…',
    '─',
    '▁',
    '●',
    '↔',
    '⠋',
    '\ufe0f',
    '\u0301',
    '\u200d',
    '漢',
    '👍',
    '🏽',
    '\t',
    '\n',
  ];
  const styles = ['\x1b[1m', '\x1b[38;2;1;2;3m', '\x1b[4:3m', '\x1b[0m', '\x1b]8;;u\x07', '\x1b'];
  const text = fc.array(fc.constantFrom(...parts, ...styles), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (one) => {
      expect(quickWidth(one)).toBe(stringWidth(one));
    }),
    { numRuns: 5_000 },
  );
});

it('leaves options to string-width', () => {
  const options = { ambiguousIsNarrow: false };
  expect(quickWidth('·', options)).toBe(stringWidth('·', options));
});
