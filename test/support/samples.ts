// Sound examples of what is told and kept about a session.

import { noActivity } from '../../src/base/activity.ts';
import { defaultTraits } from '../../src/base/session-traits.ts';
import type { Activity, HolderStatus, SessionStatus } from '../../src/protocol/session-status.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';

export function sampleHolder(changes: Partial<HolderStatus> = {}): HolderStatus {
  return { tty: '/dev/pts/3', pid: 77, since: 1_700_000_000_000, from: '192.0.2.7', inside: null, ...changes };
}

/** Of everything something. */
export function sampleActivity(): Activity {
  return {
    seenAt: 1_700_000_000_000,
    bellAt: 1_700_000_100_001,
    notification: { at: 1_700_000_100_002, title: 'été', text: 'done' },
    progress: { state: 'paused', percent: 42 },
    command: { at: 1_700_000_100_003, exitCode: 1 },
  };
}

export function sampleStatus(changes: Partial<SessionStatus> = {}): SessionStatus {
  return {
    id: 'abcdefghij',
    name: 'work',
    state: 'running',
    attached: null,
    command: ['/bin/bash', '-l'],
    program: 'vim',
    cwd: '/home/me/src',
    title: 'notes',
    pid: 4711,
    exitCode: null,
    signal: null,
    createdAt: 1_700_000_000_000,
    lastOutputAt: 1_700_000_100_000,
    lastUsedAt: 1_700_000_200_000,
    cols: 80,
    rows: 24,
    ...changes,
  };
}

export function sampleRecord(changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'abcdefghij',
    name: 'work',
    command: ['/bin/bash', '-l'],
    cwd: '/home/me',
    env: { LANG: 'C.UTF-8' },
    cols: 80,
    rows: 24,
    createdAt: 1_700_000_000_000,
    lastUsedAt: 1_700_000_200_000,
    lastOutputAt: null,
    title: '',
    lastCwd: '/home/me/src',
    server: { pid: 4710, start: '12345' },
    socket: '/run/user/1000/stay/abcdefghij.sock',
    bootId: 'b00t',
    program: { pid: 4711, start: '12346' },
    exit: null,
    stop: null,
    ...defaultTraits,
    startedAt: null,
    shortLives: 0,
    seenAt: null,
    activity: noActivity,
    ...changes,
  };
}
