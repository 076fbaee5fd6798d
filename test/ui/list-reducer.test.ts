import { describe, expect, it } from 'vitest';
import { makeList, named, samplePreferences } from './make-list.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

describe('the first selection', () => {
  it('is on the first session', () => {
    expect(makeList().selected()).toBe('api');
    expect(makeList({ sessions: [] }).selected()).toBe(undefined);
    expect(makeList({ leftId: 'id-gone' }).selected()).toBe('api');
  });

  it('is on the one used before that one comes from', () => {
    expect(makeList({ sessions: named('abc'), leftId: 'id-a' }).selected()).toBe('b');
    expect(makeList({ sessions: named('abc'), leftId: 'id-c' }).selected()).toBe('a');
  });

  it('is on the one that one comes from when there is no other', () => {
    expect(makeList({ sessions: named('a'), leftId: 'id-a' }).selected()).toBe('a');
  });

  it.each(['exited', 'stopped'] as const)('is on the one that one comes from when that has %s', (state) => {
    const sessions = [sampleSession('a', { lastUsedAt: testNow }), sampleSession('b', { state })];
    expect(makeList({ sessions, leftId: 'id-b' }).selected()).toBe('b');
  });

  it.each([
    ['pinned sessions', (name: string) => ({ isPinned: name === 'a' }), samplePreferences],
    ['another order', () => ({}), { ...samplePreferences, order: 'name' as const }],
  ])('toggles between the same two with %s', (_, changes, preferences) => {
    const used = new Map([...'dcba'].map((name, index) => [name, testNow - index]));
    const visited: string[] = [];
    let left = 'd';
    for (let round = 1; round <= 4; round++) {
      const sessions = [...used].map(([name, lastUsedAt]) => sampleSession(name, { lastUsedAt, ...changes(name) }));
      const [effect] = makeList({ sessions, leftId: `id-${left}`, preferences })
        .press('enter')
        .asked();
      left = effect?.kind === 'end' && effect.result.kind === 'attach' ? effect.result.id.replace('id-', '') : '';
      visited.push(left);
      used.set(left, testNow + round);
    }
    expect(visited).toEqual(['c', 'd', 'c', 'd']);
  });

  it('does not hold up who goes back to the session on purpose', () => {
    const list = makeList({ sessions: named('abc'), leftId: 'id-a' }).press('up');
    expect(list.tell(named('abc')).selected()).toBe('a');
  });
});

describe('the selection', () => {
  it('stays on its session when the sessions come in another order', () => {
    const list = makeList({ sessions: named('abc') }).press('down');
    expect(list.tell(named('cxayb')).selected()).toBe('b');
  });

  it.each([
    ['c', 'abde', 'd'],
    ['e', 'abcd', 'd'],
    ['c', 'a', 'a'],
    ['c', 'ab', 'b'],
    ['c', 'xy', 'x'],
    ['c', '', undefined],
  ])('moves from %s to the nearest of %j that is left', (selected, left, expected) => {
    const list = makeList({ sessions: named('abcde') }).select(selected);
    expect(list.tell(named(left)).selected()).toBe(expected);
  });

  it('comes back when there are sessions again', () => {
    expect(makeList({ sessions: [] }).tell(named('ab')).selected()).toBe('a');
  });

  it('is always among the rows that show', () => {
    const list = makeList({ sessions: manySessions(100), size: { cols: 40, rows: 10 } }).press('G');
    expect(list.state().top).toBe(93);
    list.send({ kind: 'resized', size: { cols: 40, rows: 5 } });
    expect(list.state().top).toBe(97);
    expect(list.press('x').state().top).toBeGreaterThan(97);
    expect(list.press('n').tell(manySessions(3)).state().top).toBe(0);
  });
});

describe('the rows', () => {
  it('come in the order of the preferences', () => {
    expect(makeList({ sessions: named('bca'), preferences: { order: 'name' } }).names()).toEqual(['a', 'b', 'c']);
    expect(makeList({ sessions: named('bca') }).names()).toEqual(['b', 'c', 'a']);
  });

  it('are made anew when sessions, order or filter change, and only then', () => {
    const list = makeList();
    const { rows } = list.state();
    expect(list.press('down').send({ kind: 'ticked' }).state().rows).toBe(rows);
    expect(list.press('o').state().rows).not.toBe(rows);
  });
});

describe('sessions that vanish', () => {
  it('lose their marks', () => {
    const list = makeList({ sessions: named('abc') }).press('space', 'space');
    expect(list.tell(named('bc')).marked()).toEqual(['b']);
  });

  it('end their renaming with a word, and no other', () => {
    const list = makeList({ sessions: named('abc') })
      .press('r')
      .type('x');
    expect(list.tell(named('ab')).state().mode.kind).toBe('rename');
    expect(list.tell(named('bc')).state().mode.kind).toBe('browse');
    expect(list.panel()).toEqual(['"a" is gone.']);
  });

  it('take the question about them back', () => {
    const list = makeList({ sessions: named('abc') })
      .press('x')
      .tell(named('bc'));
    expect(list.state().mode.kind).toBe('browse');
    expect(list.panel()).toEqual(['"a" is gone.']);
    expect(list.press('y').asked()).toEqual([{ kind: 'copy', name: 'b' }]);
  });

  it('leave a question about several to the others', () => {
    const list = makeList({ sessions: named('abc') })
      .press('space', 'space', 'x')
      .tell(named('bc'));
    expect(list.panel().join(' ')).toMatch(/^Kill "b"\?/);
    list.tell(named('c'));
    expect(list.state().mode.kind).toBe('browse');
    expect(list.panel()).toEqual(['"b" is gone.']);
  });

  it('at once, all that a question was about, are told of together', () => {
    const list = makeList({ sessions: named('abc') })
      .press('space', 'space', 'x')
      .tell(named('c'));
    expect(list.panel()).toEqual(['They are gone.']);
  });

  it('do not disturb a form or a filter', () => {
    expect(makeList().press('n').type('x').tell([]).state().mode.kind).toBe('new');
    expect(makeList().press('/').type('x').tell([]).state().mode.kind).toBe('filter');
  });
});

