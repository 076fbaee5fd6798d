// The folder for sockets removed under running sessions, as cleaners of old files and the end of a login do.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, signal } from './support/processes.ts';
import { idle, showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Milliseconds in which a session is to be reachable again. */
const promisedMs = 2_000;

const socketOf = ({ id }: { id: string }) => join(sandbox.runtimeDir, `${id}.sock`);

describe('the folder for sockets, wiped while sessions run,', () => {
  it('comes back by itself with all sockets; who is attached notices nothing', async () => {
    const terminal = sandbox.terminal(['new', 'held', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    await sandbox.runOk(['new', '-d', 'free', '--', ...idle]);
    const sessions = await sandbox.stayJson();
    rmSync(sandbox.runtimeDir, { recursive: true });
    const areBack = () => sessions.every((one) => existsSync(socketOf(one)));
    await waitUntil(areBack, 'the sockets are back', { timeoutMs: promisedMs });
    await terminal.type('still here');
    await terminal.waitFor(/still here/);
    expect(await sandbox.stayJson()).toMatchObject(sessions.map(({ id, pid }) => ({ id, pid, state: 'running' })));
    expect((await sandbox.session('held')).attached).not.toBeNull();
  });

  it('comes back with the folders around it', async () => {
    const around = sandbox.freshPath('user');
    const env = { STAY_RUNTIME_DIR: undefined, XDG_RUNTIME_DIR: join(around, '0') };
    mkdirSync(env.XDG_RUNTIME_DIR, { recursive: true, mode: 0o700 });
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    const socket = join(env.XDG_RUNTIME_DIR, 'stay', `${(await sandbox.session('work')).id}.sock`);
    rmSync(around, { recursive: true });
    await waitUntil(() => existsSync(socket), 'the socket is back', { timeoutMs: promisedMs });
    expect(await sandbox.session('work')).toMatchObject({ state: 'running' });
  });

  it.each([['list'], ['peek', 'work'], ['detach', 'work'], ['kill', 'work']])(
    'comes back for whoever looks, where nothing told the server: stay %s',
    async (...args) => {
      await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
      const { id } = await sandbox.session('work');
      // Watches follow the folder.
      const moved = sandbox.freshPath('moved');
      renameSync(sandbox.runtimeDir, moved);
      const { stdout } = await sandbox.runOk(args);
      if (args[0] === 'list') expect(stdout).toMatch(/work +running/);
      expect(readdirSync(sandbox.runtimeDir)).toEqual(args[0] === 'kill' ? [] : [`${id}.sock`]);
    },
  );

  it('comes back for whoever attaches, and at once for SIGUSR1', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...showKeys]);
    const session = await sandbox.session('work');
    const server = await sandbox.serverPid('work');
    renameSync(sandbox.runtimeDir, sandbox.freshPath('moved'));
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/READY/);
    renameSync(sandbox.runtimeDir, sandbox.freshPath('moved-again'));
    signal(server, 'SIGUSR1');
    await waitUntil(() => existsSync(socketOf(session)), 'the socket is back', { timeoutMs: promisedMs });
    await terminal.type('still here');
    await terminal.waitFor(/still here/);
  });

  it('may have something else in its place: the server lives, says so, and goes on once that is gone', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const server = await sandbox.serverPid('work');
    rmSync(sandbox.runtimeDir, { recursive: true });
    writeFileSync(sandbox.runtimeDir, 'in the way');
    const { stderr, exitCode } = await sandbox.run(['peek', 'work']);
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining('does not answer'), exitCode: 74 });
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/work +not answering/);
    rmSync(sandbox.runtimeDir);
    expect(await sandbox.session('work')).toMatchObject({ state: 'running' });
    expect(isAlive(server)).toBe(true);
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/work +running/);
  });
});
