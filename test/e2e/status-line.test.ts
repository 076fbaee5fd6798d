// The line below a session, and the session's name in the title, in a terminal of a person.

import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from './fidelity/support/real-programs.ts';
import { keys, selectedRow } from './support/list-screen.ts';
import { signal } from './support/processes.ts';
import { script } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';

const sandbox = makeSandbox();
const detachKey = '\x1c';
const line = /^ work {2}\d\d:\d\d {2}ctrl-\\ detach {2}f8 next$/;
const size = { cols: 80, rows: 24 };

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const withLine = () => sandbox.settings('status = true\nnext_keys = ["f8"]\nlist_keys = []\n').env;

async function hold(program: readonly string[], ready: RegExp): Promise<TestTerminal> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
  const terminal = sandbox.terminal(['attach', 'work'], { ...size, env: withLine() });
  await terminal.waitFor(() => ready.test(above(terminal)) && line.test(terminal.lines().at(-1) ?? ''));
  return terminal;
}

/** What the program shows. */
function above(terminal: TestTerminal): string {
  return terminal.lines().slice(0, -1).join('\n').trimEnd();
}

function hasLine(terminal: TestTerminal): boolean {
  return line.test(terminal.lines().at(-1) ?? '');
}

describe('the line', () => {
  it('names session, time and keys, and takes one row from the program', async () => {
    const terminal = await hold(['/bin/bash'], promptPattern);
    await terminal.type('stty size; seq 50\r');
    await terminal.waitFor(() => /50\nprompt> ?$/.test(above(terminal)));
    expect(terminal.history()).toContain('23 80');
    expect(terminal.history().filter((row) => /^\d+$/.test(row))).toHaveLength(50);
    expect(terminal.history().filter((row) => line.test(row))).toHaveLength(1);
    expect(hasLine(terminal)).toBe(true);
  });

  it('stays where it is over clear, resets, regions and positions beyond the screen', async () => {
    const terminal = await hold(['/bin/bash'], promptPattern);
    for (const bytes of [
      '\\033[2J\\033[H',
      '\\033[r',
      '\\033c',
      '\\033[!p',
      '\\033[999;1Hbelow',
      '\\033#8\\033[2J\\033[H',
    ]) {
      await terminal.type(`printf '${bytes}'; seq -s ' ' 3\r`);
      await terminal.waitFor(() => /1 2 3\nprompt> ?$/.test(above(terminal)) && hasLine(terminal));
    }
    await terminal.type('clear\r');
    await terminal.waitFor(() => above(terminal).trim() === 'prompt>' && hasLine(terminal));
    expect(terminal.history().filter((row) => line.test(row))).toHaveLength(1);
  });

  it('tells the program of its own rows only, also the terminal’s answers', async () => {
    // The terminal of the tests answers no other question about its size.
    const ask = "printf '\\033[999;999H\\033[6n'; IFS= read -rdR answer; printf '%q' \"$answer\"";
    const program = `stty raw -echo; ${ask}; sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(`read -r; ${program}`)]);
    const terminal = sandbox.terminal(['attach', 'work'], { ...size, env: withLine() });
    await terminal.waitFor(() => hasLine(terminal));
    await terminal.type('\r');
    await terminal.waitFor(() => /\[23;80/.test(above(terminal)));
  });

  it.skipIf(!isInstalled('vim'))('is there beside vim, and the screen is as with one row less', async () => {
    const file = sandbox.freshPath('text');
    writeFileSync(file, Array.from({ length: 200 }, (_, n) => `line ${n} of the text\n`).join(''));
    const command = ['vim', '-n', '-u', 'NONE', file];
    const alone = sandbox.open(command, { ...size, rows: size.rows - 1 });
    const terminal = await hold(command, /line 20 of the text/);
    for (const typed of ['G', 'gg', '10\x04', '20\x19', ':vsplit\r', 'ddp', '\x06', 'zz', ':split\r', '30j', '\x17q']) {
      await alone.type(typed);
      await terminal.type(typed);
    }
    for (const one of [alone, terminal]) await one.type(':echo "arri" . "ved"\r');
    await alone.waitFor(/arrived/);
    await terminal.waitFor(() => /arrived/.test(above(terminal)));
    expect(above(terminal)).toBe(alone.text());
    expect(terminal.cursor()).toEqual(alone.cursor());
    expect(hasLine(terminal)).toBe(true);
  });

  it.skipIf(!isInstalled('less'))('is there beside less, up and down', async () => {
    const file = sandbox.freshPath('text');
    writeFileSync(file, Array.from({ length: 300 }, (_, n) => `line ${n} of the text\n`).join(''));
    const alone = sandbox.open(['less', file], { ...size, rows: size.rows - 1 });
    const terminal = await hold(['less', file], /line 20 of the text/);
    for (const typed of [' ', ' ', 'b', 'jjjj', 'kk', 'G', 'y', 'g', '/line 99\r']) {
      await alone.type(typed);
      await terminal.type(typed);
    }
    await alone.waitFor(/^line 99 /);
    await terminal.waitFor(() => /^line 99 /.test(above(terminal)));
    expect(above(terminal)).toBe(alone.text());
    expect(hasLine(terminal)).toBe(true);
  });

  it('follows a resize, and gives way where there is no room', async () => {
    const terminal = await hold(script('echo READY; sleep 4000'), /READY/);
    for (const next of [
      { cols: 60, rows: 12 },
      { cols: 100, rows: 30 },
    ]) {
      terminal.resize(next);
      await sandbox.waitForSession('work', (one) => one.rows === next.rows - 1);
      await terminal.waitFor(() => hasLine(terminal) && terminal.lines().filter((row) => line.test(row)).length === 1);
    }
    terminal.resize({ cols: 60, rows: 2 });
    await sandbox.waitForSession('work', (one) => one.rows === 2);
    await terminal.waitFor(() => !terminal.lines().some((row) => line.test(row)));
  });

  it('follows a new name', async () => {
    const terminal = await hold(script('echo READY; sleep 4000'), /READY/);
    await sandbox.runOk(['rename', 'work', 'play']);
    await terminal.waitFor(() => /^ play {2}\d\d:\d\d/.test(terminal.lines().at(-1) ?? ''));
  });

  it('is back after the list', async () => {
    const env = sandbox.settings('status = true\nnext_keys = ["f8"]\nlist_keys = ["f9"]\n').env;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq 40; sleep 4000')]);
    const terminal = sandbox.terminal(['attach', 'work'], { ...size, env });
    await terminal.waitFor(() => /^ work .* f9 list$/.test(terminal.lines().at(-1) ?? ''));
    const [screen, history] = [terminal.snapshot(), terminal.history()];
    await terminal.type('\x1b[20~');
    await terminal.waitFor(() => selectedRow(terminal).includes('work'));
    await terminal.type(keys.escape);
    await terminal.waitFor(() => terminal.lines()[0] === screen.lines[0]);
    await terminal.waitFor(() => terminal.lines().at(-1) === screen.lines.at(-1));
    expect(terminal.snapshot()).toEqual(screen);
    expect(terminal.history()).toEqual(history);
  });

  const noisy = script("stty raw -echo; seq 30; printf '\\033[?1049h\\033[2;9r\\033[?6hNOISY'; read -rn1");

  it.each([
    ['detaching', (shell: TestTerminal) => shell.type(detachKey)],
    ['being detached', () => sandbox.runOk(['detach', 'work'])],
    ['a take-over', () => void sandbox.terminal(['attach', 'work'])],
    ['the end of the program', (shell: TestTerminal) => shell.type('x')],
    ['a signal', async () => signal((await sandbox.session('work')).attached?.pid ?? 0, 'SIGTERM')],
    ['the loss of the server', async () => signal(await sandbox.serverPid('work'), 'SIGKILL')],
  ] as const)('leaves nothing behind after %s', async (_, leave) => {
    const shell = await sandbox.shell({ ...size, env: withLine() });
    const { modes } = shell.snapshot();
    await sandbox.runOk(['new', '-d', 'work', '--', ...noisy]);
    await shell.type('stay attach work; echo status-$?\r');
    await shell.waitFor(() => /NOISY/.test(above(shell)) && hasLine(shell));
    await leave(shell);
    await shell.waitFor(/status-\d+\nprompt> ?$/);
    expect(shell.snapshot()).toMatchObject({ modes, isAlternate: false });
    expect(shell.history().filter((row) => /work {2}\d\d:\d\d/.test(row))).toEqual([]);
    // The region is the whole screen again.
    await shell.type('clear; seq 60\r');
    await shell.waitFor(/60\nprompt> ?$/);
    expect(shell.lines()).toHaveLength(size.rows);
    expect(shell.lines().at(-1)).toMatch(promptPattern);
  });
});

describe('the title', () => {
  it('names the session before what the program says, and is given back', async () => {
    const env = sandbox.settings('status = "title"\n').env;
    const shell = await sandbox.shell({ ...size, env });
    await shell.type("printf '\\033]2;my own\\007'\r");
    await sandbox.runOk(['new', '-d', 'work', '--', '/bin/bash']);
    await shell.type('stay attach work\r');
    await shell.waitFor(() => shell.received().includes('\x1b]2;work\x1b\\'));
    await shell.type("stty size; printf '\\033]0;inner\\007'\r");
    await shell.waitFor(() => shell.received().includes('\x1b]2;work - inner\x1b\\'));
    expect(shell.text()).toContain('24 80');
    await shell.type(detachKey);
    await shell.waitFor(/detached from work\nprompt> ?$/);
    expect(shell.received().lastIndexOf('\x1b[23;0t')).toBeGreaterThan(shell.received().lastIndexOf('\x1b]2;work'));
  });
});
