import { describe, expect, it } from 'vitest';
import { listKeys } from '../../src/base/list-keys.ts';
import { makeList, named } from './make-list.ts';
import { manySessions, oneOfEach, sampleHolder, sampleSession, testNow } from './sample-sessions.ts';

const stopped = (name: string) => sampleSession(name, { state: 'stopped', lastUsedAt: testNow - name.charCodeAt(0) });

describe('moving', () => {
  it.each([
    [['down', 'j'], 'session-003'],
    [['j', 'j', 'k'], 'session-002'],
    [['up'], 'session-001'],
    [['G'], 'session-100'],
    [['end', 'down'], 'session-100'],
    [['end', 'g'], 'session-001'],
    [['end', 'home'], 'session-001'],
    [['pagedown'], 'session-019'],
    [['ctrl-f', 'ctrl-f'], 'session-037'],
    [['pagedown', 'pageup'], 'session-001'],
    [['G', 'ctrl-b'], 'session-082'],
  ])('by %j comes to %s', (keys, name) => {
    const list = makeList({ sessions: manySessions(100) });
    expect(list.press(...keys).selected()).toBe(name);
  });

  it('by pages goes on where only one row shows', () => {
    const list = makeList({ sessions: manySessions(9), size: { cols: 80, rows: 1 } });
    expect(list.press('pagedown', 'pagedown').selected()).toBe('session-003');
  });
});

