// Tells watching clients how the session is, after every change but not more often than anybody can read.

import { statusIntervalMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { SessionStatus } from '../protocol/session-status.ts';

export interface Watcher {
  tell(status: SessionStatus): void;
  /** Nothing more will be told. */
  end(): void;
}

export interface StatusBoard {
  /** Tells the status now and after every change. */
  watch(watcher: Watcher): void;
  forget(watcher: Watcher): void;
  /** Something changed. Costs nothing while nobody watches. */
  changed(): void;
  /** Tells everybody the last status, and that it is the last. */
  close(): void;
}

export function openStatusBoard(clock: Clock, status: () => SessionStatus): StatusBoard {
  const watchers = new Set<Watcher>();
  let isDue = false;

  function tellAll(): void {
    isDue = false;
    if (watchers.size === 0) return;
    const present = status();
    for (const watcher of watchers) watcher.tell(present);
  }

  return {
    watch(watcher) {
      watchers.add(watcher);
      watcher.tell(status());
    },
    forget: (watcher) => void watchers.delete(watcher),
    changed() {
      if (isDue || watchers.size === 0) return;
      isDue = true;
      clock.after(statusIntervalMs, tellAll);
    },
    close() {
      tellAll();
      for (const watcher of watchers) watcher.end();
      watchers.clear();
    },
  };
}
