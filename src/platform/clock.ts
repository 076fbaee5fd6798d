// The time, as a port: code that takes a Clock can be tested without waiting.

import type { Disposable } from '../base/disposables.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `delayMs`; disposing cancels. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};
