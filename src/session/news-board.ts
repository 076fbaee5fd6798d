// Tells watchers how something is, after every change but not more often than anybody can read. The last state is always
// told. Costs nothing, not even a timer, while nobody watches or nothing changes.

import type { Clock } from '../platform/clock.ts';

export interface Watcher<News> {
  /** False when the watcher takes the news slowly: it then hears nothing until it is `caughtUp`. */
  tell(news: News): boolean;
  /** Nothing more will be told. */
  end(): void;
}

export interface NewsBoard<News> {
  /** Tells the news now and after every change. */
  watch(watcher: Watcher<News>): void;
  forget(watcher: Watcher<News>): void;
  /** A slow watcher has taken everything; it is told what it missed. */
  caughtUp(watcher: Watcher<News>): void;
  /** Something changed. */
  changed(): void;
  /** Tells everybody the last news, and that it is the last. */
  close(): void;
}

export interface NewsBoardOptions<News> {
  /** How it is now; asked once for all watchers. */
  news(): News;
  /** Milliseconds between two changes that are told, at least. */
  intervalMs: number;
  /** Milliseconds from a change until it is told, at least: what else changes meanwhile is told with it. */
  settleMs: number;
}

export function openNewsBoard<News>(
  clock: Clock,
  { news, intervalMs, settleMs }: NewsBoardOptions<News>,
): NewsBoard<News> {
  const watchers = new Set<Watcher<News>>();
  const slow = new Set<Watcher<News>>();
  const late = new Set<Watcher<News>>();
  let isDue = false;
  let toldAt = Number.NEGATIVE_INFINITY;

  function tellAll(): void {
    isDue = false;
    if (watchers.size === 0) return;
    toldAt = clock.now();
    const present = news();
    for (const watcher of watchers) tell(watcher, present);
  }

  /** A frozen list must not fill our memory with news. */
  function tell(watcher: Watcher<News>, present: News): void {
    if (slow.has(watcher)) late.add(watcher);
    else if (!watcher.tell(present)) slow.add(watcher);
  }

  function forget(watcher: Watcher<News>): void {
    for (const set of [watchers, slow, late]) set.delete(watcher);
  }

  return {
    watch(watcher) {
      watchers.add(watcher);
      toldAt = clock.now();
      tell(watcher, news());
    },
    forget,
    caughtUp(watcher) {
      slow.delete(watcher);
      if (late.delete(watcher)) tell(watcher, news());
    },
    changed() {
      if (isDue || watchers.size === 0) return;
      isDue = true;
      clock.after(Math.max(settleMs, toldAt + intervalMs - clock.now()), tellAll);
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
