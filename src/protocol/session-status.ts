// What is told about a session: by its server while it lives, from its record on disk otherwise.

import * as v from 'valibot';
import { progressStates } from '../base/activity.ts';
import { traitSchemas } from './traits.ts';

/** The one client that is attached. Times are milliseconds since 1970. */
export const holderSchema = v.object({
  /** The client's terminal device, such as `/dev/pts/3`, or null where it has no name. */
  tty: v.nullable(v.string()),
  pid: v.number(),
  since: v.number(),
  /** The address the client's user came from (the first word of SSH_CONNECTION), or null for a local one. */
  from: v.nullable(v.string()),
  /** The id of the session inside which the client itself runs, or null. */
  inside: v.nullable(v.string()),
  /** Whether its client goes to another session when it is sent there. Older ones do not tell, and cannot. */
  canSwitch: v.optional(v.boolean()),
});
export type HolderStatus = v.InferOutput<typeof holderSchema>;

/** Why a session's server does not run any more, and since when as far as that is known. */
export const stoppedSchema = v.object({
  /** The machine started anew, the server was killed, or it was told to end. */
  reason: v.picklist(['restarted', 'killed', 'terminated']),
  at: v.nullable(v.number()),
  /** Whether it went away soon after each of its last starts, so that only a person starts it again. */
  isBraked: v.optional(v.boolean()),
});
export type Stopped = v.InferOutput<typeof stoppedSchema>;

/** That a session's screen and history do not get to the disk: why, as a sentence, and since when. */
export const notSavedSchema = v.object({ since: v.number(), why: v.string() });
export type NotSaved = v.InferOutput<typeof notSavedSchema>;

/** What happened in a session that somebody who was away may want to know of. Times are milliseconds since 1970. */
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
export type Activity = v.InferOutput<typeof activitySchema>;

/** A word that a newer server has learned costs what it says, not the whole status. */
export const sessionStatusSchema = v.object({
  id: v.string(),
  name: v.string(),
  state: v.fallback(v.picklist(['running', 'exited', 'stopped']), 'running'),
  /** Only in the state `stopped`. Older servers do not tell. */
  stopped: v.optional(v.fallback(v.nullable(stoppedSchema), null)),
  /** Null while all is saved, or nothing is meant to be. Older servers do not tell. */
  notSaved: v.optional(v.nullable(notSavedSchema)),
  attached: v.nullable(holderSchema),
  /** The argv the session was made with. */
  command: v.array(v.string()),
  /** What runs in the foreground, as a person would name it (`vim`, `npm`); the command's own name when unknown. */
  program: v.string(),
  /** The program's present working directory, as well as it is known. */
  cwd: v.string(),
  /** The title the program set, or ''. */
  title: v.string(),
  /** The program's process, or null when it does not run. */
  pid: v.nullable(v.number()),
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  /** When its program ended by itself; null while it has not. Older servers do not tell. */
  endedAt: v.optional(v.nullable(v.number())),
  createdAt: v.number(),
  /** Last output of the program, or null if there was none. */
  lastOutputAt: v.nullable(v.number()),
  /** Last attach or detach, or creation: orders the sessions by use. */
  lastUsedAt: v.number(),
  cols: v.number(),
  rows: v.number(),
  /** Older servers do not tell any of these. */
  restart: v.fallback(v.optional(traitSchemas.restart), undefined),
  resumeCommand: v.optional(traitSchemas.resumeCommand),
  isPrivate: v.optional(traitSchemas.isPrivate),
  isPinned: v.optional(traitSchemas.isPinned),
  activity: v.optional(activitySchema),
});
export type SessionStatus = v.InferOutput<typeof sessionStatusSchema>;
export type SessionState = SessionStatus['state'];