describe('attaching and leaving', () => {
  it.each(oneOfEach.map(({ name }) => name))('Enter attaches to %s', (name) => {
    const list = makeList().select(name).press('enter');
    expect(list.asked()).toEqual([{ kind: 'end', result: { kind: 'attach', id: `id-${name}` } }]);
  });

  it.each([
    ['1', 'session-001'],
    ['9', 'session-009'],
  ])('%s attaches to %s, wherever the selection is', (key, name) => {
    const list = makeList({ sessions: manySessions(20) }).press('G', key);
    expect(list.asked()).toEqual([{ kind: 'end', result: { kind: 'attach', id: `id-${name}` } }]);
  });

  it('a digit counts the rows that the filter left', () => {
    const list = makeList({ sessions: manySessions(20) })
      .press('/')
      .type('012')
      .press('tab', '1');
    expect(list.asked()).toEqual([{ kind: 'end', result: { kind: 'attach', id: 'id-session-012' } }]);
  });

  it('a digit without a row does nothing, and neither does 0', () => {
    expect(
      makeList({ sessions: named('abc') })
        .press('4', '9', '0')
        .asked(),
    ).toEqual([]);
  });

  it.each(['q', 'esc', 'ctrl-c'])('%s quits', (name) => {
    expect(makeList().press(name).asked()).toEqual([{ kind: 'end', result: { kind: 'quit' } }]);
  });

  it.each(['q', 'esc', 'ctrl-c'])('%s first takes back the filter, then the marks, then the list itself', (name) => {
    const list = makeList().press('space', '/').type('e').press('tab');
    expect(list.state().filter).toBe('e');
    expect(list.press(name).state().filter).toBe('');
    expect(list.marked()).toEqual(['api']);
    expect(list.press(name).marked()).toEqual([]);
    expect(list.asked()).toEqual([]);
    expect(list.press(name).asked()).toEqual([{ kind: 'end', result: { kind: 'quit' } }]);
  });

  it('keeps the selection when the filter is taken back', () => {
    const list = makeList().press('/').type('hung').press('tab', 'esc');
    expect(list.selected()).toBe('hung');
    expect(list.names()).toHaveLength(oneOfEach.length);
  });

  it.each(['enter', 'r', 'R', 'x', 'd', '*', 'y', 'space', 'up', 'G', '1'])(
    '%s does nothing without sessions',
    (name) => {
      const list = makeList({ sessions: [] }).press(name);
      expect(list.asked()).toEqual([]);
      expect(list.panel()).toEqual([]);
      expect(list.state().mode.kind).toBe('browse');
    },
  );

  it('a paste does nothing', () => {
    const list = makeList().paste('q\rx');
    expect(list.asked()).toEqual([]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('a key that means nothing does nothing', () => {
    const list = makeList();
    const before = list.state();
    expect(list.press('z', 'alt-x', 'f12').state()).toEqual(before);
  });
});

describe('marking', () => {
  it('marks the selected session and goes on to the next', () => {
    const list = makeList({ sessions: named('abcd') }).press('space', 'down', 'space');
    expect(list.marked()).toEqual(['a', 'c']);
    expect(list.selected()).toBe('d');
  });

  it('takes a mark back, and stays on the last row', () => {
    const list = makeList({ sessions: named('ab') }).press('G', 'space');
    expect(list.selected()).toBe('b');
    expect(list.marked()).toEqual(['b']);
    expect(list.press('space').marked()).toEqual([]);
  });

  it('leaves what is done to one session to the selected one', () => {
    const list = makeList({ sessions: named('abc') }).press('space', 'G');
    expect(list.press('enter').asked()).toEqual([{ kind: 'end', result: { kind: 'attach', id: 'id-c' } }]);
    expect(list.press('*').asked()).toEqual([{ kind: 'pin', id: 'id-c', isPinned: true }]);
  });
});

describe('the selected session', () => {
  it('is pinned, and a pinned one is not any more', () => {
    const sessions = [sampleSession('a', { isPinned: true }), sampleSession('b', { isPinned: false })];
    expect(makeList({ sessions }).press('*', 'down', '*').asked()).toEqual([
      { kind: 'pin', id: 'id-a', isPinned: false },
      { kind: 'pin', id: 'id-b', isPinned: true },
    ]);
  });

  it('stays selected when its pin moves it to the top', () => {
    const list = makeList({ sessions: named('abc') }).press('G', '*');
    list.tell(named('abc').map((session) => ({ ...session, isPinned: session.name === 'c' })));
    expect(list.names()).toEqual(['c', 'a', 'b']);
    expect(list.selected()).toBe('c');
  });

  it('loses its holder', () => {
    const sessions = [sampleSession('a', { attached: sampleHolder })];
    expect(makeList({ sessions }).press('d').asked()).toEqual([{ kind: 'detach', id: 'id-a' }]);
  });

  it('without a holder says so', () => {
    const list = makeList({ sessions: named('a') }).press('d');
    expect(list.asked()).toEqual([]);
    expect(list.panel()).toEqual(['Nobody holds "a".']);
  });

  it('gives the command that attaches to it', () => {
    const list = makeList({ sessions: named('a') }).press('y');
    expect(list.asked()).toEqual([{ kind: 'copy', name: 'a' }]);
    expect(list.panel()).toEqual(['Copied: stay attach a']);
  });
});

describe('restarting', () => {
  it('starts a stopped or exited session at once', () => {
    const list = makeList({ sessions: [stopped('a'), sampleSession('b', { state: 'exited', exitCode: 0 })] });
    expect(list.select('a').press('R').asked()).toEqual([{ kind: 'restart', ids: ['id-a'] }]);
    expect(list.panel()).toEqual(['Starting...']);
    expect(list.select('b').press('R').asked()).toEqual([{ kind: 'restart', ids: ['id-b'] }]);
  });

  it('asks before it ends what runs', () => {
    const list = makeList({ sessions: named('a') }).press('R');
    expect(list.asked()).toEqual([]);
    expect(list.panel()).toEqual(['Restart "a"? This ends bash and everything else that runs in it.']);
    expect(list.press('y').asked()).toEqual([{ kind: 'restart', ids: ['id-a'] }]);
    expect(list.panel()).toEqual(['Starting "a"...']);
  });

  it('takes all that are marked, and their marks', () => {
    const list = makeList({ sessions: [stopped('a'), stopped('b'), stopped('c')] }).press('space', 'space', 'R');
    expect(list.asked()).toEqual([{ kind: 'restart', ids: ['id-a', 'id-b'] }]);
    expect(list.marked()).toEqual([]);
  });

  it('asks when one of several runs', () => {
    const list = makeList({ sessions: [stopped('a'), sampleSession('b')] }).press('space', 'space', 'R');
    expect(list.panel().join(' ')).toBe('Restart 2 sessions? "a", "b". This ends bash.');
    expect(list.press('y').asked()).toEqual([{ kind: 'restart', ids: ['id-a', 'id-b'] }]);
  });
});

describe('the order', () => {
  it('goes round by o, is told, and keeps the selection', () => {
    const sessions = [
      sampleSession('c', { lastUsedAt: 9, lastOutputAt: 1, createdAt: 2 }),
      sampleSession('a', { lastUsedAt: 8, lastOutputAt: 2, createdAt: 3 }),
      sampleSession('b', { lastUsedAt: 7, lastOutputAt: 3, createdAt: 1 }),
    ];
    const list = makeList({ sessions }).press('down');
    const seen = Array.from({ length: 4 }, () => {
      list.press('o');
      return `${list.names().join('')} ${list.panel()[0]} ${list.selected()}`;
    });
    expect(seen).toEqual([
      'abc Order: by name. a',
      'bac Order: newest output first. a',
      'acb Order: youngest first. a',
      'cab Order: used last first. a',
    ]);
  });
});

describe('the preview', () => {
  it.each(['p', 'tab'])('is hidden and shown by %s where it has room', (key) => {
    const list = makeList();
    expect(list.state().previewShows).toEqual({ beside: true, instead: false });
    expect(list.press(key).state().previewShows).toEqual({ beside: false, instead: false });
    expect(list.press(key).state().previewShows).toEqual({ beside: true, instead: false });
  });

  it('takes the place of the list where it has none, and Escape gives that back', () => {
    const list = makeList({ size: { cols: 79, rows: 24 } }).press('p');
    expect(list.state().previewShows).toEqual({ beside: true, instead: true });
    expect(list.press('down').selected()).toBe('web');
    expect(list.press('esc').state().previewShows).toEqual({ beside: true, instead: false });
    expect(list.asked()).toEqual([]);
    expect(list.press('esc').asked()).toEqual([{ kind: 'end', result: { kind: 'quit' } }]);
  });

  it('that once stood in for the list does not hold up who quits on a wide screen', () => {
    const list = makeList({ size: { cols: 79, rows: 24 } }).press('p');
    list.send({ kind: 'resized', size: { cols: 80, rows: 24 } });
    expect(list.press('q').asked()).toEqual([{ kind: 'end', result: { kind: 'quit' } }]);
  });
});

describe('other keys of the settings', () => {
  const browse = listKeys.browse.map((binding) =>
    binding.action === 'kill'
      ? { ...binding, keys: ['ctrl-k'] }
      : binding.action === 'pin'
        ? { ...binding, keys: [] }
        : binding,
  );

  it('take the place of those of the table', () => {
    const list = makeList({ preferences: { keys: { ...listKeys, browse } } });
    expect(list.press('x', '*').state().mode.kind).toBe('browse');
    expect(list.asked()).toEqual([]);
    expect(list.press('ctrl-k').state().mode).toEqual({ kind: 'confirm', what: 'kill', ids: ['id-api'] });
  });
});
