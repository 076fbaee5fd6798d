import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { seeProcess, signal, sleepsOf } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { pause, waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('list', () => {
  it('says in JSON exactly the fields that scripts may rely on', async () => {
    const before = Date.now();
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf '\\033]2;a title\\007'; sleep 4000")]);
    const session = await sandbox.waitForSession('work', (one) => one.title === 'a title');
    expect(session).toEqual({
      id: expect.stringMatching(/^\S+$/),
      name: 'work',
      state: 'running',
      attached: null,
      command: script("printf '\\033]2;a title\\007'; sleep 4000"),
      cwd: sandbox.home,
      title: 'a title',
      pid: expect.any(Number),
      exitCode: null,
      signal: null,
      endedAt: null,
      createdAt: expect.any(Number),
      lastOutputAt: expect.any(Number),
      cols: 80,
      rows: 24,
      stopped: null,
      restart: 'auto',
      resumeCommand: null,
      private: false,
      activity: { seenAt: session.createdAt, bellAt: null, notification: null, progress: null, command: null },
      notSaved: null,
      needs: null,
    });
    expect(session.createdAt).toBeGreaterThanOrEqual(before);
    expect(session.lastOutputAt).toBeGreaterThanOrEqual(session.createdAt);
    expect(session.lastOutputAt).toBeLessThanOrEqual(Date.now());
  });

  it('without sessions is an empty array, and a sentence for people', async () => {
    expect((await sandbox.runOk(['list', '--json'])).stdout.trim()).toBe('[]');
    const forPeople = await sandbox.runOk(['list']);
    expect(forPeople.stdout + forPeople.stderr).toMatch(/stay new/);
  });

  it('shows name, state, program, directory and age; ls is the same', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const { stdout } = await sandbox.runOk(['list']);
    const row = stdout.split('\n').find((line) => line.includes('work'));
    expect(row).toMatch(/running/);
    expect(row).toMatch(/sleep/);
    expect(row).toMatch(/~|home/);
    expect((await sandbox.runOk(['ls'])).stdout.replace(/\d+\s?s\w*|now/g, '')).toBe(
      stdout.replace(/\d+\s?s\w*|now/g, ''),
    );
  });

  it('shows no control characters, whatever a title or a directory holds', async () => {
    const folder = sandbox.freshPath('bad\x1b[31mred');
    mkdirSync(folder);
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--cwd',
      folder,
      '--',
      ...script("printf '\\033]2;a\\002b\\007'; sleep 4000"),
    ]);
    const { stdout } = await sandbox.runOk(['list']);
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  it('tells of a server that does not answer, and of the others as they are', async () => {
    for (const name of ['alpha', 'hung', 'omega']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    const server = await sandbox.serverPid('hung');
    signal(server, 'SIGSTOP');
    const { stdout } = await sandbox.runOk(['list']);
    signal(server, 'SIGCONT');
    expect(stdout).toMatch(/^hung +not answering/m);
    for (const name of ['alpha', 'omega']) expect(stdout).toMatch(new RegExp(`^${name} +running +sleep`, 'm'));
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/^hung +running +sleep/m);
  });

  it('says how an ended program ended', async () => {
    await sandbox.runOk(['new', '-d', 'three', '--', ...script('exit 3')]);
    await sandbox.runOk(['new', '-d', 'killed', '--', ...script('kill -KILL $$')]);
    expect(await sandbox.waitForSession('three', (one) => one.state === 'exited')).toMatchObject({
      exitCode: 3,
      signal: null,
      pid: null,
    });
    expect(await sandbox.waitForSession('killed', (one) => one.state === 'exited')).toMatchObject({
      exitCode: null,
      signal: 'SIGKILL',
      pid: null,
    });
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/three.*exited.*3/);
  });
});

