// The running list: holds the state, carries out what it asks for, and wakes it when time alone changes what it shows.

import type { Disposable } from '../base/disposables.ts';
import { reduceList } from './list-reducer.ts';
import { initialState, type ListAction, type ListEvent, type ListStart, type ListState } from './list-state.ts';
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
    if (step.effect !== null) ask(step.effect);
    sleep();
    options.onChange(state);
  }

  function ask(action: ListAction): void {
    const answer = perform(action, actions);
    answer.then((result) => dispatch({ kind: 'answered', action: action.kind, result }), options.onError);
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

function perform(action: ListAction, actions: SessionActions): Promise<ActionResult> {
  switch (action.kind) {
    case 'create':
      return actions.create(action.name);
    case 'rename':
      return actions.rename(action.id, action.name);
    case 'kill':
      return actions.kill(action.id);
  }
}
