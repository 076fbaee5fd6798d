// What the mouse does to the list: a click selects, a second one attaches, the wheel scrolls, the close mark asks to kill.

import { attachTo, confirm, moveSelection } from './browse-reducer.ts';
import type { KeyInput } from './key-decoder.ts';
import { type ListState, type Pointer, type Step, sessionOf, stay } from './list-state.ts';
import { emptyForm } from './new-form.ts';
import { type Zone, zoneAt } from './zones.ts';

type MouseInput = Extract<KeyInput, { kind: 'mouse' }>;

/** Milliseconds within which a second click makes a double click. */
const doubleClickMs = 400;

/** Rows that one step of the wheel goes. */
const wheelRows = 3;

export function reduceMouse(state: ListState, input: MouseInput): Step {
  const { kind } = state.mode;
  if (kind !== 'browse' && kind !== 'filter') return stay(state);
  const zone = zoneAt(state, input);
  switch (input.action) {
    case 'wheelUp':
    case 'wheelDown':
      return stay(wheel(state, input));
    case 'press':
      return input.button === 'left' ? click(state, zone) : stay(state);
    case 'release':
      return release(state, zone);
    default:
      return stay(hover(state, zone));
  }
}

function wheel(state: ListState, input: MouseInput): ListState {
  let next = state;
  for (let row = 0; row < wheelRows; row++) next = moveSelection(next, input.action === 'wheelUp' ? 'up' : 'down');
  // The rows move under the pointer; which one it is over is known when it moves.
  return withPointer(next, { hoveredId: null, isOverClose: false });
}

function hover(state: ListState, zone: Zone): ListState {
  const isOverRow = zone.kind === 'row' || zone.kind === 'close';
  return withPointer(state, { hoveredId: isOverRow ? zone.id : null, isOverClose: zone.kind === 'close' });
}

function withPointer(state: ListState, changes: Partial<Pointer>): ListState {
  return { ...state, pointer: { ...state.pointer, ...changes } };
}

function click(state: ListState, zone: Zone): Step {
  switch (zone.kind) {
    case 'row':
      return clickRow(state, zone.id);
    case 'preview':
      return clickRow(state, state.selectedId);
    case 'close':
      return confirm({ ...state, selectedId: zone.id, marked: new Set() }, 'kill');
    case 'new':
      return {
        state: { ...state, mode: { kind: 'new', form: emptyForm(state.preferences.restart), problem: null } },
        effect: { kind: 'propose' },
      };
    case 'nothing':
      return stay(state);
  }
}

function clickRow(state: ListState, id: string | null): Step {
  const { clicked } = state.pointer;
  if (id === null) return stay(state);
  const isSecond = clicked?.id === id && state.now - clicked.at <= doubleClickMs;
  return stay(withPointer({ ...state, selectedId: id }, { clicked: { id, at: state.now, isSecond } }));
}

function release(state: ListState, zone: Zone): Step {
  const { clicked } = state.pointer;
  if (clicked?.isSecond !== true) return stay(hover(state, zone));
  return attachTo(withPointer(state, { clicked: null }), sessionOf(state, clicked.id));
}
