import { describe, expect, it } from 'vitest';
import { closest } from '../../src/base/closest.ts';
import { matchName, nameProblem, normalizeName } from '../../src/base/session-name.ts';

describe('nameProblem', () => {
  it.each([
    'a',
    'my work',
    'été',
    '日本語',
    'مشروع',
    '👩‍💻 code',
    '...',
    '.hidden',
    'a-b',
    '_',
    'x'.repeat(64),
    '👍'.repeat(64),
  ])('accepts %j', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it.each([
    ['', 'at least one'],
    ['x'.repeat(65), 'at most 64'],
    ['👍'.repeat(65), 'at most 64'],
    ['a\tb', 'control'],
    ['a\x1b[31m', 'control'],
    ['a\x7f', 'control'],
    ['a\u0085', 'control'],
    ['a\u009b', 'control'],
    ['a\u202eb', 'direction'],
    ['a\u2066b', 'direction'],
    ['a\u200fb', 'direction'],
    ['a\u2028b', 'break lines'],
    ['a\u2029b', 'break lines'],
    ['a\ud800', 'Unicode'],
    ['\udc00a', 'Unicode'],
    ['a/b', 'slash'],
    ['-a', 'dash'],
    ['.', 'folder'],
    ['..', 'folder'],
    [' a', 'blank'],
    ['a ', 'blank'],
    ['\u00a0a', 'blank'],
    ['a\u3000', 'blank'],
    ['\u200b', 'see'],
  ])('refuses %j', (name, clause) => {
    expect(nameProblem(name)).toContain(clause);
  });

  it('counts characters as they are kept, so that decomposed accents do not count', () => {
    expect(nameProblem('e\u0301'.repeat(64))).toBeNull();
  });
});

describe('matchName', () => {
  const sessions = ['work', 'work-2', 'web', 'mail', 'café'].map((name, index) => ({ id: `id${index}`, name }));

  it('takes the full name, even where it begins other names', () => {
    expect(matchName('work', sessions)).toEqual({ kind: 'found', item: sessions[0] });
  });

  it('takes a beginning that only one name has', () => {
    expect(matchName('m', sessions)).toEqual({ kind: 'found', item: sessions[3] });
  });

  it('lists the candidates of a beginning that several names have', () => {
    expect(matchName('w', sessions)).toEqual({ kind: 'ambiguous', items: sessions.slice(0, 3) });
  });

  it('takes a full id, but no beginning of one', () => {
    expect(matchName('id2', sessions)).toEqual({ kind: 'found', item: sessions[2] });
    expect(matchName('id', sessions).kind).toBe('none');
  });

  it('prefers a name to the id of another session, and an id to a beginning of a name', () => {
    const named = { id: 'x', name: 'id1' };
    expect(matchName('id1', [...sessions, named])).toEqual({ kind: 'found', item: named });
    expect(matchName('id1', [...sessions, { id: 'y', name: 'id1-more' }])).toEqual({
      kind: 'found',
      item: sessions[1],
    });
  });

  it('does not care how accents were typed', () => {
    expect(matchName('cafe\u0301', sessions)).toEqual({ kind: 'found', item: sessions[4] });
    expect(normalizeName('cafe\u0301')).toBe('café');
  });

  it('offers the nearest name after a slip', () => {
    expect(matchName('wrok', sessions)).toEqual({ kind: 'none', closest: sessions[0] });
    expect(matchName('nothing like it', sessions)).toEqual({ kind: 'none', closest: undefined });
    expect(matchName('', sessions)).toEqual({ kind: 'none', closest: undefined });
  });
});

describe('closest', () => {
  it.each([
    ['detahc', 'detach'],
    ['lst', 'list'],
    ['KILL', 'kill'],
    ['attahc', 'attach'],
  ])('takes %j for %j', (query, meant) => {
    expect(closest(query, ['attach', 'detach', 'list', 'kill'])).toBe(meant);
  });

  it('does not guess when too much differs', () => {
    expect(closest('remove', ['attach', 'detach', 'list', 'kill'])).toBeUndefined();
    expect(closest('x', ['y'])).toBeUndefined();
  });
});
