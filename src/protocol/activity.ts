// The form on the wire of what happened in a session that somebody who was away may want to know of.

import * as v from 'valibot';
import { progressStates } from '../base/activity.ts';

/** Times are milliseconds since 1970. */
export const activitySchema = v.object({
  /**
   * When somebody last saw its screen: the last moment that somebody was attached, its creation if nobody ever was. While
   * it is held: now.
   */
  seenAt: v.number(),
  /** The last bell. */
  bellAt: v.nullable(v.number()),
  /** The newest notification (OSC 9, 99 or 777), in bounded text without control characters. */
  notification: v.nullable(v.object({ at: v.number(), title: v.string(), text: v.string() })),
  /** How far the program says that it is (OSC 9;4). */
  progress: v.nullable(v.object({ state: v.picklist(progressStates), percent: v.nullable(v.number()) })),
  /** The last command that finished (OSC 133;D). */
  command: v.nullable(v.object({ at: v.number(), exitCode: v.nullable(v.number()) })),
});
