import { describe, expect, it } from 'vitest';
import type { KeyInput } from '../../src/ui/key-decoder.ts';
import { reduceList } from '../../src/ui/list-reducer.ts';
import { type Effect, initialState, type ListEvent, type ListState, panelLines } from '../../src/ui/list-state.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { textOf } from '../../src/ui/text-field.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

const rules = { nameProblem: (name: string) => (/^[a-z]+$/.test(name) ? null : 'only letters are allowed') };

/** A list that is driven event by event, and remembers what it asked for. */
function makeList({ sessions = oneOfEach, selectedId, size = { cols: 80, rows: 24 } }: Partial<Setup> = {}) {
  let state = initialState({ size, now: testNow, selectedId, notice: undefined });
  const effects: Effect[] = [];
  const list: TestList = {
    send(event, now = testNow) {
      const step = reduceList({ ...state, now }, { event, rules });
      state = step.state;
      if (step.effect !== null) effects.push(step.effect);
      return list;
    },
    press(...names) {
      for (const name of names) list.send({ kind: 'input', input: key(name) });
      return list;
    },
    type: (text) => list.press(...text),
    state: () => state,
    selected: () => state.selectedId?.replace('id-', ''),
    effects,
  };
  return list.send({ kind: 'sessions', sessions });
}

interface TestList {
  send(event: ListEvent, now?: number): TestList;
  press(...names: string[]): TestList;
  type(text: string): TestList;
  state(): ListState;
  /** The name of the selected session. */
  selected(): string | undefined;
  effects: Effect[];
}

interface Setup {
  sessions: readonly ListedSession[];
  selectedId: string;
  size: ListState['size'];
}

function key(name: string): KeyInput {
  return { kind: 'key', name, text: [...name].length === 1 ? name : '' };
}

function named(names: string): ListedSession[] {
  return [...names].map((name, index) => sampleSession(name, { lastUsedAt: testNow - index }));
}

describe('the order', () => {
  it('is last used first, then by name', () => {
    const at = (name: string, lastUsedAt: number) => sampleSession(name, { lastUsedAt });
    const list = makeList({ sessions: [at('b', 5), at('old', 1), at('a', 5), at('new', 9)] });
    expect(list.state().sessions?.map(({ name }) => name)).toEqual(['new', 'a', 'b', 'old']);
  });
});

describe('the selection', () => {
  it('starts on the session asked for, else on the first', () => {
    expect(makeList({ selectedId: 'id-old' }).selected()).toBe('old');
    expect(makeList({ selectedId: 'id-gone' }).selected()).toBe('api');
    expect(makeList({ sessions: [] }).selected()).toBe(undefined);
  });

  it.each([
    [['down', 'j'], 'session-003'],
    [['j', 'j', 'k'], 'session-002'],
    [['up'], 'session-001'],
    [['G'], 'session-100'],
    [['end', 'down'], 'session-100'],
    [['end', 'g'], 'session-001'],
    [['end', 'home'], 'session-001'],
    [['pagedown'], 'session-019'],
    [['pagedown', 'pageup'], 'session-001'],
    [['G', 'pageup'], 'session-082'],
  ])('after %j is on %s', (keys, name) => {
    const list = makeList({ sessions: manySessions(100) });
    expect(list.press(...keys).selected()).toBe(name);
  });

  it('stays on its session when the list is sorted anew', () => {
    const list = makeList({ sessions: named('abc') }).press('down');
    list.send({ kind: 'sessions', sessions: named('cxayb') });
    expect(list.selected()).toBe('b');
  });

  it.each([
    ['c', 'abde', 'd'],
    ['e', 'abcd', 'd'],
    ['c', 'a', 'a'],
    ['c', 'xy', 'x'],
    ['c', '', undefined],
  ])('moves from %s to the nearest of %j that is left', (selected, left, expected) => {
    const list = makeList({ sessions: named('abcde'), selectedId: `id-${selected}` });
    list.send({ kind: 'sessions', sessions: named(left) });
    expect(list.selected()).toBe(expected);
  });

  it('is always among the rows that show', () => {
    const list = makeList({ sessions: manySessions(100), size: { cols: 40, rows: 10 } }).press('G');
    expect(list.state().top).toBe(93);
    list.send({ kind: 'resized', size: { cols: 40, rows: 5 } });
    expect(list.state().top).toBe(97);
    list.send({ kind: 'sessions', sessions: manySessions(3) });
    expect(list.state().top).toBe(0);
  });
});

