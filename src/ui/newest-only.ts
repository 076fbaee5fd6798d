// Values that come faster than they are wanted: the newest is passed on, the ones before it are not.

import type { Disposable } from '../base/disposables.ts';
import type { ListClock } from './session-list.ts';

export interface NewestOnly<T> extends Disposable {
  push(value: T): void;
}

/** Calls `deliver` at once, but never twice within `intervalMs`: then later, with the newest value. */
export function newestOnly<T>(
  clock: ListClock,
  { intervalMs, deliver }: { intervalMs: number; deliver(value: T): void },
): NewestOnly<T> {
  let resting: Disposable | undefined;
  let waiting: { value: T } | undefined;

  function push(value: T): void {
    if (resting !== undefined) {
      waiting = { value };
      return;
    }
    resting = clock.after(intervalMs, rested);
    deliver(value);
  }

  function rested(): void {
    resting = undefined;
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) push(next.value);
  }

  return { push, dispose: () => resting?.dispose() };
}
