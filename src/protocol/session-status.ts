// What is told about a session: by its server while it lives, from its record on disk otherwise.

import * as v from 'valibot';
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

export const sessionStatusSchema = v.object({
  id: v.string(),
  name: v.string(),
  state: v.picklist(['running', 'exited', 'stopped']),
  /** Only in the state `stopped`. Older servers do not tell. */
  stopped: v.optional(v.nullable(stoppedSchema)),
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
  createdAt: v.number(),
  /** Last output of the program, or null if there was none. */
  lastOutputAt: v.nullable(v.number()),
  /** Last attach or detach, or creation: orders the sessions by use. */
  lastUsedAt: v.number(),
  cols: v.number(),
  rows: v.number(),
  /** Older servers do not tell any of these. */
  restart: v.optional(traitSchemas.restart),
  resumeCommand: v.optional(traitSchemas.resumeCommand),
  isPrivate: v.optional(traitSchemas.isPrivate),
});
export type SessionStatus = v.InferOutput<typeof sessionStatusSchema>;
export type SessionState = SessionStatus['state'];