describe('a notice', () => {
  const noticed = () =>
    makeList().send({ kind: 'answered', action: 'rename', result: { kind: 'failed', message: 'Cannot.' } });

  it('goes away at the next key or paste, not when the mouse moves', () => {
    const move = { kind: 'mouse', action: 'move', button: null, col: 3, row: 5 } as const;
    expect(noticed().input(move).panel()).toEqual(['Cannot.']);
    expect(noticed().press('z').panel()).toEqual([]);
    expect(noticed().paste('z').panel()).toEqual([]);
  });

  it('goes away after 5 s, not before', () => {
    const list = noticed().pass(4_999).send({ kind: 'ticked' });
    expect(list.panel()).toEqual(['Cannot.']);
    expect(list.pass(1).send({ kind: 'ticked' }).panel()).toEqual([]);
  });

  it('of the start stays until a key is pressed, however late', () => {
    const list = makeList({ notice: 'It was taken\x1b over.' }).pass(86_400_000).send({ kind: 'ticked' });
    expect(list.panel()).toEqual(['It was taken\ufffd over.']);
    expect(list.press('z').panel()).toEqual([]);
  });

  it('stays when sessions or the size change', () => {
    const list = noticed()
      .tell([])
      .send({ kind: 'resized', size: { cols: 40, rows: 10 } });
    expect(list.panel()).toEqual(['Cannot.']);
  });

  it('that something is under way ends with it, one that tells of something else does not', () => {
    const list = makeList().press('x', 'y');
    expect(list.panel()).toEqual(['Ending "api"...']);
    expect(list.send({ kind: 'answered', action: 'kill', result: { kind: 'done', ids: [] } }).panel()).toEqual([]);
    expect(
      noticed()
        .send({ kind: 'answered', action: 'pin', result: { kind: 'done', ids: [] } })
        .panel(),
    ).toEqual(['Cannot.']);
  });
});

describe('an answer', () => {
  it.each(['rename', 'kill', 'restart', 'detach', 'pin'] as const)('that %s failed is told', (action) => {
    const list = makeList().send({ kind: 'answered', action, result: { kind: 'failed', message: 'It\x07 does not.' } });
    expect(list.panel()).toEqual(['It\ufffd does not.']);
    expect(list.asked()).toEqual([]);
  });

  it('does not end what the person has begun since', () => {
    const list = makeList().press('x', 'y', 'n').type('fresh');
    list.send({ kind: 'answered', action: 'kill', result: { kind: 'failed', message: 'No.' } });
    expect(list.press('enter').asked()).toEqual([
      { kind: 'kill', ids: ['id-api'] },
      { kind: 'propose' },
      { kind: 'create', session: { name: 'fresh', command: '', directory: '', restart: 'auto' } },
    ]);
  });
});

describe('the preview', () => {
  it('is the newest picture that came', () => {
    const picture = { kind: 'none', why: 'No.' } as const;
    const list = makeList().send({ kind: 'previewed', id: 'id-web', picture });
    expect(list.state().preview).toEqual({ id: 'id-web', picture });
  });
});

describe('the help', () => {
  it.each(['?', 'esc', 'q', 'enter', 'ctrl-c'])('is closed by %s, and nothing else happens', (name) => {
    const list = makeList().press('?');
    expect(list.state().mode.kind).toBe('help');
    expect(list.press(name).state().mode.kind).toBe('browse');
    expect(list.asked()).toEqual([]);
  });

  it('has no other keys, and takes no pastes', () => {
    const list = makeList().press('?', 'x', 'n', '1').paste('q');
    expect(list.state().mode).toEqual({ kind: 'help', top: 0 });
    expect(list.asked()).toEqual([]);
  });

  it('scrolls to its end and back', () => {
    const list = makeList({ size: { cols: 40, rows: 10 } }).press('?', ...Array<string>(100).fill('down'));
    const { mode } = list.state();
    const end = mode.kind === 'help' ? mode.top : -1;
    expect(end).toBeGreaterThan(0);
    expect(list.press('up').state().mode).toEqual({ kind: 'help', top: end - 1 });
    expect(list.press(...Array<string>(100).fill('k')).state().mode).toEqual({ kind: 'help', top: 0 });
  });

  it('on a larger screen shows its start again', () => {
    const list = makeList({ size: { cols: 40, rows: 10 } }).press('?', 'down', 'down');
    expect(list.send({ kind: 'resized', size: { cols: 300, rows: 100 } }).state().mode).toEqual({
      kind: 'help',
      top: 0,
    });
  });

  it('goes on while sessions come and go', () => {
    expect(makeList().press('?').tell(oneOfEach.slice(2)).state().mode.kind).toBe('help');
  });
});
