// What happened in a session that somebody who was away may want to know of, with the times at which it did.

import { type SessionActivity, withoutText } from '../base/activity.ts';
import type { ActivityNews } from '../emulator/activity-tracker.ts';

export class ActivityLog {
  #activity: Readonly<SessionActivity>;

  /** Goes on from what was kept of an earlier run. */
  constructor(before: Readonly<SessionActivity>) {
    this.#activity = before;
  }

  get present(): Readonly<SessionActivity> {
    return this.#activity;
  }

  /** The same as a file may have it: of a private session not in the program's words. */
  forDisk({ isPrivate }: { isPrivate: boolean }): SessionActivity {
    return isPrivate ? withoutText(this.#activity) : { ...this.#activity };
  }

  /** Takes what the emulator has noticed, null for nothing. */
  add(news: ActivityNews | null, now: number): void {
    if (news === null) return;
    const { bellAt, notification, progress, command } = this.#activity;
    this.#activity = {
      bellAt: news.hasRung ? now : bellAt,
      notification: news.notification === null ? notification : { at: now, ...news.notification },
      progress: news.progress === undefined ? progress : news.progress,
      command: news.command === null ? command : { at: now, ...news.command },
    };
  }
}
