import { describe, expect, it } from 'vitest';
import type { FieldAction } from '../../src/base/list-keys.ts';
import { edit, fieldOf, fieldWindow, insert, type TextField, textOf } from '../../src/ui/text-field.ts';

/** A field written with `|` for its cursor. */
function field(text: string): TextField {
  const [before = '', after = ''] = text.split('|');
  return { before, after };
}

function written({ before, after }: TextField): string {
  return `${before}|${after}`;
}

describe('editing', () => {
  it.each<[string, FieldAction, string]>([
    ['ab|c', 'left', 'a|bc'],
    ['|abc', 'left', '|abc'],
    ['ab|c', 'right', 'abc|'],
    ['abc|', 'right', 'abc|'],
    ['ab|c', 'start', '|abc'],
    ['a|bc', 'end', 'abc|'],
    ['ab|c', 'deleteBack', 'a|c'],
    ['|abc', 'deleteBack', '|abc'],
    ['a|bc', 'deleteForward', 'a|c'],
    ['abc|', 'deleteForward', 'abc|'],
    ['one two  |x', 'deleteWord', 'one |x'],
    ['one|', 'deleteWord', '|'],
    ['one two|x', 'deleteToStart', '|x'],
    ['a👩‍👩‍👧|', 'deleteBack', 'a|'],
    ['|👩‍👩‍👧b', 'right', '👩‍👩‍👧|b'],
    ['e\u0301|x', 'left', '|e\u0301x'],
    ['|🇩🇪b', 'deleteForward', '|b'],
  ])('%s %s gives %s', (before, action, after) => {
    expect(written(edit(field(before), action))).toBe(after);
  });
});

describe('inserting', () => {
  it('puts text in at the cursor, and the cursor behind it', () => {
    expect(written(insert(field('a|d'), 'bc'))).toBe('abc|d');
  });

  it('drops control characters, as a paste may have them', () => {
    expect(textOf(insert(fieldOf(''), 'one\r\ntwo\x1b[31m\tthree\u0085'))).toBe('onetwo[31mthree');
  });

  it('keeps a bounded part of a huge text, and no half character', () => {
    const text = textOf(insert(fieldOf('x'), '🚀'.repeat(100_000)));
    expect(text.length).toBeLessThan(1_000);
    expect(text.isWellFormed()).toBe(true);
    expect(textOf(insert(fieldOf(text), '🚀')).isWellFormed()).toBe(true);
  });
});

describe('the window', () => {
  it.each([
    ['abc|', 10, 'abc', 3],
    ['abcdef|', 4, 'def', 3],
    ['abc|def', 4, 'abcd', 3],
    ['日本語|', 5, '本語', 4],
    ['日本語|', 4, '語', 2],
    ['|日本', 3, '日', 0],
    ['abc|', 1, '', 0],
  ])('of %s in %i cells shows %j with the cursor at %i', (text, width, shown, cursor) => {
    expect(fieldWindow(field(text), width)).toEqual({ text: shown, cursor });
  });
});
