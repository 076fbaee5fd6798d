import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { signal } from './support/processes.ts';
import { script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';

const sandbox = makeSandbox();
const detachKey = '\x1c';

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('the end of the program', () => {
  it.each([
    ['exit 0', 0],
    ['exit 7', 7],
    ['kill -TERM $$', 143],
    ['kill -KILL $$', 137],
  ])('while attached, after `%s`, ends the client with status %i and one line', async (text, status) => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...script(`echo last words; ${text}`)]);
    expect(await terminal.waitForExit()).toEqual({ code: status, signal: null });
    expect(terminal.text()).toMatch(/last words/);
    const told = terminal.history().filter((line) => /\[stay\]|ended|exited|status/.test(line));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/work/);
  });

  it('loses nothing of the last output', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...script('seq -f "line %.0f" 1 3000; exit 5')]);
    expect(await terminal.waitForExit()).toEqual({ code: 5, signal: null });
    expect(terminal.history().filter((line) => /^line \d+$/.test(line))).toHaveLength(3000);
  });

  it('while detached leaves the session as exited; attach shows its last screen and its status; kill removes it', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('echo last words; exit 3')]);
    await sandbox.waitForSession('work', (one) => one.state === 'exited');
    const terminal = sandbox.terminal(['attach', 'work']);
    const exit = await terminal.waitForExit();
    expect(terminal.text()).toMatch(/last words/);
    expect(terminal.text()).toMatch(/(ended|exited).*3/);
    expect(exit).toEqual({ code: 3, signal: null });
    await sandbox.runOk(['kill', 'work']);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});

describe('leaving', () => {
  async function signalHolder(name: NodeJS.Signals): Promise<void> {
    signal((await sandbox.session('work')).attached?.pid ?? 0, name);
  }

  async function killServer(): Promise<void> {
    signal(await sandbox.serverPid('work'), 'SIGKILL');
  }

  const noisy =
    "printf '\\033[?25l\\033[?1003h\\033[?1006h\\033[?2004h\\033[?1004h\\033[?1h\\033=\\033[?7l\\033[?1049h\\033[2J\\033[3;10r\\033[4 q\\033]2;inner\\007\\033[31mNOISY'";

  it.each([
    ['detaching', 'sleep 4000', (shell: TestTerminal) => shell.type(detachKey)],
    ['being detached', 'sleep 4000', () => sandbox.runOk(['detach', 'work'])],
    ['being killed', 'sleep 4000', () => sandbox.runOk(['kill', 'work'])],
    ['the end of the program', 'read -rn1', (shell: TestTerminal) => shell.type('x')],
    ['a signal to end', 'sleep 4000', () => signalHolder('SIGTERM')],
    ['an interrupt', 'sleep 4000', () => signalHolder('SIGINT')],
    ['the loss of the server', 'sleep 4000', killServer],
  ] as const)('by %s gives the terminal back as it was', async (_, rest, leave) => {
    const shell = await sandbox.shell();
    const [before, after, program] = ['before', 'after', 'program'].map(sandbox.freshPath) as [string, string, string];
    writeFileSync(program, `stty raw -echo; ${noisy}; ${rest}`);
    const modesBefore = shell.snapshot().modes;
    await shell.type(`stty -g > ${before}; stay new work -- bash ${program}; echo status-$?; stty -g > ${after}\r`);
    await shell.waitFor(/NOISY/);
    await shell.waitFor(() => shell.isAlternate());
    await leave(shell);
    await shell.waitFor(/^status-\d+\nprompt> ?$/m);
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(before, 'utf8'));
    expect({ ...shell.snapshot().modes, isVisible: shell.cursor().isVisible }).toEqual({
      ...modesBefore,
      isVisible: true,
    });
    expect(shell.isAlternate()).toBe(false);
    expect(shell.lines()[shell.cursor().y]).toMatch(/^prompt> ?$/);
    await shell.type('echo typing-$((1 + 1))\r');
    await shell.waitFor(/^typing-2$/m);
  });
});
