import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { isAlive, processesMarked, signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { linesOf, serversOf, stopSession, toldIn } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Says its own process number, then waits, with a child that has left its terminal and ignores hangups. */
const stubborn = script("trap '' HUP; setsid sleep 4000 & echo I am $$; exec sleep 4000");

async function startStubborn(): Promise<{ id: string; old: number[] }> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...stubborn]);
  const { id } = await sandbox.session('work');
  const sleepers = () => processesMarked(`STAY_SESSION=${id}`).filter((one) => one.args[0] === 'sleep');
  await waitUntil(() => sleepers().length === 2, 'program and child run');
  return { id, old: [...sleepers(), ...serversOf({ id })].map((one) => one.pid) };
}

describe('restart of an exited session', () => {
  it('starts it in place, with a line that tells how it ended', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('echo RUN; exit 4')]);
    const before = await sandbox.waitForSession('work', (one) => one.state === 'exited');
    await sandbox.runOk(['restart', 'work']);
    const after = await sandbox.waitForSession('work', (one) => one.state === 'exited');
    expect(after).toMatchObject({ id: before.id, createdAt: before.createdAt, exitCode: 4 });
    await sandbox.runOk(['restart', 'wo']);
    await sandbox.waitForSession('work', (one) => one.state === 'exited');
    const told = expect.stringMatching(/^\[stay\] .*: it ended with status 4; started again$/);
    expect(await linesOf(sandbox, 'work')).toEqual(['RUN', told, 'RUN', told, 'RUN']);
  });
});

describe('restart of a stopped session', () => {
  it('starts it again as resume does', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const { id } = await stopSession(sandbox, 'work');
    await sandbox.runOk(['restart', 'work']);
    expect(await sandbox.session('work')).toMatchObject({ id, state: 'running' });
    expect(await toldIn(sandbox, 'work')).toEqual(['its server was killed; started again']);
  });
});

describe('restart of a running session', () => {
  it('is refused without a terminal and without --yes, and nothing happens to it', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const before = await sandbox.session('work');
    const result = await sandbox.run(['restart', 'work']);
    expectRefusal(result, exitCodes.usage, /Cannot restart "work": sleep runs in it\n.*--yes/);
    expect(await sandbox.session('work')).toEqual(before);
  });

  it('--yes ends every process of it and starts it anew', async () => {
    const { id, old } = await startStubborn();
    await sandbox.runOk(['restart', 'work', '--yes']);
    expect(old.filter(isAlive)).toEqual([]);
    expect(await sandbox.session('work')).toMatchObject({ id, state: 'running' });
    expect(serversOf({ id })).toHaveLength(1);
    await waitUntil(async () => (await linesOf(sandbox, 'work')).length === 3, 'it runs');
    expect(await linesOf(sandbox, 'work')).toEqual([
      expect.stringMatching(/^I am \d+$/),
      expect.stringMatching(/^\[stay\] .*: it was ended by SIGKILL; started again$/),
      expect.stringMatching(/^I am \d+$/),
    ]);
  });

  it('--yes tells the terminal that was attached, and frees it', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...script('echo READY; exec sleep 4000')]);
    await terminal.waitFor(/READY/);
    await sandbox.runOk(['restart', '-y', 'work']);
    expect((await terminal.waitForExit()).code).toBe(129);
    expect(terminal.text()).toMatch(/\[stay\] work was ended by SIGHUP$/);
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', attached: null });
  });

  it('--yes works where its server does not answer', async () => {
    const { id, old } = await startStubborn();
    const server = await sandbox.serverPid('work');
    signal(server, 'SIGSTOP');
    const result = await sandbox.run(['restart', '--yes', 'work']);
    signal(server, 'SIGCONT');
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(old.filter(isAlive)).toEqual([]);
    expect(await sandbox.session('work')).toMatchObject({ id, state: 'running' });
  });

  it('is refused inside of it: it would end with it, and nobody would start it again', async () => {
    const program = script('stay restart --yes work; echo status $?; exec sleep 4000');
    const terminal = sandbox.terminal(['new', 'work', '--', ...program]);
    await terminal.waitFor(/Cannot restart "work": this terminal is inside it.*\n(.*\n)*status 64$/m);
    expect((await sandbox.session('work')).state).toBe('running');
  });

  it.each(['n', '\r', '\x1b', '\x03'])('on a terminal asks, and leaves it alone after %j', async (key) => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const before = await sandbox.session('work');
    const terminal = sandbox.terminal(['restart', 'work']);
    await terminal.waitFor(/^End sleep and everything else that runs in "work"\? \[y\/N\]/);
    await terminal.type(key);
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(await sandbox.session('work')).toEqual(before);
  });

  it('on a terminal asks, and restarts it after y', async () => {
    const { id, old } = await startStubborn();
    const terminal = sandbox.terminal(['restart', 'work']);
    await terminal.waitFor(/\[y\/N\]/);
    await terminal.type('y');
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(old.filter(isAlive)).toEqual([]);
    expect(await sandbox.session('work')).toMatchObject({ id, state: 'running' });
  });

  it('gives the terminal it asked on back as it was', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const shell = await sandbox.shell();
    await shell.type('stty -g > before; stay restart work; stty -g > after; cmp before after && echo SAME\r');
    await shell.waitFor(/\[y\/N\]/);
    await shell.type('n');
    await shell.waitFor(/\[y\/N\] no\nSAME$/m);
  });
});

it('restart of a session that is not there is refused', async () => {
  expectRefusal(await sandbox.run(['restart', 'nobody']), exitCodes.noSession, /nobody/);
});
