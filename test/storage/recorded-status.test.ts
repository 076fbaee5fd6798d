import { uptime } from 'node:os';
import { describe, expect, it } from 'vitest';
import { noActivity } from '../../src/base/activity.ts';
import { recordedStatus, silentStatus } from '../../src/storage/recorded-status.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { sampleRecord } from '../support/samples.ts';

describe('recordedStatus', () => {
  it('is stopped when the server went away under a running program', () => {
    expect(recordedStatus(sampleRecord())).toMatchObject({
      state: 'stopped',
      attached: null,
      pid: null,
      exitCode: null,
      signal: null,
      program: 'bash',
      cwd: '/home/me/src',
    });
  });

  it('is exited, with how, when the program ended by itself', () => {
    const byStatus = sampleRecord({ exit: { exitCode: 3, signal: null, at: 5 } });
    const bySignal = sampleRecord({ exit: { exitCode: null, signal: 'SIGKILL', at: 5 } });
    expect(recordedStatus(byStatus)).toMatchObject({ state: 'exited', exitCode: 3, signal: null });
    expect(recordedStatus(bySignal)).toMatchObject({ state: 'exited', exitCode: null, signal: 'SIGKILL' });
  });

  it('tells what happened, and when somebody last looked', () => {
    const activity = { ...noActivity, bellAt: 7 };
    expect(recordedStatus(sampleRecord({ activity, seenAt: 5 })).activity).toEqual({ ...activity, seenAt: 5 });
    expect(recordedStatus(sampleRecord({ lastUsedAt: 6 })).activity).toEqual({ ...noActivity, seenAt: 6 });
  });

  it('tells how it stopped as far as that is known', () => {
    const stoppedOf = (changes: Partial<SessionRecord>) => recordedStatus(sampleRecord(changes), 'b00t').stopped;
    const stop = { reason: 'terminated', at: 5 } as const;
    expect(stoppedOf({})).toEqual({ reason: 'killed', at: null, isBraked: false });
    const { reason, at } = stoppedOf({ bootId: 'the boot before' })!;
    expect(reason).toBe('restarted');
    expect(Math.abs(at! - (Date.now() - uptime() * 1_000))).toBeLessThan(5_000);
    expect(stoppedOf({ shortLives: 5 })).toMatchObject({ reason: 'killed', isBraked: true });
    expect(stoppedOf({ stop, bootId: 'the boot before' })).toEqual(stop);
    expect(stoppedOf({ stop, exit: { exitCode: 0, signal: null, at: 4 } })).toBeNull();
  });
});

describe('silentStatus', () => {
  it('runs as far as is known, with its program', () => {
    const program = { pid: 7, start: '1' };
    expect(silentStatus(sampleRecord({ program }))).toMatchObject({ state: 'running', stopped: null, pid: 7 });
    expect(silentStatus(sampleRecord({ program: null }))).toMatchObject({ state: 'running', pid: null });
  });

  it('is exited once its program has ended', () => {
    const exit = { exitCode: 3, signal: null, at: 5 };
    expect(silentStatus(sampleRecord({ exit }))).toEqual(recordedStatus(sampleRecord({ exit })));
  });
});
