// The next list and what is to be done, for everything that may happen to a list. Nothing here touches the world.

import { completed } from './form-reducer.ts';
import { reduceInput } from './input-reducer.ts';
import { scrolledTop } from './layout.ts';
import {
  type ListEvent,
  type ListRules,
  type ListState,
  type Mode,
  type Step,
  selectedIndex,
  sessionOf,
  stay,
  withNotice,
} from './list-state.ts';
import { type Row, rowsOf } from './rows.ts';
import { helpScroll, listHeight } from './screen-plan.ts';
import type { ListedSession } from './session-list.ts';

/** The step from `state`, whose `now` is the time of the event. */
export function reduceList(state: ListState, { event, rules }: { event: ListEvent; rules: ListRules }): Step {
  const step = stepOf(state, { event, rules });
  return { ...step, state: scrolled(arranged(step.state, state)) };
}

function stepOf(state: ListState, { event, rules }: { event: ListEvent; rules: ListRules }): Step {
  switch (event.kind) {
    case 'sessions':
      return stay(withSessions(state, event.sessions));
    case 'input':
      return reduceInput(withoutNotice(state, event.input.kind), { input: event.input, rules });
    case 'resized':
      return stay({ ...state, size: event.size });
    case 'ticked':
      return stay(isOver(state) ? { ...state, notice: null } : state);
    case 'previewed':
      return stay({ ...state, preview: { id: event.id, picture: event.picture } });
    case 'proposed':
      return stay(withProposal(state, event.name));
    case 'completed':
      return completed(state, event);
    case 'answered':
      return answered(state, event);
  }
}

/** A key is pressed by somebody who has read the notice; the mouse may move by itself. */
function withoutNotice(state: ListState, kind: 'key' | 'paste' | 'mouse' | 'background' | 'attributes'): ListState {
  return kind === 'key' || kind === 'paste' ? { ...state, notice: null } : state;
}

function isOver({ notice, now }: ListState): boolean {
  return notice !== null && notice.until !== null && now >= notice.until;
}

function withProposal(state: ListState, name: string): ListState {
  const { mode } = state;
  return mode.kind === 'new' ? { ...state, mode: { ...mode, form: { ...mode.form, proposal: name } } } : state;
}

function answered(state: ListState, { action, result }: Extract<ListEvent, { kind: 'answered' }>): Step {
  if (result.kind === 'failed') {
    const { mode } = state;
    const isMaking = action === 'create' && mode.kind === 'making';
    const next: Mode = isMaking ? { kind: 'new', form: mode.form, problem: null } : mode;
    return stay(withNotice({ ...state, mode: next }, result.message));
  }
  const [id] = result.ids;
  if (action === 'create' && id !== undefined)
    return { state, effect: { kind: 'end', result: { kind: 'attach', id } } };
  return stay(state.notice?.isProgress ? { ...state, notice: null } : state);
}

function withSessions(state: ListState, sessions: readonly ListedSession[]): ListState {
  const present = new Set(sessions.map(({ id }) => id));
  const marked = new Set([...state.marked].filter((id) => present.has(id)));
  return withoutVanished({ ...state, sessions, marked }, state);
}

/** Takes back a question or a field about a session that is gone, and says so. */
function withoutVanished(state: ListState, before: ListState): ListState {
  const { mode } = state;
  if (mode.kind === 'rename' && sessionOf(state, mode.id) === undefined)
    return withNotice({ ...state, mode: { kind: 'browse' } }, goneText(before, [mode.id]));
  if (mode.kind !== 'confirm') return state;
  const ids = mode.ids.filter((id) => sessionOf(state, id) !== undefined);
  if (ids.length > 0) return ids.length === mode.ids.length ? state : { ...state, mode: { ...mode, ids } };
  return withNotice({ ...state, mode: { kind: 'browse' } }, goneText(before, mode.ids));
}

function goneText(before: ListState, ids: readonly string[]): string {
  const [first] = ids;
  const name = sessionOf(before, first ?? null)?.name;
  return ids.length === 1 && name !== undefined ? `"${name}" is gone.` : 'They are gone.';
}

/** Rows that suit the sessions, their order and the filter; and a selected one among them. */
function arranged(state: ListState, before: ListState): ListState {
  const { sessions, order, filter } = state;
  const isSame = sessions === before.sessions && order === before.order && filter === before.filter;
  const rows = isSame ? state.rows : rowsOf(sessions ?? [], { order, filter });
  if (isSame && state.selectedId !== null) return state;
  const selectedId = rows.some(({ session }) => session.id === state.selectedId)
    ? state.selectedId
    : nearest({ ...state, rows: before.rows }, rows);
  return { ...state, rows, selectedId };
}

/** The row that takes over from one that is gone: the next one that is still there, else the one before. */
function nearest(before: ListState, rows: readonly Row[]): string | null {
  const index = selectedIndex(before);
  const present = new Set(rows.map(({ session }) => session.id));
  const around = [...before.rows.slice(Math.max(0, index)), ...before.rows.slice(0, Math.max(0, index)).reverse()];
  const survivor = index < 0 ? undefined : around.find(({ session }) => present.has(session.id));
  return survivor?.session.id ?? firstChoice(before, rows);
}

/**
 * The best match of a filter, else the first row; for who comes from a session, the one used before that, or itself if it has
 * ended: it is to be started again, or to go.
 */
function firstChoice({ leftId, filter }: ListState, rows: readonly Row[]): string | null {
  const left = filter === '' ? rows.find(({ session }) => session.id === leftId)?.session : undefined;
  if (left !== undefined && left.state !== 'running') return left.id;
  const others = leftId === null || filter !== '' ? [] : rows.filter(({ session }) => session.id !== leftId);
  const [usedLast] = others.toSorted((a, b) => b.session.lastUsedAt - a.session.lastUsedAt);
  return (usedLast ?? rows[0])?.session.id ?? null;
}

function scrolled(state: ListState): ListState {
  const list = { selected: selectedIndex(state), count: state.rows.length, height: listHeight(state) };
  const top = scrolledTop(state.top, list);
  const { mode } = state;
  const helpTop = mode.kind === 'help' ? Math.min(mode.top, helpScroll(state)) : 0;
  if (mode.kind === 'help' && helpTop !== mode.top) return { ...state, top, mode: { ...mode, top: helpTop } };
  return top === state.top ? state : { ...state, top };
}