describe('attaching and leaving', () => {
  it.each(oneOfEach.map(({ name }) => name))('Enter attaches to %s', (name) => {
    const list = makeList({ selectedId: `id-${name}` }).press('enter');
    expect(list.effects).toEqual([{ kind: 'end', result: { kind: 'attach', id: `id-${name}` } }]);
  });

  it.each(['q', 'esc', 'ctrl-c'])('%s quits', (name) => {
    expect(makeList().press(name).effects).toEqual([{ kind: 'end', result: { kind: 'quit' } }]);
  });

  it.each(['enter', 'r', 'x', 'up', 'G'])('%s does nothing without sessions', (name) => {
    const list = makeList({ sessions: [] }).press(name);
    expect(list.effects).toEqual([]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('a paste does nothing', () => {
    const list = makeList().send({ kind: 'input', input: { kind: 'paste', text: 'q\rx' } });
    expect(list.effects).toEqual([]);
    expect(list.state().mode.kind).toBe('browse');
  });
});

describe('a new session', () => {
  it('is made with the name typed, then attached', () => {
    const list = makeList().press('n').type('fresh').press('enter');
    expect(list.effects).toEqual([{ kind: 'create', name: 'fresh' }]);
    list.send({ kind: 'answered', action: 'create', result: { kind: 'done', id: 'made' } });
    expect(list.effects[1]).toEqual({ kind: 'end', result: { kind: 'attach', id: 'made' } });
  });

  it('gets a random name for an empty one', () => {
    expect(makeList().press('n', 'enter').effects).toEqual([{ kind: 'create', name: '' }]);
  });

  it('is not made with a bad name, and says why while it is typed', () => {
    const list = makeList().press('n').type('ab/');
    expect(panelLines(list.state())).toEqual(['Cannot use this name: only letters are allowed.']);
    expect(list.press('enter').effects).toEqual([]);
    expect(panelLines(list.press('backspace').state())).toEqual([]);
    expect(list.press('enter').effects).toEqual([{ kind: 'create', name: 'ab' }]);
  });

  it('does not take the name of another session', () => {
    const list = makeList().press('n').type('api').press('enter');
    expect(panelLines(list.state())).toEqual(['Cannot use this name: another session has it.']);
    expect(list.effects).toEqual([]);
  });

  it('keeps its name for another try when it could not be made', () => {
    const list = makeList().press('n').type('fresh').press('enter');
    list.send({ kind: 'answered', action: 'create', result: { kind: 'failed', message: 'The disk is full.' } });
    expect(list.state().mode).toMatchObject({ kind: 'new', field: { before: 'fresh' } });
    expect(panelLines(list.state())).toEqual(['The disk is full.']);
  });

  it.each(['esc', 'ctrl-c'])('is given up with %s', (name) => {
    const list = makeList().press('n').type('fresh').press(name);
    expect(list.state().mode.kind).toBe('browse');
    expect(list.effects).toEqual([]);
  });

  it('takes a pasted name without its line ends', () => {
    const list = makeList()
      .press('n')
      .send({ kind: 'input', input: { kind: 'paste', text: 'past\r\ned' } });
    expect(list.press('enter').effects).toEqual([{ kind: 'create', name: 'pasted' }]);
  });
});

describe('renaming', () => {
  it('starts from the present name', () => {
    const list = makeList().press('r').type('x').press('enter');
    expect(list.effects).toEqual([{ kind: 'rename', id: 'id-api', name: 'apix' }]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('to the same name asks for nothing, whatever the rules say about it', () => {
    const list = makeList({ selectedId: 'id-日本語' }).press('r', 'left', 'right');
    expect(panelLines(list.state())).toEqual([]);
    expect(list.press('enter').effects).toEqual([]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('to nothing is refused', () => {
    const list = makeList().press('r', 'ctrl-u', 'enter');
    expect(list.effects).toEqual([]);
    expect(panelLines(list.state())).toEqual(['Cannot use this name: only letters are allowed.']);
  });

  it('ends, with a word, when the session goes away', () => {
    const list = makeList()
      .press('r')
      .send({ kind: 'sessions', sessions: oneOfEach.slice(1) });
    expect(list.state().mode.kind).toBe('browse');
    expect(panelLines(list.state())).toEqual(['"api" is gone.']);
  });

  it('goes on when other sessions come and go', () => {
    const list = makeList().press('r').type('x');
    list.send({
      kind: 'sessions',
      sessions: [sampleSession('other', { lastUsedAt: testNow }), ...oneOfEach.slice(0, 2)],
    });
    const { mode } = list.state();
    expect(mode.kind === 'rename' && textOf(mode.field)).toBe('apix');
  });
});

describe('killing', () => {
  it('asks, and y does it', () => {
    const list = makeList().press('x');
    expect(panelLines(list.state())[0]).toMatch(/^Kill "api"\?/);
    expect(list.effects).toEqual([]);
    expect(list.press('y').effects).toEqual([{ kind: 'kill', id: 'id-api' }]);
    expect(panelLines(list.state())).toEqual(['Ending "api"...']);
    list.send({ kind: 'answered', action: 'kill', result: { kind: 'done', id: 'id-api' } });
    expect(panelLines(list.state())).toEqual([]);
  });

  it.each(['n', 'esc', 'ctrl-c'])('%s spares', (name) => {
    const list = makeList().press('x', name);
    expect(list.state().mode.kind).toBe('browse');
    expect(list.effects).toEqual([]);
  });

  it.each(['enter', 'Y', 'x', 'q', 'space', 'down'])('%s is no answer', (name) => {
    const list = makeList().press('x', name);
    expect(list.state().mode.kind).toBe('kill');
    expect(list.effects).toEqual([]);
  });

  it('never means another session than the one asked about', () => {
    const list = makeList({ sessions: named('abc') }).press('x');
    list.send({ kind: 'sessions', sessions: named('cb') });
    expect(list.press('y').effects).toEqual([]);
  });

  it('says when it failed', () => {
    const list = makeList().press('x', 'y');
    list.send({ kind: 'answered', action: 'kill', result: { kind: 'failed', message: 'It does not die.' } });
    expect(panelLines(list.state())).toEqual(['It does not die.']);
  });
});

describe('a notice', () => {
  const noticed = () => {
    const list = makeList();
    return list.send({ kind: 'answered', action: 'rename', result: { kind: 'failed', message: 'Cannot.' } });
  };

  it('goes away at the next key', () => {
    expect(panelLines(noticed().press('z').state())).toEqual([]);
  });

  it('goes away after 5 s, not before', () => {
    const list = noticed().send({ kind: 'ticked' }, testNow + 4_999);
    expect(panelLines(list.state())).toEqual(['Cannot.']);
    expect(panelLines(list.send({ kind: 'ticked' }, testNow + 5_000).state())).toEqual([]);
  });

  it('stays when sessions change', () => {
    expect(panelLines(noticed().send({ kind: 'sessions', sessions: [] }).state())).toEqual(['Cannot.']);
  });
});

describe('the help', () => {
  it.each(['?', 'esc', 'q', 'enter', 'ctrl-c'])('is closed by %s, and nothing else happens', (name) => {
    const list = makeList().press('?');
    expect(list.state().mode.kind).toBe('help');
    expect(list.press(name).state().mode.kind).toBe('browse');
    expect(list.effects).toEqual([]);
  });

  it('scrolls to its end and back', () => {
    const list = makeList({ size: { cols: 40, rows: 10 } }).press('?', ...Array<string>(100).fill('down'));
    const { mode } = list.state();
    const end = mode.kind === 'help' ? mode.top : -1;
    expect(end).toBeGreaterThan(0);
    expect(list.press('up').state().mode).toEqual({ kind: 'help', top: end - 1 });
  });
});
