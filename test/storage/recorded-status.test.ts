import { describe, expect, it } from 'vitest';
import { recordedStatus } from '../../src/storage/recorded-status.ts';
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
});
