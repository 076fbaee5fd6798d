import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { processesMarked } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { changeRecord, stopSession } from './support/stopped-sessions.ts';

const sandbox = makeSandbox();
const dayMs = 86_400_000;

beforeEach(async () => {
  for (const name of ['running', 'stopped']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
  await sandbox.runOk(['new', '-d', 'exited', '--', ...script('echo said; false')]);
  await stopSession(sandbox, 'stopped');
  await sandbox.waitForSession('exited', (one) => one.state === 'exited');
});

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function prune(...args: string[]): Promise<string[]> {
  const { stdout } = await sandbox.runOk(['prune', ...args]);
  return stdout.split('\n').slice(0, -1).sort();
}

async function names(): Promise<string[]> {
  return (await sandbox.stayJson()).map((one) => one.name).sort();
}

/** Makes it so that a session was last used, and last said something, so many days ago. */
async function makeOld(name: string, days: { used: number; output: number }): Promise<void> {
  const now = Date.now();
  changeRecord(sandbox, await sandbox.session(name), {
    lastUsedAt: now - days.used * dayMs,
    lastOutputAt: now - days.output * dayMs,
  });
}

describe('prune', () => {
  it('forgets exited and stopped sessions, prints their names, and leaves running ones', async () => {
    const running = await sandbox.session('running');
    expect(await prune()).toEqual(['exited', 'stopped']);
    expect(await sandbox.stayJson()).toEqual([running]);
    expect(await prune()).toEqual([]);
  });

  it('--exited leaves stopped ones', async () => {
    expect(await prune('--exited')).toEqual(['exited']);
    expect(await names()).toEqual(['running', 'stopped']);
  });

  it('--older-than leaves what was used, or said something, since', async () => {
    expect(await prune('--older-than', '7d')).toEqual([]);
    await makeOld('stopped', { used: 6, output: 30 });
    await makeOld('exited', { used: 30, output: 6 });
    expect(await prune('--older-than', '7d')).toEqual([]);
    await makeOld('stopped', { used: 8, output: 8 });
    expect(await prune('--older-than', '7d')).toEqual(['stopped']);
    expect(await prune('--older-than', '2w')).toEqual([]);
    expect(await prune('--older-than', '100h', '--exited')).toEqual(['exited']);
    expect(await names()).toEqual(['running']);
  });

  it.each(['7', 'd', '7 d', '1y', '-1d', '1.5d', ''])('refuses the time %j, and then forgets nothing', async (text) => {
    expectRefusal(await sandbox.run(['prune', `--older-than=${text}`]), exitCodes.usage, /is no time\n.*7d/);
    expect(await names()).toEqual(['exited', 'running', 'stopped']);
  });

  it('ends what an exited program left behind', async () => {
    await sandbox.runOk(['new', '-d', 'left', '--', ...script('(setsid sleep 4000 &); sleep 0.2')]);
    const { id } = await sandbox.waitForSession('left', (one) => one.state === 'exited');
    expect(processesMarked(`STAY_SESSION=${id}`)).toHaveLength(1);
    await prune();
    expect(processesMarked(`STAY_SESSION=${id}`)).toEqual([]);
  });
});
