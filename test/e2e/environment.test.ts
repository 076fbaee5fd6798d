import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { seeProcess } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function environmentInside(env: Record<string, string>): Promise<Record<string, string>> {
  const path = sandbox.freshPath('env');
  await sandbox.runOk(['new', '-d', 'work', '--', ...script(`env -0 > ${path}; mv ${path} ${path}.done; sleep 4000`)], {
    env,
  });
  await waitUntil(() => existsSync(`${path}.done`), 'the program writes its environment');
  const entries = readFileSync(`${path}.done`, 'utf8').split('\0').slice(0, -1);
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}

describe('the environment inside', () => {
  it('names the terminal that is really there, and the session', async () => {
    const env = await environmentInside({
      TERM: 'dumb',
      COLORTERM: '',
      TERM_PROGRAM: 'other',
      TERM_PROGRAM_VERSION: '99',
    });
    expect(env).toMatchObject({
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TERM_PROGRAM: 'stay',
      STAY_SESSION: (await sandbox.session('work')).id,
    });
    expect(env.TERM_PROGRAM_VERSION).not.toBe('99');
  });

  it('has nothing of the terminal or multiplexer outside', async () => {
    const outer = {
      LINES: '7',
      COLUMNS: '7',
      TMUX: '/tmp/x,1,0',
      TMUX_PANE: '%1',
      STY: '1.x',
      WINDOW: '2',
      TERMCAP: 'x',
      WINDOWID: '77',
    };
    const env = await environmentInside(outer);
    for (const name of Object.keys(outer)) expect(env).not.toHaveProperty(name);
  });

  it('has what the person set', async () => {
    const env = await environmentInside({ EDITOR: 'vi', WITH_LINES: 'one\ntwo', EMPTY: '' });
    expect(env).toMatchObject({ EDITOR: 'vi', WITH_LINES: 'one\ntwo', EMPTY: '', HOME: sandbox.home, LANG: 'C.UTF-8' });
  });
});

describe('stay inside a session', () => {
  async function inside(name: string): Promise<TestTerminal> {
    const terminal = sandbox.terminal(['new', name]);
    await terminal.waitFor(promptPattern);
    return terminal;
  }

  it('refuses to attach the session to itself, in a sentence', async () => {
    const terminal = await inside('self');
    await terminal.type('clear; stay attach self; echo status-$?\r');
    await terminal.waitFor(/status-\d+\nprompt> ?$/);
    expect(terminal.text()).toMatch(/itself|inside/i);
    expect(terminal.text()).toContain(`status-${exitCodes.usage}`);
    expect((await sandbox.session('self')).attached?.pid).toBe(terminal.pty.pid);
  });

  it('refuses to attach without a name when the session is its own', async () => {
    const terminal = await inside('self');
    await terminal.type('clear; stay attach; echo status-$?\r');
    await terminal.waitFor(/status-(64|66)\nprompt> ?$/);
    expect((await sandbox.session('self')).attached?.pid).toBe(terminal.pty.pid);
  });

  it('goes to a new session and back the way it came, without nesting', async () => {
    const terminal = await inside('one');
    await terminal.type('stay new two\r');
    await sandbox.waitForSession('two', (one) => one.attached?.pid === terminal.pty.pid);
    await terminal.waitFor(promptPattern);
    await terminal.type('stay attach one\r');
    await sandbox.waitForSession('one', (one) => one.attached?.pid === terminal.pty.pid);
    expect((await sandbox.session('two')).attached).toBe(null);
  });

  it('takes the detach key of the terminal along to another session', async () => {
    await sandbox.runOk(['new', '-d', 'other', '--', ...script('echo I am other; sleep 4000')]);
    const terminal = sandbox.terminal(['new', 'outer', '--detach-keys', 'ctrl-g']);
    await terminal.waitFor(promptPattern);
    await terminal.type('stay attach other\r');
    await terminal.waitFor(/I am other/);
    await terminal.type('\x07');
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toContain('detached from other');
    expect((await sandbox.stayJson()).map(({ attached }) => attached)).toEqual([null, null]);
  });

  it('detach without a name detaches its own', async () => {
    const terminal = await inside('own');
    await terminal.type('stay detach\r');
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toMatch(/own.*detached|detached.*own/);
    expect(await sandbox.session('own')).toMatchObject({ state: 'running', attached: null });
  });

  it('detach without a name, outside of any session, says what is missing', async () => {
    const result = await sandbox.run(['detach']);
    expect(result.exitCode).toBe(exitCodes.usage);
    expect(result.stderr).toMatch(/name|session/);
  });

  it('makes sessions that do not belong to it: killing it spares them', async () => {
    const terminal = await inside('parent');
    await terminal.type('stay new -d child -- sleep 4000\r');
    await terminal.waitFor(/^child\nprompt> ?$/m);
    const child = await sandbox.session('child');
    expect(seeProcess(child.pid ?? 0)?.environment).toContain(`STAY_SESSION=${child.id}\0`);
    await sandbox.runOk(['kill', 'parent']);
    expect(await sandbox.stayJson()).toEqual([child]);
  });

  it('can kill its own session', async () => {
    const terminal = await inside('own');
    await terminal.type('stay kill own\r');
    await terminal.waitForExit();
    await waitUntil(async () => (await sandbox.stayJson()).length === 0, 'the session is gone');
  });

  it('gives --env to the program only, not to the session it is started from', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--env', 'TERM=vt100', '--', ...idle]);
    const { pid } = await sandbox.session('work');
    expect(seeProcess(pid ?? 0)?.environment).toContain('TERM=vt100\0');
  });
});
