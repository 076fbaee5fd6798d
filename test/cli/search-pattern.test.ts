import { expect, it } from 'vitest';
import { searchPattern } from '../../src/cli/search-pattern.ts';

it('is a regular expression over characters, not over halves of them', () => {
  expect(searchPattern('^.$').test('😀')).toBe(true);
  expect(searchPattern('error|warn').test('a warning')).toBe(true);
});

it('may have backslashes and brackets that a strict expression may not', () => {
  expect(searchPattern(String.raw`a\-b`).test('a-b')).toBe(true);
  expect(searchPattern('x{').test('x{')).toBe(true);
});

it('that is none is refused with its reason', () => {
  expect(() => searchPattern('(')).toThrow(/^Cannot search for "\(": it is no regular expression \(.+\)$/);
});