describe.runIf(process.platform === 'linux')('list of quiet sessions', () => {
  const statusFile = async (name: string) => join(sandbox.runtimeDir, `${(await sandbox.session(name)).id}.status`);
  /** Waits until the status of the session stands in its file. */
  async function quiet(name: string): Promise<string> {
    const file = await statusFile(name);
    await waitUntil(
      () => existsSync(file),
      () => `no ${file}`,
    );
    return file;
  }

  it('wakes up none of their servers', async () => {
    for (const name of ['one', 'two']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    for (const name of ['one', 'two']) await quiet(name);
    const servers = await Promise.all(['one', 'two'].map((name) => sandbox.serverPid(name)));
    const wokenUp = () =>
      servers.map((pid) => [...sleepsOf(pid)].find(([thread]) => thread.startsWith(`${pid} `))?.[1]);
    // They have things of their own to do in the first seconds.
    await waitUntil(async () => {
      const before = wokenUp().join();
      const { stdout } = await sandbox.runOk(['list']);
      expect(stdout).toMatch(/^one +running +sleep/m);
      expect(stdout).toMatch(/^two +running +sleep/m);
      return wokenUp().join() === before;
    }, 'each list woke a server up');
  });

  it('tells what has changed since, with or without a word of the program', async () => {
    const fifo = sandbox.freshPath('fifo');
    execFileSync('mkfifo', [fifo]);
    const program = script(`exec 3<>"${fifo}"; while read -r line <&3; do eval "$line"; done`);
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const file = await quiet('work');
    writeFileSync(fifo, 'cd /usr\n');
    await sandbox.waitForSession('work', (one) => one.cwd === '/usr');
    expect(existsSync(file)).toBe(true);
    writeFileSync(fifo, "printf '\\033]2;other\\007'\n");
    await waitUntil(
      () => !existsSync(file),
      () => 'the status still stands',
    );
    expect(await sandbox.session('work')).toMatchObject({ title: 'other', cwd: '/usr' });
    await quiet('work');
    await sandbox.runOk(['rename', 'work', 'play']);
    expect(await sandbox.session('play')).toMatchObject({ title: 'other' });
    await quiet('play');
    const terminal = sandbox.terminal(['attach', 'play']);
    await sandbox.waitForSession('play', (one) => one.attached !== null);
    expect(existsSync(file)).toBe(false);
    await pause(3_000);
    expect(existsSync(file)).toBe(false);
    await terminal.type('\x1c');
    await terminal.waitForExit();
    expect((await sandbox.session('play')).attached).toBe(null);
    await quiet('play');
  });

  it('tells of one whose server is stopped, and of one that was killed', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const file = await quiet('work');
    const server = await sandbox.serverPid('work');
    signal(server, 'SIGSTOP');
    await waitUntil(
      () => seeProcess(server)?.state === 'T',
      () => 'the server is not stopped',
    );
    const { stdout } = await sandbox.runOk(['list']);
    signal(server, 'SIGCONT');
    expect(stdout).toMatch(/^work +not answering/m);
    signal(server, 'SIGKILL');
    expect(await sandbox.waitForSession('work', (one) => one.state === 'stopped')).toMatchObject({ pid: null });
    expect(existsSync(file)).toBe(false);
  });

  it('leaves nothing behind when a program ends by itself, or its server is told to end', async () => {
    await sandbox.runOk(['new', '-d', 'short', '--', ...script('sleep 3')]);
    await sandbox.runOk(['new', '-d', 'told', '--', ...idle]);
    const files = [await quiet('short'), await quiet('told')];
    signal(await sandbox.serverPid('told'), 'SIGTERM');
    await waitUntil(
      () => files.every((file) => !existsSync(file)),
      () => `${files} still stand`,
    );
    const states = async () => (await sandbox.stayJson()).map(({ state }) => state).sort();
    expect(await states()).toEqual(['exited', 'stopped']);
  });

  it('has no file of a private session', async () => {
    await sandbox.runOk(['new', '-d', '--private', 'secret', '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'open', '--', ...idle]);
    await quiet('open');
    expect(existsSync(await statusFile('secret'))).toBe(false);
    await sandbox.runOk(['set', 'open', '--private']);
    expect(existsSync(await statusFile('open'))).toBe(false);
  });
});
