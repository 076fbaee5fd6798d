// What keys do to the list while one looks through it.

import type { BrowseAction } from '../base/list-keys.ts';
import { listOrders } from '../base/list-order.ts';
import { actionOf } from './key-table.ts';
import { hasRoomForBoth } from './layout.ts';
import {
  type ListRules,
  type ListState,
  type Mode,
  type Step,
  selectedIndex,
  sessionOf,
  stay,
  targetsOf,
  withNotice,
} from './list-state.ts';
import { emptyForm } from './new-form.ts';
import { listHeight, listPanes } from './screen-plan.ts';
import type { ListedSession } from './session-list.ts';
import { fieldOf } from './text-field.ts';

export function reduceBrowse(state: ListState, { name, rules }: { name: string; rules: ListRules }): Step {
  if (/^[1-9]$/.test(name)) return attachTo(state, state.rows[Number(name) - 1]?.session);
  const action = actionOf(state.preferences.keys.browse, name);
  if (action === undefined) return stay(state);
  return isMove(action) ? stay(moveSelection(state, action)) : act(state, { action, rules });
}

const moves = ['up', 'down', 'first', 'last', 'page_up', 'page_down'] as const;
export type Move = (typeof moves)[number];

function isMove(action: BrowseAction): action is Move {
  return (moves as readonly BrowseAction[]).includes(action);
}

/** Selects another row, at most as far as there are any. */
export function moveSelection(state: ListState, move: Move): ListState {
  const { rows } = state;
  const index = selectedIndex(state);
  const page = Math.max(1, listHeight(state) - 1);
  const targets: Record<Move, number> = {
    up: index - 1,
    down: index + 1,
    first: 0,
    last: rows.length - 1,
    page_up: index - page,
    page_down: index + page,
  };
  const target = Math.max(0, Math.min(rows.length - 1, targets[move]));
  return { ...state, selectedId: rows[target]?.session.id ?? null };
}

interface Acting {
  action: Exclude<BrowseAction, Move>;
  rules: ListRules;
}

function act(state: ListState, { action, rules }: Acting): Step {
  switch (action) {
    case 'quit':
      return quitOrBack(state);
    case 'new':
      return {
        state: enter(state, { kind: 'new', form: emptyForm(state.preferences.restart), problem: null }),
        effect: { kind: 'propose' },
      };
    case 'help':
      return stay(enter(state, { kind: 'help', top: 0 }));
    case 'filter':
      return stay(enter(state, { kind: 'filter', field: fieldOf(state.filter) }));
    case 'order':
      return stay(nextOrder(state));
    case 'preview':
      return stay(togglePreview(state));
    case 'kill':
      return confirm(state, 'kill');
    case 'restart':
      return restart(state);
    default:
      return actOnSelected(state, { action, rules });
  }
}

/** Escape first takes back what hides or marks something. */
function quitOrBack(state: ListState): Step {
  if (listPanes(state).list === 0) return stay(togglePreview(state));
  if (state.filter !== '') return stay({ ...state, filter: '' });
  if (state.marked.size > 0) return stay({ ...state, marked: new Set() });
  return { state, effect: { kind: 'end', result: { kind: 'quit' } } };
}

type SelectedAction = 'attach' | 'rename' | 'mark' | 'detach' | 'pin' | 'copy';

function actOnSelected(state: ListState, { action, rules }: { action: SelectedAction; rules: ListRules }): Step {
  const session = sessionOf(state, state.selectedId);
  if (session === undefined) return stay(state);
  switch (action) {
    case 'attach':
      return attachTo(state, session);
    case 'rename':
      return stay(enter(state, { kind: 'rename', id: session.id, field: fieldOf(session.name), problem: null }));
    case 'mark':
      return stay(moveSelection(toggleMark(state, session.id), 'down'));
    case 'detach':
      return detach(state, session);
    case 'pin':
      return { state, effect: { kind: 'pin', id: session.id, isPinned: !session.isPinned } };
    case 'copy':
      return {
        state: withNotice(state, `Copied: ${rules.attachCommand(session.name)}`),
        effect: { kind: 'copy', name: session.name },
      };
  }
}

function enter(state: ListState, mode: Mode): ListState {
  return { ...state, mode };
}

export function attachTo(state: ListState, session: ListedSession | undefined): Step {
  return session === undefined
    ? stay(state)
    : { state, effect: { kind: 'end', result: { kind: 'attach', id: session.id } } };
}

/** Asks whether to do it to what is marked or selected. */
export function confirm(state: ListState, what: 'kill' | 'restart'): Step {
  const ids = targetsOf(state).map(({ id }) => id);
  return ids.length === 0 ? stay(state) : stay(enter(state, { kind: 'confirm', what, ids }));
}

/** Only what runs has something to lose. */
function restart(state: ListState): Step {
  const targets = targetsOf(state);
  if (targets.length === 0) return stay(state);
  if (targets.some((session) => session.state === 'running')) return confirm(state, 'restart');
  const next = withNotice({ ...state, marked: new Set() }, 'Starting...', { isProgress: true });
  return { state: next, effect: { kind: 'restart', ids: targets.map(({ id }) => id) } };
}

function toggleMark(state: ListState, id: string): ListState {
  const marked = new Set(state.marked);
  if (!marked.delete(id)) marked.add(id);
  return { ...state, marked };
}

function detach(state: ListState, session: ListedSession): Step {
  if (session.attached === null) return stay(withNotice(state, `Nobody holds "${session.name}".`));
  return { state, effect: { kind: 'detach', id: session.id } };
}

const orderNames = {
  recent: 'used last first',
  name: 'by name',
  activity: 'newest output first',
  age: 'youngest first',
} as const;

function nextOrder(state: ListState): ListState {
  const order = listOrders[(listOrders.indexOf(state.order) + 1) % listOrders.length] ?? state.order;
  return withNotice({ ...state, order }, `Order: ${orderNames[order]}.`);
}

function togglePreview(state: ListState): ListState {
  const { beside, instead } = state.previewShows;
  const previewShows = hasRoomForBoth(state.size.cols) ? { beside: !beside, instead } : { beside, instead: !instead };
  return { ...state, previewShows };
}
