import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { describeProcess, processesMarked, seeProcess, signal } from './support/processes.ts';
import { idle, script, showKeys } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Starts a session whose shell runs `text`, then waits for the process whose arguments are `args`. */
async function startWith(text: string, args: string): Promise<{ id: string; server: number; pid: number }> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...script(`${text}\nsleep 4000`)]);
  const session = await sandbox.session('work');
  const isThere = () => processesMarked(`STAY_SESSION=${session.id}`).find((one) => one.args.join(' ') === args);
  const found = await waitUntil(isThere, () => `${args} runs; there is:\n${membersOf(session.id).join('\n')}`);
  return { id: session.id, server: await sandbox.serverPid('work'), pid: found.pid };
}

function membersOf(id: string): string[] {
  return processesMarked(`STAY_SESSION=${id}`).map(describeProcess);
}

async function expectKilled({ id, server }: { id: string; server: number }): Promise<void> {
  await sandbox.runOk(['kill', 'work']);
  // At once, not after a while: the verb waits for it.
  expect(membersOf(id)).toEqual([]);
  expect(seeProcess(server)).toBe(null);
  expect(await sandbox.stayJson()).toEqual([]);
}

describe('kill ends', () => {
  it('a program that obeys, at once', async () => {
    const started = await startWith('true', 'sleep 4000');
    const startedAt = performance.now();
    await expectKilled(started);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('a program that ignores hangups, after two seconds', async () => {
    const started = await startWith("trap '' HUP TERM INT; sleep 301", 'sleep 301');
    const startedAt = performance.now();
    await expectKilled(started);
    expect(performance.now() - startedAt).toBeGreaterThan(1_500);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it.each([
    ['a child that ignores hangups', "(trap '' HUP; exec sleep 302) &", 'sleep 302'],
    ['a child that called setsid', 'setsid --wait sleep 303 &', 'sleep 303'],
    ['an orphan that called setsid', '(setsid sleep 304 &)', 'sleep 304'],
    ['an orphan that called setsid and ignores hangups', "(trap '' HUP; setsid sleep 305 &)", 'sleep 305'],
    ['a background job', 'set -m; sleep 306 &', 'sleep 306'],
    ['a job under nohup', 'nohup sleep 307 > /dev/null 2>&1 &', 'sleep 307'],
    ['a disowned job', 'set -m; sleep 308 & disown', 'sleep 308'],
    ['an orphan in the terminal session', '(sleep 309 &)', 'sleep 309'],
  ])('%s', async (_, text, args) => {
    await expectKilled(await startWith(text, args));
  });

  it('a stopped job', async () => {
    const started = await startWith('sleep 310 &', 'sleep 310');
    signal(started.pid, 'SIGSTOP');
    await waitUntil(() => seeProcess(started.pid)?.state === 'T', 'it is stopped');
    await expectKilled(started);
  });

  it('a stopped job of an interactive shell', async () => {
    const terminal = sandbox.terminal(['new', 'work']);
    await terminal.waitFor(promptPattern);
    await terminal.type('sleep 311\r');
    const { id } = await sandbox.session('work');
    await waitUntil(() => membersOf(id).some((line) => line.endsWith(': sleep 311')), 'the job runs');
    await terminal.type('\x1a');
    await terminal.waitFor(/Stopped/);
    await sandbox.runOk(['kill', 'work']);
    expect(membersOf(id)).toEqual([]);
  });

  it('a daemon that also cleared its environment but is still a descendant', async () => {
    // Not marked by anything but its arguments, which must be those of this run alone.
    const daemon = `sleep 312.${process.pid}`;
    const text = `env -i setsid --wait ${daemon} &`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(`${text} sleep 4000`)]);
    const pid = (await sandbox.session('work')).pid ?? 0;
    const isThere = () => processesMarked(daemon).find((one) => one.args.join(' ') === daemon);
    const found = await waitUntil(isThere, 'the daemon runs');
    expect(seeProcess(pid)).not.toBe(null);
    await sandbox.runOk(['kill', 'work']);
    expect(seeProcess(found.pid)).toBe(null);
  });

  it('programs that keep starting others', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--',
      ...script("trap '' HUP; while :; do (sleep 0.05 &); sleep 0.01; done"),
    ]);
    const { id } = await sandbox.session('work');
    await sandbox.runOk(['kill', 'work']);
    expect(membersOf(id)).toEqual([]);
  });
});

describe('the verb', () => {
  it('takes several names', async () => {
    for (const name of ['one', 'two', 'three']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    await sandbox.runOk(['kill', 'one', 'three']);
    expect((await sandbox.stayJson()).map((one) => one.name)).toEqual(['two']);
  });

  it('tells which session it was where only the beginning of its name was given', async () => {
    for (const name of ['one', 'two']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    expect((await sandbox.runOk(['kill', 'one'])).stderr).toBe('');
    expect((await sandbox.runOk(['kill', 'tw'])).stderr).toBe('[stay] killed two\n');
  });

  it('kills nothing when one of the names is unknown', async () => {
    for (const name of ['one', 'two']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    const result = await sandbox.run(['kill', 'one', 'nobody']);
    expect(result.exitCode).toBe(exitCodes.noSession);
    expect(result.stderr).toMatch(/nobody/);
    expect(await sandbox.stayJson()).toHaveLength(2);
  });

  it('--all kills all, in any state, and is content with none', async () => {
    await sandbox.runOk(['new', '-d', 'running', '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'exited', '--', 'true']);
    await sandbox.runOk(['new', '-d', 'stopped', '--', ...idle]);
    signal(await sandbox.serverPid('stopped'), 'SIGKILL');
    await sandbox.waitForSession('stopped', (one) => one.state === 'stopped');
    await sandbox.waitForSession('exited', (one) => one.state === 'exited');
    await sandbox.runOk(['kill', '--all']);
    expect(await sandbox.stayJson()).toEqual([]);
    await sandbox.runOk(['kill', '--all']);
  });

  it('removes a stopped session together with those of its processes that outlived the server', async () => {
    const started = await startWith("(trap '' HUP; exec sleep 313) &", 'sleep 313');
    signal(started.server, 'SIGKILL');
    await sandbox.waitForSession('work', (one) => one.state === 'stopped');
    await expectKilled(started);
  });

  it('of an exited session ends what its program left behind', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('(setsid sleep 314 &); sleep 0.2; exit 2')]);
    const { id } = await sandbox.waitForSession('work', (one) => one.state === 'exited');
    expect(membersOf(id)).toHaveLength(1);
    await sandbox.runOk(['kill', 'work']);
    expect(membersOf(id)).toEqual([]);
    expect(await sandbox.stayJson()).toEqual([]);
  });

  it('tells the client that is attached, and its terminal is its own again', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    await sandbox.runOk(['kill', 'work']);
    await terminal.waitForExit();
    const told = terminal.history().filter((line) => /\[stay\]/.test(line));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/work.*(killed|ended)/);
  });

  it('ends a session whose server is stopped', async () => {
    const started = await startWith('true', 'sleep 4000');
    signal(started.server, 'SIGSTOP');
    const result = await sandbox.run(['kill', 'work']);
    signal(started.server, 'SIGCONT');
    expect(result).toMatchObject({ exitCode: 0 });
    await waitUntil(() => seeProcess(started.server) === null, 'the server is gone');
    expect(membersOf(started.id)).toEqual([]);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});
