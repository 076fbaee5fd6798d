import { expect, it } from 'vitest';
import { markMatches } from '../../src/ui/mark-matches.ts';
import { createTheme } from '../../src/ui/theme.ts';

const theme = {
  ...createTheme({ hasColor: true, background: null, isAscii: false }),
  matched: (text: string) => `<${text}>`,
};

it.each([
  ['nothing', [], 'abc', 'abc'],
  ['one character', [1], 'abc', 'a<b>c'],
  ['runs together', [0, 1, 3], 'abcd', '<ab>c<d>'],
  ['up to the end', [2], 'abc', 'ab<c>'],
  ['wide characters', [1], '日本語', '日<本>語'],
  ['behind a character of two units', [2], '🚀b', '🚀<b>'],
  ['a character of two units whole', [0, 1], '🚀b', '<🚀>b'],
  ['nothing where the text was cut off', [5, 6], 'abc…', 'abc…'],
])('marks %s', (_, indexes, text, marked) => {
  expect(markMatches(indexes, theme)(text)).toBe(marked);
});
