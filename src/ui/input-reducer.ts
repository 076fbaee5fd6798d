// What keys, pastes and the mouse do to the list, by mode. The keys themselves are in the table of keys.

import { reduceBrowse } from './browse-reducer.ts';
import { reduceFilter } from './filter-reducer.ts';
import { reduceForm } from './form-reducer.ts';
import type { KeyInput } from './key-decoder.ts';
import { actionOf } from './key-table.ts';
import { type ListRules, type ListState, type Mode, type Step, sessionOf, stay, withNotice } from './list-state.ts';
import { reduceMouse } from './mouse-reducer.ts';
import { nameProblemOf } from './name-problem.ts';
import { edit, insert, type TextField, textOf } from './text-field.ts';
import { backgroundOf } from './theme.ts';

interface InputContext {
  input: KeyInput;
  rules: ListRules;
}

export function reduceInput(state: ListState, { input, rules }: InputContext): Step {
  const { mode } = state;
  if (input.kind === 'mouse') return reduceMouse(state, input);
  if (input.kind === 'background') return stay({ ...state, background: backgroundOf(input) });
  if (input.kind === 'attributes') return stay(state);
  switch (mode.kind) {
    case 'browse':
      return input.kind === 'key' ? reduceBrowse(state, { name: input.name, rules }) : stay(state);
    case 'filter':
      return reduceFilter(state, { mode, input });
    case 'new':
      return reduceForm(state, { mode, input, rules });
    case 'rename':
      return typeName(state, { mode, input, rules });
    case 'confirm':
      return answerQuestion(state, { mode, input });
    case 'help':
      return readHelp(state, { top: mode.top, input });
    case 'making':
      return stay(state);
  }
}

function enter(state: ListState, mode: Mode): Step {
  return stay({ ...state, mode });
}

type RenameMode = Extract<Mode, { kind: 'rename' }>;

function typeName(state: ListState, { mode, input, rules }: InputContext & { mode: RenameMode }): Step {
  const typed = (field: TextField) =>
    enter(state, { ...mode, field, problem: nameProblemOf(state, { name: textOf(field), ownId: mode.id, rules }) });
  if (input.kind === 'paste') return typed(insert(mode.field, input.text));
  if (input.kind !== 'key') return stay(state);
  const action = actionOf(state.preferences.keys.name, input.name);
  if (action === undefined) return input.text === '' ? stay(state) : typed(insert(mode.field, input.text));
  if (action === 'cancel') return enter(state, { kind: 'browse' });
  return action === 'accept' ? acceptName(state, { mode, rules }) : typed(edit(mode.field, action));
}

function acceptName(state: ListState, { mode, rules }: { mode: RenameMode; rules: ListRules }): Step {
  const name = textOf(mode.field);
  const problem = nameProblemOf(state, { name, ownId: mode.id, rules });
  if (problem !== null) return enter(state, { ...mode, problem });
  const isSame = name === sessionOf(state, mode.id)?.name;
  return {
    state: { ...state, mode: { kind: 'browse' } },
    effect: isSame ? null : { kind: 'rename', id: mode.id, name },
  };
}

type ConfirmMode = Extract<Mode, { kind: 'confirm' }>;

function answerQuestion(state: ListState, { mode, input }: { mode: ConfirmMode; input: KeyInput }): Step {
  const action = input.kind === 'key' ? actionOf(state.preferences.keys.question, input.name) : undefined;
  if (action === undefined) return stay(state);
  const browsing: ListState = { ...state, mode: { kind: 'browse' } };
  const ids = mode.ids.filter((id) => sessionOf(state, id) !== undefined);
  if (action === 'no' || ids.length === 0) return stay(browsing);
  const next = withNotice({ ...browsing, marked: new Set() }, progressText(state, { ...mode, ids }), {
    isProgress: true,
  });
  return { state: next, effect: { kind: mode.what, ids } };
}

function progressText(state: ListState, { what, ids }: ConfirmMode): string {
  const names = ids.map((id) => `"${sessionOf(state, id)?.name ?? id}"`);
  const whom = names.length > 3 ? `${names.length} sessions` : names.join(', ');
  return `${what === 'kill' ? 'Ending' : 'Starting'} ${whom}...`;
}

function readHelp(state: ListState, { top, input }: { top: number; input: KeyInput }): Step {
  const action = input.kind === 'key' ? actionOf(state.preferences.keys.help, input.name) : undefined;
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
