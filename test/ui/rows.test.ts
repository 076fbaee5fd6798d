import { describe, expect, it } from 'vitest';
import type { ListOrder } from '../../src/base/list-order.ts';
import { type Arrangement, rowsOf } from '../../src/ui/rows.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { manySessions, sampleSession } from './sample-sessions.ts';

function names(sessions: readonly ListedSession[], arrangement: Partial<Arrangement> = {}): string[] {
  return rowsOf(sessions, { order: 'recent', filter: '', ...arrangement }).map(({ session }) => session.name);
}

/** The characters of the name and of the directory that the filter matched. */
function matched(session: ListedSession, filter: string): { name: string; directory: string } {
  const [row] = rowsOf([session], { order: 'recent', filter });
  const characters = (text: string, indexes: readonly number[] = []) => indexes.map((index) => text[index]).join('');
  return {
    name: characters(session.name, row?.matches.name),
    directory: characters(session.cwd, row?.matches.directory),
  };
}

describe('the order', () => {
  const sessions = [
    sampleSession('item10', { lastUsedAt: 4, lastOutputAt: 1, createdAt: 3 }),
    sampleSession('item9', { lastUsedAt: 3, lastOutputAt: null, createdAt: 4 }),
    sampleSession('Alpha', { lastUsedAt: 2, lastOutputAt: 9, createdAt: 1 }),
    sampleSession('beta', { lastUsedAt: 1, lastOutputAt: 5, createdAt: 2 }),
  ];

  it.each<[ListOrder, string[]]>([
    ['recent', ['item10', 'item9', 'Alpha', 'beta']],
    ['name', ['Alpha', 'beta', 'item9', 'item10']],
    ['activity', ['Alpha', 'beta', 'item10', 'item9']],
    ['age', ['item9', 'item10', 'beta', 'Alpha']],
  ])('by %s is %j, whatever order they come in', (order, expected) => {
    expect(names(sessions, { order })).toEqual(expected);
    expect(names(sessions.toReversed(), { order })).toEqual(expected);
  });

  it('has pinned sessions first, in the same order among themselves', () => {
    const pinned = sessions.map((session) => ({ ...session, isPinned: /a$/.test(session.name) }));
    expect(names(pinned)).toEqual(['Alpha', 'beta', 'item10', 'item9']);
    expect(names(pinned, { order: 'age' })).toEqual(['beta', 'Alpha', 'item9', 'item10']);
  });

  it('goes by the name among equals', () => {
    const equal = ['c', 'a', 'b'].map((name) => sampleSession(name));
    expect(names(equal)).toEqual(['a', 'b', 'c']);
  });

  it('leaves what it was given as it is', () => {
    const given = Object.freeze(sessions.toReversed());
    names(given);
    expect(given[0]?.name).toBe('beta');
  });
});

describe('the filter', () => {
  const sessions = [
    sampleSession('web-frontend', { lastUsedAt: 5 }),
    sampleSession('notes', { lastUsedAt: 4, cwd: '/srv/website' }),
    sampleSession('build', { lastUsedAt: 3, command: ['make', 'release'] }),
    sampleSession('editor', { lastUsedAt: 2, program: 'nvim' }),
    sampleSession('chat', { lastUsedAt: 1, title: 'irc: weechat' }),
  ];

  it.each([
    ['the name', 'front', ['web-frontend']],
    ['the directory', 'srv', ['notes']],
    ['the command', 'release', ['build']],
    ['the program', 'nvim', ['editor']],
    ['the title', 'irc', ['chat']],
    ['nothing', 'qqq', []],
  ])('looks at %s', (_, filter, expected) => {
    expect(names(sessions, { filter })).toEqual(expected);
  });

  it('finds characters that stand apart, in any case', () => {
    expect(names(sessions, { filter: 'wfr' })).toEqual(['web-frontend']);
    expect(names(sessions, { filter: 'WEB-F' })).toEqual(['web-frontend']);
    expect(names(sessions, { filter: 'wbft' })).toEqual(['web-frontend']);
  });

  it('finds words in any order and in different places', () => {
    expect(names(sessions, { filter: 'release make' })).toEqual(['build']);
    expect(names(sessions, { filter: 'website notes' })).toEqual(['notes']);
  });

  it('has the best match first, pinned or not', () => {
    const api = sampleSession('api', { lastUsedAt: 1 });
    const like = sampleSession('a-pink-island', { lastUsedAt: 9, isPinned: true });
    expect(names([like, api], { filter: 'api' })).toEqual(['api', 'a-pink-island']);
  });

  it('of blanks alone hides nothing', () => {
    expect(names(sessions, { filter: '  ' })).toEqual(names(sessions));
    expect(names(sessions, { filter: ' front ' })).toEqual(['web-frontend']);
  });

  it('leaves letters scattered over a long title unfound', () => {
    const title = 'Some quite long title of a page that is about nothing in particular at all';
    expect(names([sampleSession('x', { title })], { filter: 'api' })).toEqual([]);
    expect(names([sampleSession('x', { title })], { filter: 'about' })).toEqual(['x']);
  });

  it('tells which characters matched, of name and directory', () => {
    expect(matched(sampleSession('web-frontend'), 'front')).toEqual({ name: 'front', directory: '' });
    expect(matched(sampleSession('x', { cwd: '/srv/website' }), 'website')).toEqual({ name: '', directory: 'website' });
    expect(matched(sampleSession('日本語', { cwd: '/x' }), '本')).toEqual({ name: '本', directory: '' });
    expect(matched(sampleSession('a🚀b', { cwd: '/x' }), 'b')).toEqual({ name: 'b', directory: '' });
    expect(matched(sampleSession('Größe', { cwd: '/x' }), 'gro')).toEqual({ name: 'Grö', directory: '' });
  });

  it('marks nothing when there is none', () => {
    expect(rowsOf(sessions, { order: 'recent', filter: '' })[0]?.matches).toEqual({ name: [], directory: [] });
  });

  it('never fails, whatever is typed', () => {
    for (const filter of ['*', '[', '\\', '.*', '日本', '🚀', 'ß', 'İ', ' a  b ', 'x'.repeat(500)])
      expect(() => names(manySessions(20), { filter })).not.toThrow();
  });
});
