import { describe, expect, it } from 'vitest';
import { pad, printable, shorten, takeEnd, takeStart, widthOf, wrap } from '../../src/ui/display-width.ts';

describe('widths', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['🚀', 2],
    ['👩‍👩‍👧', 2],
    ['e\u0301', 1],
    ['…', 1],
  ])('%s takes %i cells', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('cutting', () => {
  it('marks what it cuts off, at either end', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('abcdef', 4, 'start')).toBe('…def');
    expect(shorten('abcd', 4)).toBe('abcd');
    expect(shorten('ab', 1)).toBe('…');
    expect(shorten('ab', 0)).toBe('');
  });

  it('marks it in ASCII where it has to', () => {
    expect(shorten('abcdef', 5, 'end', '...')).toBe('ab...');
    expect(shorten('abcdef', 5, 'start', '...')).toBe('...ef');
    expect(shorten('abcdef', 2, 'end', '...')).toBe('..');
    expect(shorten('abcdef', 0, 'end', '...')).toBe('');
    expect(shorten('abcdef', 6, 'end', '...')).toBe('abcdef');
  });

  it('never cuts a character in two', () => {
    expect(shorten('日本語', 4)).toBe('日…');
    expect(takeStart('日本', 3)).toBe('日');
    expect(takeEnd('a👩‍👩‍👧', 2)).toBe('👩‍👩‍👧');
    expect(takeEnd('a👩‍👩‍👧', 1)).toBe('');
  });

  it('pads by cells', () => {
    expect(pad('日本', 6)).toBe('日本  ');
    expect(pad('3s', 5, 'right')).toBe('   3s');
    expect(pad('abc', 2)).toBe('abc');
  });
});

describe('wrapping', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one', 10, ['one']],
    ['', 10, []],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    ['日本語', 4, ['日本', '語']],
    ['日本', 1, ['日本']],
  ])('%j in %i cells', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

it('text from outside cannot act on the terminal or on the text beside it', () => {
  expect(printable('a\x1b[2Jb\nc\u009bd\u2028e')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde');
  expect(printable('abc\u202etxt\u2066')).toBe('abctxt');
  expect(printable('日本 👩‍👩‍👧')).toBe('日本 👩‍👩‍👧');
});
