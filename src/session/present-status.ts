// What there is to tell of a session whose server lives.

import { commandName } from '../base/command-name.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { NotSaved, SessionStatus } from '../protocol/session-status.ts';
import { recordedStatus } from '../storage/recorded-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import type { ActivityLog } from './activity-log.ts';
import type { Holder } from './holder.ts';
import type { Persistence } from './recorder.ts';

export interface Present {
  record: SessionRecord;
  emulator: Emulator;
  activity: ActivityLog;
  holder: Holder | null;
  /** The program's process; null while there is none. */
  pid: number | null;
  /** What runs in the foreground of the program's terminal, and where. */
  foreground(): { program: string | null; cwd: string | null };
  persistence: Persistence | undefined;
  now: number;
}

/** The facts as they are now. What of them belongs on the disk is brought into the record. */
export function presentStatus({ record, emulator, activity, holder, pid, ...present }: Present): SessionStatus {
  const foreground = pid === null ? { program: null, cwd: null } : present.foreground();
  const { title } = emulator;
  // A title is part of the screen, and the record is a file.
  record.title = record.isPrivate ? '' : title;
  record.activity = activity.forDisk(record);
  if (holder !== null) record.seenAt = present.now;
  record.lastCwd = emulator.cwd ?? foreground.cwd ?? record.lastCwd;
  const told = recordedStatus(record);
  return {
    ...told,
    activity: told.activity && { ...told.activity, ...activity.present },
    state: record.exit === null ? 'running' : 'exited',
    stopped: null,
    title,
    notSaved: notSaved(present.persistence),
    attached: holder?.status ?? null,
    program: foreground.program ?? commandName(record.command),
    pid,
  };
}

function notSaved(persistence: Persistence | undefined): NotSaved | null {
  if (persistence === undefined || persistence.isPersisting) return null;
  const { since, why } = persistence;
  return { since, why };
}
