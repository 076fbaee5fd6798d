// A list that is driven event by event, without a terminal; and what it would show.

import { listKeys } from '../../src/base/list-keys.ts';
import type { ListLook } from '../../src/ui/field-line.ts';
import type { KeyInput } from '../../src/ui/key-decoder.ts';
import type { Size } from '../../src/ui/layout.ts';
import { reduceList } from '../../src/ui/list-reducer.ts';
import { type Effect, initialState, type ListEvent, type ListState } from '../../src/ui/list-state.ts';
import { panelLines } from '../../src/ui/screen-plan.ts';
import type { ListedSession, ListPreferences } from '../../src/ui/session-list.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

export const samplePreferences: ListPreferences = {
  keys: listKeys,
  order: 'recent',
  previewShows: { beside: true, instead: false },
  hasColor: true,
  background: 'dark',
  isAscii: false,
  hasMouse: true,
  isForScreenReader: false,
  restart: 'auto',
  detachKey: 'Ctrl-\\',
};

const rules = {
  nameProblem: (name: string) => (/^[a-z-]+$/.test(name) ? null : 'only letters are allowed'),
  attachCommand: (name: string) => `stay attach ${name}`,
};

export interface ListSetup {
  /** Null when nothing is known of them yet. */
  sessions: readonly ListedSession[] | null;
  leftId: string;
  notice: string;
  size: Size;
  preferences: Partial<ListPreferences>;
}

export interface TestList {
  send(event: ListEvent): TestList;
  input(input: KeyInput): TestList;
  /** Presses keys by their names. */
  press(...names: string[]): TestList;
  /** Presses a key for each character. */
  type(text: string): TestList;
  paste(text: string): TestList;
  tell(sessions: readonly ListedSession[]): TestList;
  /** Moves the selection to the session of that name. */
  select(name: string): TestList;
  /** Lets time pass, which alone does nothing. */
  pass(ms: number): TestList;
  state(): ListState;
  /** The name of the selected session. */
  selected(): string | undefined;
  /** The names of the rows, in their order. */
  names(): string[];
  /** The names of the marked sessions. */
  marked(): string[];
  panel(): string[];
  /** What was asked for since the last look. */
  asked(): Effect[];
}

/** A list of `oneOfEach` on 80x24 that remembers what it asks for. */
export function makeList({
  sessions = oneOfEach,
  leftId,
  notice,
  size = { cols: 80, rows: 24 },
  preferences = {},
}: Partial<ListSetup> = {}): TestList {
  let now = testNow;
  let effects: Effect[] = [];
  let state = initialState({ size, now, leftId, notice, preferences: { ...samplePreferences, ...preferences } });
  const list: TestList = {
    send(event) {
      const step = reduceList({ ...state, now }, { event, rules });
      state = step.state;
      if (step.effect !== null) effects.push(step.effect);
      return list;
    },
    input: (input) => list.send({ kind: 'input', input }),
    press(...names) {
      for (const name of names) list.input(keyNamed(name));
      return list;
    },
    type: (text) => list.press(...[...text].map((character) => (character === ' ' ? 'space' : character))),
    paste: (text) => list.input({ kind: 'paste', text }),
    tell: (told) => list.send({ kind: 'sessions', sessions: told }),
    select(name) {
      state = { ...state, selectedId: `id-${name}` };
      return list.send({ kind: 'ticked' });
    },
    pass(ms) {
      now += ms;
      return list;
    },
    state: () => state,
    selected: () => nameOf(state, state.selectedId),
    names: () => state.rows.map(({ session }) => session.name),
    marked: () => [...state.marked].flatMap((id) => nameOf(state, id) ?? []),
    panel: () => panelLines(state),
    asked() {
      const asked = effects;
      effects = [];
      return asked;
    },
  };
  return sessions === null ? list : list.tell(sessions);
}

function nameOf({ sessions }: ListState, id: string | null): string | undefined {
  return sessions?.find((session) => session.id === id)?.name;
}

/** The input of the key called `name`. */
export function keyNamed(name: string): KeyInput {
  const text = name === 'space' ? ' ' : [...name].length === 1 ? name : '';
  return { kind: 'key', name, text };
}

/** Sessions called like the characters of `names`, each used before the one behind it. */
export function named(names: string): ListedSession[] {
  return [...names].map((name, index) => sampleSession(name, { lastUsedAt: testNow - index }));
}

/** What pictures of `state` are made from. */
export function lookAt(state: ListState): ListLook {
  return { state, theme: createTheme({ ...state.preferences, background: state.background }), home: '/home/me' };
}

/** A line without its styles. */
export function unstyled(line: string): string {
  return line.replace(/\x1b\[[\d;:]*m/g, '');
}
