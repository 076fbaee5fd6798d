// A clock that stands still until it is told to move.

import type { Clock } from '../../src/platform/clock.ts';

export interface FakeClock extends Clock {
  /** Moves the time on and calls what is due, in order. */
  advance(ms: number): void;
  /** How many calls are still to come. */
  readonly pending: number;
}

export function fakeClock(start = 1_000_000): FakeClock {
  let now = start;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return {
        dispose: () => {
          timers = timers.filter((one) => one !== timer);
        },
      };
    },
    advance(ms) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
    get pending() {
      return timers.length;
    },
  };
}
