import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { processStamp } from '../../src/platform/processes.ts';
import { keys, makeSessions, openList, select, selectedRow } from './support/list-screen.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { type ListedJson, makeSandbox, promptPattern } from './support/sandbox.ts';
import {
  changeRecord,
  linesOf,
  recordOf,
  serversOf,
  stopSession,
  toldIn,
  waitUntilSaved,
} from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Does one thing when it runs for the first time and another later, then waits. */
function firstAndLater(first: string, later: string): string[] {
  const mark = sandbox.freshPath('mark');
  return script(`if [ -e ${mark} ]; then ${later}; else touch ${mark}; ${first}; fi; exec sleep 4000`);
}

/** Makes a session that says who it is, which lies on the disk, and stops it. */
async function makeStopped(name: string, how?: NodeJS.Signals): Promise<ListedJson> {
  await makeSessions(sandbox, name);
  await waitUntilSaved(sandbox, name, `I am ${name}`);
  return stopSession(sandbox, name, how);
}

describe('a session whose server was killed, resumed,', () => {
  it('shows what it showed, and its shell is where it was', async () => {
    const before = sandbox.terminal(['new', 'work', '--env', 'KEPT=kept'], { env: { FRESH: 'old' } });
    await before.waitFor(promptPattern);
    await before.type("seq 1 100; printf '\\e[1;31m%s\\e[m\\n' crimson; cd /usr/lib\r");
    await before.waitFor(/^crimson\nprompt> ?$/m);
    const { id, createdAt } = await sandbox.session('work');
    await waitUntil(() => recordOf(sandbox, { id }).lastCwd === '/usr/lib', 'the directory is on the disk');
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['resume', 'work'], { env: { FRESH: 'new' } });
    expect(await sandbox.session('work')).toMatchObject({ id, createdAt, state: 'running', cwd: '/usr/lib' });

    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(promptPattern);
    await terminal.type('echo "$KEPT $FRESH $PWD"\r');
    await terminal.waitFor(/^kept new \/usr\/lib\nprompt> ?$/m);
    const numbers = Array.from({ length: 100 }, (_, index) => `${index + 1}`);
    const shown = terminal.history().map((line) => line.trimEnd());
    expect(shown.slice(shown.indexOf('1')).filter((line) => line !== '')).toEqual([
      ...numbers,
      'crimson',
      'prompt>',
      expect.stringMatching(/^\[stay\] \d{4}-\d\d-\d\d \d\d:\d\d: its server was killed; started again$/),
      'prompt> echo "$KEPT $FRESH $PWD"',
      'kept new /usr/lib',
      'prompt>',
    ]);
    expect((await sandbox.runOk(['peek', 'work', '--ansi'])).stdout).toMatch(/\x1b\[[0-9;]*31m[^\n]*crimson/);
  });

  it('has nothing on of what the dead program turned on', async () => {
    const modes = '\\e[?1049h\\e[?1003h\\e[?1006h\\e[?1004h\\e[?2004h\\e[?1h\\e[4h\\e[?25l\\e[3;5r\\e[45m';
    const program = firstAndLater(`printf 'BEFORE\\n${modes}DEAD'`, "printf 'LATER\\nabc'");
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    await waitUntilSaved(sandbox, 'work', 'DEAD');
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['resume', 'work']);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/^LATER\nabc$/m);
    expect(terminal.snapshot()).toMatchObject({
      isAlternate: false,
      cursor: { x: 3, isVisible: true },
      modes: {
        mouseTrackingMode: 'none',
        bracketedPasteMode: false,
        sendFocusMode: false,
        applicationCursorKeysMode: false,
        insertMode: false,
      },
    });
    expect(terminal.text()).toMatch(/^BEFORE\n\[stay\] .*\nLATER\nabc$/);
    expect((await sandbox.runOk(['peek', 'work', '--ansi'])).stdout).not.toMatch(/\x1b\[[0-9;]*45m/);
  });

  it('tells it again after the next time', async () => {
    const runs = sandbox.freshPath('runs');
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--',
      ...script(`echo >> ${runs}; echo run $(wc -l < ${runs}).; sleep 4000`),
    ]);
    for (const run of [1, 2, 3]) {
      await waitUntilSaved(sandbox, 'work', `run ${run}.`);
      await stopSession(sandbox, 'work');
      await sandbox.runOk(['resume', 'work']);
    }
    await waitUntilSaved(sandbox, 'work', 'run 4.');
    const told = expect.stringMatching(/^\[stay\] .*: its server was killed; started again$/);
    expect(await linesOf(sandbox, 'work')).toEqual(['run 1.', told, 'run 2.', told, 'run 3.', told, 'run 4.']);
  });

  it('starts in the directory it was made in where the last one is gone', async () => {
    const folder = sandbox.freshPath('gone');
    mkdirSync(folder);
    await sandbox.runOk(['new', '-d', 'work', '--cwd', '/usr', '--', ...script(`cd ${folder}; echo IN; sleep 4000`)]);
    const session = await sandbox.session('work');
    await waitUntil(() => recordOf(sandbox, session).lastCwd === folder, 'the directory is on the disk');
    await stopSession(sandbox, 'work');
    rmdirSync(folder);
    await sandbox.runOk(['resume', 'work']);
    await sandbox.waitForSession('work', (one) => one.state === 'running' && one.cwd === '/usr');
  });
});

