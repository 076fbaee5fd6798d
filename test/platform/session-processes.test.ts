import * as fs from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { killGraceMs } from '../../src/base/limits.ts';
import { isRunning, type ProcessStamp, processStamp, sendSignal } from '../../src/platform/processes.ts';
import {
  endSessionProcesses,
  type SessionRoot,
  serverVariable,
  sessionProcesses,
  sessionVariable,
} from '../../src/platform/session-processes.ts';
import { type Child, deadPid, startChild } from '../support/child.ts';

const id = 'testsessio';
const path = process.env.PATH;
const marked = { PATH: path, [sessionVariable]: id };

/** A program as a session starts it: leader of a terminal session, marked. The script tells pids with `echo`. */
function startLeader(script: string): Child & { root: SessionRoot } {
  const child = startChild(['sh', '-c', script], { detached: true, env: marked });
  // Its jobs, which a test does not always end.
  onTestFinished(() => sendSignal(-child.pid, 'SIGKILL'));
  return { ...child, root: { id, leader: processStamp(child.pid) } };
}

/** The process whose pid the child says next; it does not outlive the test. */
async function told(child: Child): Promise<ProcessStamp> {
  const stamp = processStamp(Number(await child.line()));
  onTestFinished(() => sendSignal(stamp.pid, 'SIGKILL'));
  return stamp;
}

/** Ignores SIGHUP, even in what it starts. */
const deaf = `trap '' HUP`;
/** The next `echo $!` tells a process without the session's mark, in a terminal session of its own. */
const apart = `env -u ${sessionVariable} setsid sleep 1000 &`;

describe('endSessionProcesses', () => {
  it('ends the program and its jobs at once when they take the hint', async () => {
    const leader = startLeader('sleep 1000 & echo $!; sleep 1000');
    const job = await told(leader);
    const startedAt = performance.now();
    expect(await endSessionProcesses(leader.root)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(killGraceMs);
    expect(isRunning(job)).toBe(false);
    expect(await leader.ended).toBe('SIGHUP');
  });

  it('ends those that ignore the hint, are stopped, left the terminal or were orphaned, after a grace', async () => {
    const leader = startLeader(`
      sh -c 'kill -STOP $$' & echo $!
      ${apart} echo $!
      (setsid sh -c '${deaf.replaceAll("'", '"')}; echo $$; exec sleep 1000' &)
      ${deaf}; echo $$; sleep 1000`);
    const processes = [await told(leader), await told(leader), await told(leader), await told(leader)];
    // The session is complete once the orphan has no parent in it: it is found by its mark alone.
    await expect.poll(() => sessionProcesses(leader.root).length).toBeGreaterThanOrEqual(5);
    expect(processes.map(isRunning)).toEqual([true, true, true, true]);
    expect(await endSessionProcesses(leader.root)).toEqual([]);
    expect(processes.map(isRunning)).toEqual([false, false, false, false]);
    expect(await leader.ended).toBe('SIGKILL');
  });

  it('has nothing to do for a session whose program never started', async () => {
    expect(await endSessionProcesses({ id, leader: null })).toEqual([]);
  });
});

describe('sessionProcesses', () => {
  const pidsOf = (root: SessionRoot) => sessionProcesses(root).map(({ pid }) => pid);

  it('finds what is left on the terminal of a leader that is gone', async () => {
    const leader = startLeader(`env -u ${sessionVariable} sleep 1000 & echo $!`);
    const job = await told(leader);
    await leader.ended;
    expect(pidsOf(leader.root)).toEqual([job.pid]);
  });

  it.runIf(fs.existsSync('/proc/self/environ'))('finds a marked orphan in a terminal session of its own', async () => {
    const leader = startLeader('(setsid sleep 1000 & echo $!)');
    const orphan = await told(leader);
    await leader.ended;
    expect(pidsOf(leader.root)).toEqual([orphan.pid]);
  });

  it('finds the descendants of its processes, marked or not', async () => {
    const leader = startLeader(`${apart} echo $!; sleep 1000`);
    const child = await told(leader);
    expect(pidsOf(leader.root)).toContain(child.pid);
  });

  it('leaves strangers alone, marked for another session or not at all', () => {
    const leader = startLeader('sleep 1000');
    const strangers = [
      startChild(['sleep', '1000'], { detached: true, env: { PATH: path } }),
      startChild(['sleep', '1000'], { detached: true, env: { PATH: path, [sessionVariable]: `${id}2` } }),
    ];
    for (const { pid } of strangers) expect(pidsOf(leader.root)).not.toContain(pid);
    expect(pidsOf(leader.root)).not.toContain(process.pid);
  });

  it("leaves another session's server alone that was started from inside, and its program too", async () => {
    // A server starts its program with its own session's mark and without the server's.
    const program = `env -u ${serverVariable} ${sessionVariable}=another001 setsid sleep 1000 & echo $!`;
    const leader = startLeader(`${serverVariable}=another001 setsid sh -c 'echo $$; ${program}; wait' & sleep 1000`);
    const server = await told(leader);
    const inner = await told(leader);
    const pids = pidsOf(leader.root);
    expect(pids).toContain(leader.pid);
    expect(pids).not.toContain(server.pid);
    expect(pids).not.toContain(inner.pid);
  });

  it('leaves a stranger alone who has the pid of the leader now', async () => {
    const stranger = startChild(['sleep', '1000'], { detached: true, env: { PATH: path } });
    expect(pidsOf({ id, leader: { pid: stranger.pid, start: 'long ago' } })).toEqual([]);
  });

  it('is empty when all of it has ended', async () => {
    expect(pidsOf({ id, leader: { pid: await deadPid(), start: '1' } })).toEqual([]);
  });
});
