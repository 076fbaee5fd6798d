// The next list and what is to be done, for everything that may happen to a list. Nothing here touches the world.

import { reduceInput } from './input-reducer.ts';
import { scrolledTop } from './layout.ts';
import {
  findSession,
  helpScroll,
  type ListEvent,
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
import type { ListedSession } from './session-list.ts';

/** The step from `state`, whose `now` is the time of the event. */
export function reduceList(state: ListState, { event, rules }: { event: ListEvent; rules: ListRules }): Step {
  const step = stepOf(state, { event, rules });
  return { ...step, state: scrolled(step.state) };
}

function stepOf(state: ListState, { event, rules }: { event: ListEvent; rules: ListRules }): Step {
  switch (event.kind) {
    case 'sessions':
      return stay(withSessions(state, event.sessions));
    case 'input':
      return reduceInput({ ...state, notice: null }, { input: event.input, rules });
    case 'resized':
      return stay({ ...state, size: event.size });
    case 'ticked':
      return stay(isOver(state) ? { ...state, notice: null } : state);
    case 'answered':
      return answered(state, event);
  }
}

function isOver({ notice, now }: ListState): boolean {
  return notice !== null && notice.until !== null && now >= notice.until;
}

function answered(state: ListState, { action, result }: Extract<ListEvent, { kind: 'answered' }>): Step {
  if (result.kind === 'failed') {
    const { mode } = state;
    const isMaking = action === 'create' && mode.kind === 'making';
    const next: Mode = isMaking ? { kind: 'new', field: mode.field, problem: null } : mode;
    return stay(withNotice({ ...state, mode: next }, result.message));
  }
  if (action === 'create') return { state, effect: { kind: 'end', result: { kind: 'attach', id: result.id } } };
  return stay(state.notice?.isProgress ? { ...state, notice: null } : state);
}

function withSessions(state: ListState, unordered: readonly ListedSession[]): ListState {
  const sessions = unordered.toSorted(byUse);
  const selectedId = survivor(state, sessions);
  const subject = 'id' in state.mode ? sessionOf(state, state.mode.id) : undefined;
  const next = { ...state, sessions, selectedId };
  if (subject === undefined || findSession(sessions, subject.id) !== undefined) return next;
  return withNotice({ ...next, mode: { kind: 'browse' } }, `"${subject.name}" is gone.`);
}

/** Last used first; by name among those used at the same time. */
function byUse(a: ListedSession, b: ListedSession): number {
  return b.lastUsedAt - a.lastUsedAt || (a.name < b.name ? -1 : Number(a.name > b.name));
}

/** The selected session if it is still there, else the nearest that is: below it first, then above. */
function survivor(state: ListState, sessions: readonly ListedSession[]): string | null {
  const before = state.sessions ?? [];
  const index = before.findIndex(({ id }) => id === state.selectedId);
  const nearest = [...before.slice(Math.max(0, index)), ...before.slice(0, Math.max(0, index)).reverse()];
  const wanted = [state.selectedId, ...nearest.map(({ id }) => id)];
  const found = wanted.find((id) => id !== null && findSession(sessions, id) !== undefined);
  return found ?? sessions[0]?.id ?? null;
}

/** Keeps the selected session, and the end of the help, within what shows. */
function scrolled(state: ListState): ListState {
  const list = { selected: selectedIndex(state), count: state.sessions?.length ?? 0, height: listHeight(state) };
  const { mode } = state;
  const helpTop = mode.kind === 'help' ? Math.min(mode.top, helpScroll(state)) : 0;
  return { ...state, top: scrolledTop(state.top, list), mode: mode.kind === 'help' ? { ...mode, top: helpTop } : mode };
}
