// Tells watching clients how the session is, after every change but not more often than anybody can read.

import { statusIntervalMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { SessionStatus } from '../protocol/session-status.ts';

export interface Watcher {
  /** False when the watcher takes the news slowly: it then hears nothing until it is `caughtUp`. */
  tell(status: SessionStatus): boolean;
  /** Nothing more will be told. */
  end(): void;
}

export interface StatusBoard {
  /** Tells the status now and after every change. */
  watch(watcher: Watcher): void;
  forget(watcher: Watcher): void;
  /** A slow watcher has taken everything; it is told what it missed. */
  caughtUp(watcher: Watcher): void;
  /** Something changed. Costs nothing while nobody watches. */
  changed(): void;
  /** Tells everybody the last status, and that it is the last. */
  close(): void;
}

export function openStatusBoard(clock: Clock, status: () => SessionStatus): StatusBoard {
  const watchers = new Set<Watcher>();
  const slow = new Set<Watcher>();
  const late = new Set<Watcher>();
  let isDue = false;

  function tellAll(): void {
    isDue = false;
    if (watchers.size === 0) return;
    const present = status();
    for (const watcher of watchers) tell(watcher, present);
  }

  /** A frozen list must not fill our memory with news. */
  function tell(watcher: Watcher, present: SessionStatus): void {
    if (slow.has(watcher)) late.add(watcher);
    else if (!watcher.tell(present)) slow.add(watcher);
  }

  function forget(watcher: Watcher): void {
    for (const set of [watchers, slow, late]) set.delete(watcher);
  }

  return {
    watch(watcher) {
      watchers.add(watcher);
      tell(watcher, status());
    },
    forget,
    caughtUp(watcher) {
      slow.delete(watcher);
      if (late.delete(watcher)) tell(watcher, status());
    },
    changed() {
      if (isDue || watchers.size === 0) return;
      isDue = true;
      clock.after(statusIntervalMs, tellAll);
    },
    close() {
      tellAll();
      for (const watcher of [...watchers]) {
        watcher.end();
        forget(watcher);
      }
    },
  };
}
