// What keys and pastes do while a filter is typed. The list follows with every key.

import { attachTo, moveSelection } from './browse-reducer.ts';
import type { KeyInput } from './key-decoder.ts';
import { actionOf } from './key-table.ts';
import { type ListState, type Mode, type Step, sessionOf, stay } from './list-state.ts';
import { edit, insert, type TextField, textOf } from './text-field.ts';

type FilterMode = Extract<Mode, { kind: 'filter' }>;

export function reduceFilter(state: ListState, { mode, input }: { mode: FilterMode; input: KeyInput }): Step {
  const typed = (field: TextField) => stay(withFilter({ ...state, mode: { ...mode, field } }, textOf(field)));
  if (input.kind === 'paste') return typed(insert(mode.field, input.text));
  if (input.kind !== 'key') return stay(state);
  const action = actionOf(state.preferences.keys.filter, input.name);
  switch (action) {
    case undefined:
      return input.text === '' ? stay(state) : typed(insert(mode.field, input.text));
    case 'attach':
      return attachTo(state, sessionOf(state, state.selectedId));
    case 'keep':
      return stay({ ...state, mode: { kind: 'browse' } });
    case 'cancel':
      return stay({ ...state, mode: { kind: 'browse' }, filter: '' });
    case 'up':
    case 'down':
      return stay(moveSelection(state, action));
    default:
      return typed(edit(mode.field, action));
  }
}

/** The best match of another filter is selected anew: who types is looking for it. */
function withFilter(state: ListState, filter: string): ListState {
  return filter === state.filter ? state : { ...state, filter, selectedId: null, top: 0 };
}
