// The facts of one session, as they lie in its `session.msgpack`.

import * as v from 'valibot';
import { noActivity, progressStates } from '../base/activity.ts';
import { defaultTraits, restartPolicies } from '../base/session-traits.ts';
import { seal, type Unsealed, unseal } from './sealed-file.ts';

/** Raised when the file's form changes; older forms are still read. 1 had no `stop`, 2 nothing of what stands below it. */
const recordVersion = 3;

const stampSchema = v.object({ pid: v.number(), start: v.string() });

/** What happened that somebody who was away may want to know of: see `base/activity.ts`. */
const activitySchema = v.object({
  bellAt: v.nullable(v.number()),
  notification: v.nullable(v.object({ at: v.number(), title: v.string(), text: v.string() })),
  progress: v.nullable(v.object({ state: v.picklist(progressStates), percent: v.nullable(v.number()) })),
  command: v.nullable(v.object({ at: v.number(), exitCode: v.nullable(v.number()) })),
});

const recordSchema = v.object({
  id: v.string(),
  name: v.string(),
  command: v.array(v.string()),
  /** Where the program was started. */
  cwd: v.string(),
  /** Variables that the session was given with `--env`. */
  env: v.record(v.string(), v.string()),
  cols: v.number(),
  rows: v.number(),
  createdAt: v.number(),
  lastUsedAt: v.number(),
  lastOutputAt: v.nullable(v.number()),
  title: v.string(),
  lastCwd: v.string(),
  /** The session's server while it lives, and where it listens. */
  server: stampSchema,
  socket: v.string(),
  bootId: v.string(),
  program: v.nullable(stampSchema),
  /** Set once the program ended by itself. */
  exit: v.nullable(v.object({ exitCode: v.nullable(v.number()), signal: v.nullable(v.string()), at: v.number() })),
  /** Set once the server was told to end under a running program. */
  stop: v.optional(v.nullable(v.object({ reason: v.literal('terminated'), at: v.number() })), null),
  /** The session's traits: see `base/session-traits.ts`. */
  restart: v.optional(v.picklist(restartPolicies), defaultTraits.restart),
  resumeCommand: v.optional(v.nullable(v.array(v.string())), null),
  isPrivate: v.optional(v.boolean(), false),
  isPinned: v.optional(v.boolean(), false),
  historyLines: v.optional(v.number(), defaultTraits.historyLines),
  historyBytes: v.optional(v.number(), defaultTraits.historyBytes),
  /** When its server was last started; null in records of older stays. */
  startedAt: v.optional(v.nullable(v.number()), null),
  /** Starts in a row that nobody asked for by name and that did not last, the present one included. */
  shortLives: v.optional(v.number(), 0),
  /** When somebody last saw its screen; null in records of older stays. */
  seenAt: v.optional(v.nullable(v.number()), null),
  /** Without the words of a notification while the session is private. */
  activity: v.optional(activitySchema, noActivity),
});

export type SessionRecord = v.InferOutput<typeof recordSchema>;

export type ReadRecord =
  | { kind: 'record'; record: SessionRecord }
  | { kind: 'damaged'; why: string }
  /** `record` is what still has the form that we know; the rest of it is blank. To look at only: never to be saved. */
  | { kind: 'newer'; version: number; record: SessionRecord };

export function encodeRecord(record: SessionRecord): Uint8Array {
  return seal('session', recordVersion, record);
}

export function decodeRecord(bytes: Uint8Array): ReadRecord {
  const opened = unseal('session', recordVersion, bytes);
  if (opened.kind === 'newer') return { ...opened, record: readableOf(unseal('session', opened.version, bytes)) };
  if (opened.kind !== 'value') return opened;
  const parsed = v.safeParse(recordSchema, opened.value);
  return parsed.success
    ? { kind: 'record', record: parsed.output }
    : { kind: 'damaged', why: 'a field is missing or wrong' };
}

/** What a record of a newer stay says in words that we know. */
function readableOf(opened: Unsealed): SessionRecord {
  const value: unknown = opened.kind === 'value' ? opened.value : null;
  const fields = Object.entries(recordSchema.entries).flatMap(([name, schema]) => {
    const field = v.safeParse(schema, (value as Record<string, unknown> | null)?.[name]);
    return field.success ? [[name, field.output]] : [];
  });
  return { ...blankRecord, ...Object.fromEntries(fields) };
}

const blankRecord: SessionRecord = {
  ...{ id: '', name: '', command: [], cwd: '', env: {}, cols: 80, rows: 24, createdAt: 0, lastUsedAt: 0 },
  ...{ lastOutputAt: null, title: '', lastCwd: '', server: { pid: 0, start: '' }, socket: '', bootId: '' },
  ...{ program: null, exit: null, stop: null, ...defaultTraits, startedAt: null, shortLives: 0 },
  ...{ seenAt: null, activity: noActivity },
};
