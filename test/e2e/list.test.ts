import { mkdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';

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
