// What a program tells its person beyond the screen: bells, notifications, progress, finished commands. Only looks on.
// Nobody is called: whoever feeds the emulator takes the news afterwards, so a flood of bells costs a flag each.

import type { Terminal } from '@xterm/headless';
import type { Progress } from '../base/activity.ts';
import { KittyNotifications } from './kitty-notifications.ts';
import { type NotificationText, notificationOf } from './notification-text.ts';

/** What happened since the news were taken last; of several of a kind the newest. */
export interface ActivityNews {
  hasRung: boolean;
  /** Null when there was none. */
  notification: NotificationText | null;
  /** Null when the program took its progress back; undefined when it said nothing. */
  progress: Progress | null | undefined;
  /** The command that finished, null when none did. */
  command: { exitCode: number | null } | null;
}

/** ConEmu's commands share OSC 9 with notifications: a number, alone or before a semicolon, is one of them. */
const conEmuCommand = /^(?:[1-9]|1[0-2])(?:;|$)/;
const progressCommand = /^4;([0-4])(?:;(\d{1,9})?|$)/;
const finishedCommand = /^D(?:$|;(-?\d{1,10}(?=;|$))?)/;

/** Characters that are looked at of one sequence: what we keep of any is shorter, and a picture's may be megabytes. */
const maxSequenceLength = 16 * 1024;

export class ActivityTracker {
  readonly #kitty = new KittyNotifications();
  #news: ActivityNews | null = null;
  #percent: number | null = null;

  watch(terminal: Terminal): void {
    terminal.onBell(() => {
      this.#noted().hasRung = true;
    });
    const on = (number: number, act: (data: string) => void) =>
      terminal.parser.registerOscHandler(number, (data) => {
        act(data.slice(0, maxSequenceLength));
        return false;
      });
    on(9, (data) => this.#osc9(data));
    on(99, (data) => this.#notify(this.#kitty.take(data)));
    on(133, (data) => this.#mark(data));
    on(777, (data) => this.#osc777(data));
  }

  /** What happened since the last time, or null when nothing did. */
  take(): ActivityNews | null {
    const news = this.#news;
    this.#news = null;
    return news;
  }

  #osc9(data: string): void {
    const progress = progressCommand.exec(data);
    if (progress !== null) this.#progress(Number(progress[1]), progress[2]);
    else if (!conEmuCommand.test(data)) this.#notify(notificationOf('', data));
  }

  #osc777(data: string): void {
    const [kind, title = '', ...text] = data.split(';');
    if (kind === 'notify') this.#notify(notificationOf(title, text.join(';')));
  }

  #notify(notification: NotificationText | null): void {
    if (notification !== null) this.#noted().notification = notification;
  }

  #progress(state: number, text: string | undefined): void {
    const percent = text === undefined ? null : Math.min(100, Number(text));
    const progress = progressOf(state, { percent, before: this.#percent });
    this.#percent = progress?.percent ?? null;
    this.#noted().progress = progress;
  }

  #mark(data: string): void {
    const finished = finishedCommand.exec(data);
    if (finished === null) return;
    this.#noted().command = { exitCode: finished[1] === undefined ? null : Number(finished[1]) };
  }

  #noted(): ActivityNews {
    this.#news ??= { hasRung: false, notification: null, progress: undefined, command: null };
    return this.#news;
  }
}

/** By the numbers of OSC 9;4. What is in error or paused without a number is so where it was `before`. */
function progressOf(state: number, { percent, before }: { percent: number | null; before: number | null }) {
  switch (state) {
    case 1:
      return { state: 'normal', percent: percent ?? 0 } as const;
    case 2:
      return { state: 'error', percent: percent ?? before } as const;
    case 3:
      return { state: 'indeterminate', percent: null } as const;
    case 4:
      return { state: 'paused', percent: percent ?? before } as const;
    default:
      return null;
  }
}
