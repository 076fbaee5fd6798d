// The list on top of a session: it comes and goes without a trace.

import { existsSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './fidelity/support/real-programs.ts';
import { keys, makeSessions, select, selectedRow } from './support/list-screen.ts';
import { signal } from './support/processes.ts';
import { script } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const listKey = '\x01s';
let env: Record<string, string> = {};

beforeEach(() => {
  env = sandbox.settings('list_keys = ["ctrl-a s"]\n').env;
});

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function hold(program: readonly string[], ready: RegExp): Promise<TestTerminal> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
  const terminal = sandbox.terminal(['attach', 'work'], { env });
  await terminal.waitFor(ready);
  return terminal;
}

const isOverlaid = (terminal: TestTerminal) => terminal.lines()[0]?.endsWith('+ New session') ?? false;

/** Opens the list, and waits until it has its rows and its keys. */
async function openOverlay(terminal: TestTerminal): Promise<void> {
  await terminal.type(listKey);
  await terminal.waitFor(() => isOverlaid(terminal) && selectedRow(terminal) !== '' && /quit/.test(terminal.text()));
}

async function closeOverlay(terminal: TestTerminal): Promise<void> {
  await terminal.type(keys.escape);
  await terminal.waitFor(() => !isOverlaid(terminal));
}

describe('the list over a session', () => {
  it.each([keys.escape, 'q', keys.enter])('goes away by %j, and everything is as it was', async (key) => {
    const terminal = await hold(['/bin/bash'], promptPattern);
    await terminal.type('seq 40\r');
    await terminal.waitFor(/40\nprompt> ?$/);
    const [screen, history] = [terminal.snapshot(), terminal.history()];
    for (let round = 0; round < 3; round++) {
      await openOverlay(terminal);
      expect((await sandbox.session('work')).attached?.pid).toBe(terminal.pty.pid);
      await terminal.type(key);
      await terminal.waitFor(/40\nprompt> ?$/);
      expect(terminal.snapshot()).toEqual(screen);
      expect(terminal.history()).toEqual(history);
    }
    await terminal.type('echo still-$((1 + 1))\r');
    await terminal.waitFor(/still-2\nprompt> ?$/);
  });

  it.skipIf(!isInstalled('vim'))('over vim, with a shell below, leaves both as they were', async () => {
    const file = sandbox.freshPath('text');
    writeFileSync(file, Array.from({ length: 100 }, (_, n) => `line ${n} of the text\n`).join(''));
    const terminal = await hold(['/bin/bash'], promptPattern);
    await terminal.type('echo the shell below\r');
    await terminal.waitFor(/below\nprompt> ?$/);
    const shell = terminal.snapshot();
    await terminal.type(`vim -u NONE -c 'set nocompatible mouse=a' ${file}\r`);
    await terminal.waitFor(/line 20 of the text/);
    await terminal.type('5jix');
    await terminal.waitFor(() => terminal.cursor().x === 1);
    const [screen, history] = [terminal.snapshot(), terminal.history()];
    await openOverlay(terminal);
    expect(terminal.snapshot().modes).toMatchObject({ mouseTrackingMode: 'any', applicationCursorKeysMode: false });
    await terminal.type(keys.escape);
    await terminal.waitFor(() => isDeepStrictEqual(terminal.snapshot(), screen));
    expect(terminal.history()).toEqual(history);
    await terminal.type('\x1b:q!\r');
    await terminal.waitFor(() => !terminal.isAlternate() && promptPattern.test(terminal.text()));
    expect(terminal.lines().slice(0, 2)).toEqual(shell.lines.slice(0, 2));
    expect(terminal.snapshot().modes).toEqual(shell.modes);
  });

  it('what the program writes meanwhile is not held up, does not show, and is there afterwards, each line once', async () => {
    const [go, done] = [sandbox.freshPath('go'), sandbox.freshPath('done')];
    const wait = `until [ -e '${go}' ]; do sleep 0.05; done`;
    const terminal = await hold(
      script(`echo READY; ${wait}; seq -f line-%g 500; touch '${done}'; sleep 4000`),
      /READY/,
    );
    await openOverlay(terminal);
    const [top, bottom] = [terminal.lines()[0], terminal.lines().at(-1)];
    writeFileSync(go, '');
    await waitUntil(() => existsSync(done), 'the program has written everything');
    expect([terminal.lines()[0], terminal.lines().at(-1)]).toEqual([top, bottom]);
    expect(terminal.history().join()).not.toContain('line-');
    await closeOverlay(terminal);
    await terminal.waitFor(/line-500/);
    const lines = terminal.history().filter((line) => line !== '' && line !== 'READY');
    expect(lines).toEqual(Array.from({ length: 500 }, (_, n) => `line-${n + 1}`));
    expect(terminal.history().filter((line) => line === 'READY')).toHaveLength(1);
  });

  it('of what it writes meanwhile no more than replay_lines reach the history of the terminal', async () => {
    const go = sandbox.freshPath('go');
    env = sandbox.settings('list_keys = ["ctrl-a s"]\nreplay_lines = 10\n').env;
    const wait = `until [ -e '${go}' ]; do sleep 0.05; done`;
    const terminal = await hold(script(`echo READY; ${wait}; seq -f line-%g 500; sleep 4000`), /READY/);
    await openOverlay(terminal);
    writeFileSync(go, '');
    await waitUntil(
      async () => /line-500/.test((await sandbox.runOk(['peek', 'work'])).stdout),
      'the program has written everything',
    );
    await closeOverlay(terminal);
    await terminal.waitFor(/line-500/);
    const lines = terminal.history().filter((line) => line.startsWith('line-'));
    expect(lines).toEqual(Array.from({ length: 33 }, (_, n) => `line-${n + 468}`));
  });

  it('questions of the program are answered meanwhile', async () => {
    const program = script(
      "stty raw -echo; printf 'READY'; sleep 1.5; printf '\\033[c'; IFS= read -rdc answer; printf 'answered'; sleep 4000",
    );
    const terminal = await hold(program, /READY/);
    await openOverlay(terminal);
    await sandbox.waitForSession('work', (one) => one.lastOutputAt !== null && one.lastOutputAt - one.createdAt > 1400);
    await closeOverlay(terminal);
    await terminal.waitFor(/answered/);
  });

  it('Enter on another session goes there', async () => {
    await makeSessions(sandbox, 'other');
    const terminal = await hold(script('echo I am work; sleep 4000'), /I am work/);
    await openOverlay(terminal);
    await select(terminal, 'other');
    await terminal.type(keys.enter);
    await terminal.waitFor(/^I am other$/m);
    expect((await sandbox.session('other')).attached?.pid).toBe(terminal.pty.pid);
    expect((await sandbox.session('work')).attached).toBe(null);
  });

  it('a resize meanwhile is the program’s too', async () => {
    const program = script("echo READY; trap 'stty size' WINCH; while :; do sleep 0.1; done");
    const terminal = await hold(program, /READY/);
    await openOverlay(terminal);
    terminal.resize({ cols: 60, rows: 15 });
    await sandbox.waitForSession('work', (one) => one.rows === 15);
    await closeOverlay(terminal);
    await terminal.waitFor(/READY\n15 60/);
  });
});