describe('what happened is told', () => {
  it('of a server that was told to end', async () => {
    await makeStopped('work', 'SIGTERM');
    await sandbox.runOk(['resume', 'work']);
    expect(await toldIn(sandbox, 'work')).toEqual(['its server was told to end; started again']);
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['resume', 'work']);
    expect((await toldIn(sandbox, 'work')).at(-1)).toBe('its server was killed; started again');
  });

  it('of a machine that was restarted, also where a stranger has the process number of the server now', async () => {
    const session = await makeStopped('work');
    changeRecord(sandbox, session, { bootId: 'another boot', server: processStamp(process.pid) });
    await sandbox.runOk(['resume', 'work']);
    expect(await toldIn(sandbox, 'work')).toEqual(['the machine was restarted; started again']);
    expect(await sandbox.session('work')).toMatchObject({ id: session.id, state: 'running' });
  });

  it.each([
    ['exit 3', 'it ended with status 3; started again'],
    ['kill -KILL $$', 'it was ended by SIGKILL; started again'],
  ])('of an exited session: %s', async (end, told) => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...firstAndLater(`echo ONE; ${end}`, 'echo TWO')]);
    await sandbox.waitForSession('work', (one) => one.state === 'exited');
    await sandbox.runOk(['resume', 'work']);
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', exitCode: null, signal: null });
    await waitUntilSaved(sandbox, 'work', 'TWO');
    expect(await toldIn(sandbox, 'work')).toEqual([told]);
  });
});

describe('attaching to a stopped session starts it again', () => {
  it('from the command line', async () => {
    const { id } = await makeStopped('work');
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/^I am work\n\[stay\] .*: its server was killed; started again\nI am work$/);
    expect(await sandbox.session('work')).toMatchObject({ id, state: 'running', attached: { pid: terminal.pty.pid } });
  });

  it('at the size of the terminal that attaches', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...firstAndLater('echo ONE', 'echo TWO; stty size')]);
    await waitUntilSaved(sandbox, 'work', 'ONE');
    await stopSession(sandbox, 'work');
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 100, rows: 30 });
    await terminal.waitFor(/^TWO\n\d+ \d+$/m);
    expect(terminal.text()).toMatch(/^TWO\n30 100$/m);
  });

  it('from the list', async () => {
    await makeSessions(sandbox, 'other');
    await makeStopped('work');
    const list = await openList(sandbox, ['other', 'work']);
    await select(list, 'work');
    await list.waitFor(() => selectedRow(list).includes('stopped'));
    await list.type(keys.enter);
    await list.waitFor(/^I am work\n\[stay\] .*started again\nI am work$/);
    await list.type(keys.detach);
    await list.waitFor(/work +running/);
    expect(selectedRow(list)).toContain('other');
  });

  it('or says why it cannot, and leaves it as it was', async () => {
    const program = sandbox.freshPath('program');
    writeFileSync(program, '#!/bin/bash\necho HERE\nsleep 4000\n', { mode: 0o755 });
    await sandbox.runOk(['new', '-d', 'work', '--', program]);
    await waitUntilSaved(sandbox, 'work', 'HERE');
    const stopped = await stopSession(sandbox, 'work');
    rmSync(program);
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 120 });
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.cannotCreate, signal: null });
    expect(terminal.text()).toMatch(/Cannot start .*: there is no such program/);
    const list = await openList(sandbox, ['work'], { cols: 120 });
    await list.type(keys.enter);
    await list.waitFor(/there is no such program/);
    expect(await sandbox.session('work')).toEqual(stopped);
    expect(serversOf(stopped)).toEqual([]);
  });
});

describe('resume refuses', () => {
  it('a session that runs, which goes on', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const before = await sandbox.session('work');
    expectRefusal(await sandbox.run(['resume', 'work']), exitCodes.busy, /"work": it runs\n.*stay attach work/);
    expect(await sandbox.session('work')).toEqual(before);
    expect(serversOf(before)).toHaveLength(1);
  });

  it('a session that is not there, and then starts none', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    await stopSession(sandbox, 'work');
    expectRefusal(await sandbox.run(['resume', 'work', 'nobody']), exitCodes.noSession, /nobody/);
    expect((await sandbox.session('work')).state).toBe('stopped');
  });

  it.each([[[]], [['work', '--all']]])('a command line that does not say which: %j', async (args) => {
    expectRefusal(await sandbox.run(['resume', ...args]), exitCodes.usage, /Cannot resume/);
  });
});
