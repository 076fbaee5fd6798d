// What can be told of a session whose server does not run.

import { commandName } from '../base/command-name.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import type { SessionRecord } from './session-record.ts';

/** The status from the record alone: exited when the program ended by itself, stopped when its server went away under it. */
export function recordedStatus(record: SessionRecord): SessionStatus {
  return {
    id: record.id,
    name: record.name,
    state: record.exit === null ? 'stopped' : 'exited',
    attached: null,
    command: record.command,
    program: commandName(record.command),
    cwd: record.lastCwd,
    title: record.title,
    pid: null,
    exitCode: record.exit?.exitCode ?? null,
    signal: record.exit?.signal ?? null,
    createdAt: record.createdAt,
    lastOutputAt: record.lastOutputAt,
    lastUsedAt: record.lastUsedAt,
    cols: record.cols,
    rows: record.rows,
  };
}