describe('while the list is open', () => {
  const noisy = script("stty raw -echo; printf 'before\\r\\n\\033[?1049h\\033[?1003h\\033[?25lNOISY'; sleep 4000");

  it.each([
    ['a take-over', /taken over/, async (): Promise<unknown> => sandbox.terminal(['attach', 'work'])],
    ['stay detach', /detached from elsewhere/, async () => sandbox.runOk(['detach', 'work'])],
    ['stay kill', /work was killed/, async () => sandbox.runOk(['kill', 'work'])],
    ['the loss of the server', /lost work/, async () => signal(await sandbox.serverPid('work'), 'SIGKILL')],
  ] as const)('%s ends it, and the terminal is as it was', async (_, sentence, end) => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...noisy]);
    const shell = await sandbox.shell({ env });
    const before = shell.snapshot();
    await shell.type('stay attach work\r');
    await shell.waitFor(/NOISY/);
    await openOverlay(shell);
    await end();
    await shell.waitFor(() => sentence.test(shell.text()) && promptPattern.test(shell.text()));
    expect(shell.snapshot()).toMatchObject({ modes: before.modes, isAlternate: false, cursor: { isVisible: true } });
    expect(shell.history()).toContain('before');
  });

  it('the end of the program ends it, with the last words on the screen', async () => {
    const terminal = await hold(script('echo READY; sleep 5; echo last words; exit 3'), /READY/);
    await openOverlay(terminal);
    expect((await terminal.waitForExit()).code).toBe(3);
    expect(terminal.text()).toMatch(/READY\nlast words\n+\[stay\] work ended with status 3/);
  });
});
