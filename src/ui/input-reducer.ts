// What keys and pastes do to the list, by mode. The keys themselves are in the key table.

import { rowKind } from './format.ts';
import type { KeyInput } from './key-decoder.ts';
import { actionOf, type BrowseAction, keyTable } from './key-table.ts';
import {
  type ListRules,
  type ListState,
  listHeight,
  type Mode,
  type Step,
  selectedIndex,
  sessionOf,
  stay,
  withNotice,
} from './list-state.ts';
import { edit, fieldOf, insert, type TextField, textOf } from './text-field.ts';

interface InputContext {
  input: KeyInput;
  rules: ListRules;
}

type NamingMode = Extract<Mode, { kind: 'new' | 'rename' }>;

export function reduceInput(state: ListState, { input, rules }: InputContext): Step {
  const { mode } = state;
  switch (mode.kind) {
    case 'browse':
      return input.kind === 'key' ? browse(state, actionOf(keyTable.browse, input.name)) : stay(state);
    case 'new':
    case 'rename':
      return typeName(state, { mode, input, rules });
    case 'kill':
      return answerQuestion(state, { id: mode.id, input });
    case 'help':
      return readHelp(state, { top: mode.top, input });
    case 'making':
      return stay(state);
  }
}

function browse(state: ListState, action: BrowseAction | undefined): Step {
  const session = sessionOf(state, state.selectedId);
  switch (action) {
    case undefined:
      return stay(state);
    case 'quit':
      return { state, effect: { kind: 'end', result: { kind: 'quit' } } };
    case 'new':
      return enter(state, { kind: 'new', field: fieldOf(''), problem: null });
    case 'help':
      return enter(state, { kind: 'help', top: 0 });
    case 'attach':
      return session === undefined
        ? stay(state)
        : { state, effect: { kind: 'end', result: { kind: 'attach', id: session.id } } };
    case 'rename':
      return session === undefined
        ? stay(state)
        : enter(state, { kind: 'rename', id: session.id, field: fieldOf(session.name), problem: null });
    case 'kill':
      return session === undefined ? stay(state) : enter(state, { kind: 'kill', id: session.id });
    default:
      return stay(select(state, action));
  }
}

function select(state: ListState, action: 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown'): ListState {
  const sessions = state.sessions ?? [];
  const index = selectedIndex(state);
  const page = Math.max(1, listHeight(state) - 1);
  const targets = {
    up: index - 1,
    down: index + 1,
    first: 0,
    last: sessions.length - 1,
    pageUp: index - page,
    pageDown: index + page,
  };
  const target = Math.max(0, Math.min(sessions.length - 1, targets[action]));
  return { ...state, selectedId: sessions[target]?.id ?? null };
}

function enter(state: ListState, mode: Mode): Step {
  return stay({ ...state, mode });
}

function typeName(state: ListState, { mode, input, rules }: InputContext & { mode: NamingMode }): Step {
  const typed = (field: TextField) => {
    const problem = problemOf(state, { mode, text: textOf(field), rules });
    return enter(state, { ...mode, field, problem });
  };
  if (input.kind === 'paste') return typed(insert(mode.field, input.text));
  const action = actionOf(keyTable.name, input.name);
  if (action === undefined) return input.text === '' ? stay(state) : typed(insert(mode.field, input.text));
  if (action === 'cancel') return enter(state, { kind: 'browse' });
  return action === 'accept' ? acceptName(state, { mode, rules }) : typed(edit(mode.field, action));
}

function acceptName(state: ListState, { mode, rules }: { mode: NamingMode; rules: ListRules }): Step {
  const name = textOf(mode.field);
  const problem = problemOf(state, { mode, text: name, rules });
  if (problem !== null) return enter(state, { ...mode, problem });
  if (mode.kind === 'new') {
    return { state: { ...state, mode: { kind: 'making', field: mode.field } }, effect: { kind: 'create', name } };
  }
  const isSame = name === sessionOf(state, mode.id)?.name;
  return {
    state: { ...state, mode: { kind: 'browse' } },
    effect: isSame ? null : { kind: 'rename', id: mode.id, name },
  };
}

/**
 * Why `text` cannot be the name, or null. An empty one asks for a random name, and a session's present name is no
 * problem for itself.
 */
function problemOf(
  state: ListState,
  { mode, text, rules }: { mode: NamingMode; text: string; rules: ListRules },
): string | null {
  const isFree = mode.kind === 'new' ? text === '' : text === sessionOf(state, mode.id)?.name;
  if (isFree) return null;
  const isTaken = state.sessions?.some(({ name }) => name === text);
  const why = isTaken ? 'another session has it' : rules.nameProblem(text);
  return why === null ? null : `Cannot use this name: ${why}.`;
}

function answerQuestion(state: ListState, { id, input }: { id: string; input: KeyInput }): Step {
  const action = input.kind === 'key' ? actionOf(keyTable.question, input.name) : undefined;
  if (action === undefined) return stay(state);
  const browsing: ListState = { ...state, mode: { kind: 'browse' } };
  const session = sessionOf(state, id);
  if (action === 'no' || session === undefined) return stay(browsing);
  const kind = rowKind(session);
  const verb = kind === 'exited' || kind === 'stopped' ? 'Removing' : 'Ending';
  const next = withNotice(browsing, `${verb} "${session.name}"...`, { isProgress: true });
  return { state: next, effect: { kind: 'kill', id } };
}

function readHelp(state: ListState, { top, input }: { top: number; input: KeyInput }): Step {
  const action = input.kind === 'key' ? actionOf(keyTable.help, input.name) : undefined;
  switch (action) {
    case undefined:
      return stay(state);
    case 'close':
      return enter(state, { kind: 'browse' });
    case 'up':
      return enter(state, { kind: 'help', top: Math.max(0, top - 1) });
    case 'down':
      return enter(state, { kind: 'help', top: top + 1 });
  }
}
