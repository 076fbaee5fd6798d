import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { makeSessions } from './support/list-screen.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { linesOf, recordOf, serversOf, stopSession, toldIn, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function stateOf(name: string): Promise<string> {
  return (await sandbox.session(name)).state;
}

/** Makes a stopped session that says READY, of a program that is a file of its own; the path of that. */
async function makeStopped(name: string): Promise<string> {
  const path = sandbox.freshPath(name);
  writeFileSync(path, '#!/bin/bash\necho READY\nsleep 4000\n', { mode: 0o755 });
  await sandbox.runOk(['new', '-d', name, '--', path]);
  await waitUntilSaved(sandbox, name, 'READY');
  await stopSession(sandbox, name);
  return path;
}

describe('resume --all', () => {
  it('starts stopped sessions, and no others', async () => {
    await makeSessions(sandbox, 'one', 'two', 'running');
    await sandbox.runOk(['new', '-d', 'exited', '--', 'false']);
    const exited = await sandbox.waitForSession('exited', (one) => one.state === 'exited');
    const running = await sandbox.session('running');
    const ids = [(await stopSession(sandbox, 'one')).id, (await stopSession(sandbox, 'two', 'SIGTERM')).id];
    expect(await sandbox.runOk(['resume', '--all'])).toMatchObject({ stdout: '', stderr: '' });
    expect(await sandbox.session('one')).toMatchObject({ id: ids[0], state: 'running' });
    expect(await sandbox.session('two')).toMatchObject({ id: ids[1], state: 'running' });
    expect(await sandbox.session('running')).toEqual(running);
    expect(await sandbox.session('exited')).toEqual(exited);
  });

  it('is content with none', async () => {
    await sandbox.runOk(['resume', '--all']);
  });

  it('goes on when the program of one is gone: tells it and leaves that one as it was', async () => {
    await makeSessions(sandbox, 'first', 'last');
    await stopSession(sandbox, 'first');
    const path = await makeStopped('spoiled');
    await stopSession(sandbox, 'last');
    rmSync(path);
    const stopped = await sandbox.session('spoiled');
    const before = { record: recordOf(sandbox, stopped), lines: await linesOf(sandbox, 'spoiled') };
    const result = await sandbox.run(['resume', '--all']);
    expectRefusal(result, exitCodes.cannotCreate, /^stay: Cannot resume "spoiled": cannot start .*no such program\n/);
    expect([await stateOf('first'), await stateOf('last')]).toEqual(['running', 'running']);
    expect(await sandbox.session('spoiled')).toEqual(stopped);
    expect(serversOf(stopped)).toEqual([]);
    expect({ record: recordOf(sandbox, stopped), lines: await linesOf(sandbox, 'spoiled') }).toEqual(before);

    writeFileSync(path, '#!/bin/bash\necho AGAIN\nsleep 4000\n', { mode: 0o755 });
    await sandbox.runOk(['resume', 'spoiled']);
    await waitUntilSaved(sandbox, 'spoiled', 'AGAIN');
    expect(await linesOf(sandbox, 'spoiled')).toEqual(['READY', expect.stringMatching(/^\[stay\]/), 'AGAIN']);
  });

  it('leaves one as it was whose program turns out not to start', async () => {
    writeFileSync(await makeStopped('spoiled'), '#!/no/such/interpreter\n');
    const before = recordOf(sandbox, await sandbox.session('spoiled'));
    expectRefusal(await sandbox.run(['resume', '--all']), exitCodes.cannotCreate, /its interpreter is missing/);
    expect(recordOf(sandbox, before)).toEqual(before);
    expect(await linesOf(sandbox, 'spoiled')).toEqual(['READY']);
  });

  it('tells of each that cannot be started, by its name', async () => {
    rmSync(await makeStopped('ash'));
    rmSync(await makeStopped('elm'));
    const { stderr, exitCode } = await sandbox.run(['resume', '--all']);
    expect(exitCode).toBe(exitCodes.cannotCreate);
    expect(stderr.match(/^stay: Cannot resume "(ash|elm)": .*no such program/gm)).toHaveLength(2);
  });
});

describe('several that resume the same session at once', () => {
  it('start one server: one succeeds, the others are told that it runs', async () => {
    await makeSessions(sandbox, 'work');
    const session = await stopSession(sandbox, 'work');
    const results = await Promise.all([1, 2, 3, 4].map(() => sandbox.run(['resume', 'work'])));
    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, ...Array(3).fill(exitCodes.busy)]);
    expect(results.map(({ stderr }) => stderr).filter((text) => text !== '')).toEqual(
      Array(3).fill(expect.stringMatching(/^stay: Cannot resume "work": it runs\n {2}Attach: stay attach work\n$/)),
    );
    // One that was told so may be on its way out.
    await waitUntil(() => serversOf(session).length === 1, 'one server is left');
    expect(await toldIn(sandbox, 'work')).toHaveLength(1);
    expect(await stateOf('work')).toBe('running');
  });

  it('by attaching: one server, one holder, the other is told who took it', async () => {
    await makeSessions(sandbox, 'work');
    const session = await stopSession(sandbox, 'work');
    const terminals = [1, 2].map(() => sandbox.terminal(['attach', 'work']));
    const loser = await Promise.race(terminals.map((one) => one.waitForExit().then(() => one)));
    expect((await loser.waitForExit()).code).toBe(0);
    expect(loser.text()).toMatch(/work was taken over by/);
    expect(serversOf(session)).toHaveLength(1);
    const winner = terminals.find((one) => one !== loser);
    expect((await sandbox.session('work')).attached?.pid).toBe(winner?.pty.pid);
  });
});
