// What can be told of a session whose server does not run, or does not answer.

import { commandName } from '../base/command-name.ts';
import { maxShortLives } from '../base/limits.ts';
import { bootId, bootTime } from '../platform/processes.ts';
import type { SessionStatus, Stopped } from '../protocol/session-status.ts';
import type { SessionRecord } from './session-record.ts';

/** The status from the record alone: exited when the program ended by itself, stopped when its server went away under it. */
export function recordedStatus(record: SessionRecord, presentBootId: string = bootId()): SessionStatus {
  return {
    id: record.id,
    name: record.name,
    state: record.exit === null ? 'stopped' : 'exited',
    stopped: record.exit === null ? howStopped(record, presentBootId) : null,
    attached: null,
    command: record.command,
    program: commandName(record.command),
    cwd: record.lastCwd,
    title: record.title,
    pid: null,
    exitCode: record.exit?.exitCode ?? null,
    signal: record.exit?.signal ?? null,
    endedAt: record.exit?.at ?? null,
    createdAt: record.createdAt,
    lastOutputAt: record.lastOutputAt,
    lastUsedAt: record.lastUsedAt,
    cols: record.cols,
    rows: record.rows,
    restart: record.restart,
    resumeCommand: record.resumeCommand,
    isPrivate: record.isPrivate,
    isPinned: record.isPinned,
    // The last attach or detach is as near as an older stay's record comes.
    activity: { seenAt: record.seenAt ?? record.lastUsedAt, ...record.activity },
  };
}

/** The same of a session whose server runs and says nothing: it runs as far as we know, unless its program has ended. */
export function silentStatus(record: SessionRecord): SessionStatus {
  const status = recordedStatus(record);
  if (record.exit !== null) return status;
  return { ...status, state: 'running', stopped: null, pid: record.program?.pid ?? null };
}

/**
 * A server that was told to end wrote it down. One of this boot that wrote nothing was killed; nobody knows when. One of
 * an earlier boot went with the machine, which came back at the time that is told.
 */
function howStopped({ stop, bootId, shortLives }: SessionRecord, presentBootId: string): Stopped {
  if (stop !== null) return stop;
  const isBraked = shortLives >= maxShortLives;
  return bootId === presentBootId
    ? { reason: 'killed', at: null, isBraked }
    : { reason: 'restarted', at: bootTime(), isBraked };
}
