// What happened in a session that somebody who was away may want to know of. Its form on the wire and on the disk is elsewhere.

export const progressStates = ['normal', 'error', 'indeterminate', 'paused'] as const;

/** How far the program says that it is (OSC 9;4). */
export interface Progress {
  state: (typeof progressStates)[number];
  /** 0 to 100, or null where it did not say. */
  percent: number | null;
}

/** Times are milliseconds since 1970. */
export interface SessionActivity {
  /** The last bell. */
  bellAt: number | null;
  /** The newest notification (OSC 9, 99 or 777). */
  notification: { at: number; title: string; text: string } | null;
  progress: Progress | null;
  /** The last command that finished (OSC 133;D). */
  command: { at: number; exitCode: number | null } | null;
}

export const noActivity: Readonly<SessionActivity> = {
  bellAt: null,
  notification: null,
  progress: null,
  command: null,
};

/** The same without what a program wrote: that something was told stays, what it was does not. */
export function withoutText(activity: Readonly<SessionActivity>): SessionActivity {
  const { notification } = activity;
  return { ...activity, notification: notification === null ? null : { at: notification.at, title: '', text: '' } };
}
