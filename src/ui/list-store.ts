// The running list: holds the state, carries out what it asks for, and wakes it when time alone changes what it shows.

import type { Disposable } from '../base/disposables.ts';
import { reduceList } from './list-reducer.ts';
import {
  type Effect,
  initialState,
  type ListEvent,
  type ListStart,
  type ListState,
  type SessionAction,
} from './list-state.ts';
import type { ActionResult, ListClock, ListResult, SessionActions } from './session-list.ts';
import { wakeIn } from './session-table.ts';

export interface ListStore extends Disposable {
  state(): ListState;
  /** Does nothing once the list has ended. */
  dispatch(event: ListEvent): void;
}

export interface ListStoreOptions {
  start: Omit<ListStart, 'now'>;
  actions: SessionActions;
  clock: ListClock;
  home: string | undefined;
  /** Called after every event but the last. */
  onChange(state: ListState): void;
  /** The person wants this text on their clipboard. */
  onCopy(text: string): void;
  /** Called once, from within the event that ends the list. */
  onEnd(result: ListResult): void;
  /** An action threw, which none should. */
  onError(error: unknown): void;
}

export function createListStore(options: ListStoreOptions): ListStore {
  const { actions, clock, home } = options;
  let state = initialState({ ...options.start, now: clock.now() });
  let isOver = false;
  let waking: Disposable | undefined;

  function dispatch(event: ListEvent): void {
    if (isOver) return;
    const step = reduceList({ ...state, now: clock.now() }, { event, rules: actions });
    state = step.state;
    if (step.effect?.kind === 'end') {
      dispose();
      options.onEnd(step.effect.result);
      return;
    }
    if (step.effect !== null) carryOut(step.effect);
    sleep();
    options.onChange(state);
  }

  function carryOut(effect: Exclude<Effect, { kind: 'end' }>): void {
    switch (effect.kind) {
      case 'copy':
        options.onCopy(actions.attachCommand(effect.name));
        break;
      case 'propose':
        answer(actions.proposeName(), (name) => ({ kind: 'proposed', name }));
        break;
      case 'complete':
        answer(actions.completeDirectory(effect.text), (completion) => ({
          kind: 'completed',
          typed: effect.text,
          completion,
        }));
        break;
      default:
        answer(perform(effect, actions), (result) => ({ kind: 'answered', action: effect.kind, result }));
    }
  }

  function answer<T>(work: Promise<T>, eventOf: (value: T) => ListEvent): void {
    work.then((value) => dispatch(eventOf(value)), options.onError);
  }

  function sleep(): void {
    waking?.dispose();
    const delayMs = wakeIn(state, home);
    waking = delayMs === null ? undefined : clock.after(delayMs, () => dispatch({ kind: 'ticked' }));
  }

  function dispose(): void {
    isOver = true;
    waking?.dispose();
  }

  sleep();
  return { state: () => state, dispatch, dispose };
}

function perform(action: SessionAction, actions: SessionActions): Promise<ActionResult> {
  switch (action.kind) {
    case 'create':
      return actions.create(action.session);
    case 'rename':
      return actions.rename(action.id, action.name);
    case 'kill':
      return actions.kill(action.ids);
    case 'restart':
      return actions.restart(action.ids);
    case 'detach':
      return actions.detach(action.id);
    case 'pin':
      return actions.pin(action.id, action.isPinned);
  }
}
