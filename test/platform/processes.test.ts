import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  allProcesses,
  bootId,
  foregroundOf,
  isRunning,
  processStamp,
  readFacts,
  sendSignal,
  startEnvironmentOf,
} from '../../src/platform/processes.ts';
import { deadPid, startChild } from '../support/child.ts';
import { tempFolder } from '../support/temp-folder.ts';

const hasProc = fs.existsSync('/proc/self/stat');

describe('isRunning', () => {
  it('is true of a living process and false of one that has ended', async () => {
    const child = startChild(['sleep', '1000']);
    const stamp = processStamp(child.pid);
    expect(isRunning(stamp)).toBe(true);
    child.kill('SIGKILL');
    await child.ended;
    expect(isRunning(stamp)).toBe(false);
  });

  it('is false of another process that has the pid now', () => {
    expect(isRunning({ pid: process.pid, start: 'another time' })).toBe(false);
  });

  it('is false of a process that is dead and not yet reaped', async () => {
    // sleep(1) reaps nobody: the child ends only once the shell has become it.
    const parent = startChild(['sh', '-c', `sh -c 'kill -STOP $$' & echo $!; exec sleep 1000`]);
    const pid = Number(await parent.line());
    await expect.poll(() => [foregroundOf(parent.pid).program, readFacts(pid)?.state]).toEqual(['sleep', 'T']);
    sendSignal(pid, 'SIGKILL');
    await expect.poll(() => readFacts(pid)?.state).toBe('Z');
    expect(isRunning(processStamp(pid))).toBe(false);
  });
});

describe('the facts of a process', () => {
  it('are null when there is none', async () => {
    const pid = await deadPid();
    expect(readFacts(pid)).toBeNull();
    expect(processStamp(pid)).toEqual({ pid, start: '' });
  });

  it('tell its parent, its group and its terminal session', () => {
    const child = startChild(['sleep', '1000'], { detached: true });
    const { pid } = child;
    expect(readFacts(pid)).toMatchObject({
      pid,
      parent: process.pid,
      group: pid,
      terminalSession: pid,
      foregroundGroup: -1,
    });
  });

  it.runIf(hasProc)('are right whatever blanks and parentheses its name holds', async () => {
    const script = `${tempFolder()}/a) S 1 (b`;
    fs.copyFileSync('/bin/sleep', script);
    fs.chmodSync(script, 0o755);
    const child = startChild([script, '1000']);
    await expect.poll(() => foregroundOf(child.pid).program).toBe('a) S 1 (b');
    expect(readFacts(child.pid)).toMatchObject({ pid: child.pid, parent: process.pid });
  });

  it('are there for every process that we can see', () => {
    const child = startChild(['sleep', '1000']);
    const pids = allProcesses().map(({ pid }) => pid);
    expect(pids).toContain(process.pid);
    expect(pids).toContain(child.pid);
  });
});

describe('foregroundOf', () => {
  it('is the leader itself, and its folder, when it has no terminal', () => {
    const folder = fs.realpathSync(tempFolder());
    const child = startChild(['sleep', '1000'], { cwd: folder, detached: true });
    expect(foregroundOf(child.pid)).toEqual({ program: 'sleep', cwd: folder });
  });

  it('is unknown for a process that has ended', async () => {
    expect(foregroundOf(await deadPid())).toEqual({ program: null, cwd: null });
  });
});

describe.runIf(hasProc)('startEnvironmentOf', () => {
  it('is the value that the process was started with', () => {
    const child = startChild(['sleep', '1000'], { env: { PATH: process.env.PATH, MARK: 'a=b', EMPTY: '' } });
    expect(startEnvironmentOf(child.pid, 'MARK')).toBe('a=b');
    expect(startEnvironmentOf(child.pid, 'EMPTY')).toBe('');
    expect(startEnvironmentOf(child.pid, 'ARK')).toBeUndefined();
  });

  it('is unknown for a process that has ended', async () => {
    expect(startEnvironmentOf(await deadPid(), 'PATH')).toBeUndefined();
  });

  it('tells the boot of the machine', () => {
    expect(bootId()).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('sendSignal', () => {
  it('reaches the process, and is no error when it is gone', async () => {
    const child = startChild(['sleep', '1000']);
    sendSignal(child.pid, 'SIGTERM');
    expect(await child.ended).toBe('SIGTERM');
    expect(() => sendSignal(child.pid, 'SIGTERM')).not.toThrow();
  });
});
