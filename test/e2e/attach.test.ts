import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { idle, script, showKeys } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';

const sandbox = makeSandbox();
const detachKey = '\x1c';
const hasVim = spawnSync('vim', ['--version']).status === 0;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function detach(terminal: TestTerminal): Promise<void> {
  await terminal.type(detachKey);
  expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
}

describe('attaching', () => {
  it('new attaches; what is typed reaches the program; the detach key gives the shell back with one line', async () => {
    const shell = await sandbox.shell();
    await shell.type('stay new work -- bash\r');
    await sandbox.waitForSession('work', (one) => one.attached !== null);
    await shell.waitFor(promptPattern);
    await shell.type('echo inside-$STAY_SESSION\r');
    await shell.waitFor(new RegExp(`^inside-${(await sandbox.session('work')).id}$`, 'm'));
    await shell.type(detachKey);
    await shell.waitFor(/detached from work.*\nprompt> ?$/);
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', attached: null });
  });

  it('list tells who is attached', async () => {
    const before = Date.now();
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    const { attached } = await sandbox.session('work');
    expect(attached).toEqual({
      tty: expect.stringMatching(/^\/dev\/pts\/\d+$/),
      pid: terminal.pty.pid,
      since: expect.any(Number),
      from: null,
    });
    expect(attached?.since).toBeGreaterThanOrEqual(before);
    expect((await sandbox.runOk(['list'])).stdout).toContain(attached?.tty?.replace('/dev/', '') ?? '?');
  });

  it('the session takes the size of the terminal that attaches', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--',
      ...script("trap 'stty size' WINCH; echo READY; while :; do sleep 0.05; done"),
    ]);
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 91, rows: 17 });
    await terminal.waitFor(/^17 91$/m);
    expect(await sandbox.session('work')).toMatchObject({ cols: 91, rows: 17 });
  });

  it('without a name attaches the session used last', async () => {
    for (const name of ['one', 'two', 'three'])
      await sandbox.runOk(['new', '-d', name, '--', ...script(`echo I am ${name}; sleep 4000`)]);
    const first = sandbox.terminal(['attach', 'two']);
    await first.waitFor(/I am two/);
    await detach(first);
    const second = sandbox.terminal(['attach']);
    await second.waitFor(/I am two/);
  });

  it('without a name and without sessions says how to make one', async () => {
    const terminal = sandbox.terminal(['attach']);
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.noSession, signal: null });
    expect(terminal.text()).toMatch(/stay new/);
  });

  it('of an unknown session says so and leaves the terminal alone', async () => {
    const terminal = sandbox.terminal(['attach', 'nobody']);
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.noSession, signal: null });
    expect(terminal.text()).toMatch(/nobody/);
    expect(terminal.received()).not.toContain('\x1b[?1049');
  });

  it('--create makes a session that is not there, and attaches one that is', async () => {
    const first = sandbox.terminal(['attach', '--create', 'maybe']);
    await first.waitFor(promptPattern);
    await first.type('echo from-$((40 + 2))\r');
    await first.waitFor(/from-42/);
    await detach(first);
    const second = sandbox.terminal(['attach', '-c', 'maybe']);
    await second.waitFor(/from-42/);
    expect(await sandbox.stayJson()).toHaveLength(1);
  });

  it('--create takes a whole name, not the prefix of another', async () => {
    await sandbox.runOk(['new', '-d', 'maybe-not', '--', ...idle]);
    const terminal = sandbox.terminal(['attach', '--create', 'maybe']);
    await terminal.waitFor(promptPattern);
    expect((await sandbox.stayJson()).map((one) => one.name).sort()).toEqual(['maybe', 'maybe-not']);
  });

  it('--if-free refuses while somebody else is attached, whom it does not disturb', async () => {
    const holder = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await holder.waitFor(/READY/);
    const second = sandbox.terminal(['attach', '--if-free', 'work']);
    expect(await second.waitForExit()).toEqual({ code: exitCodes.busy, signal: null });
    expect(second.text()).toMatch(/work/);
    await holder.type('still here');
    await holder.waitFor(/still here/);
    await detach(holder);
    const third = sandbox.terminal(['attach', '--if-free', 'work']);
    await third.waitFor(/still here/);
  });

  it('stay detach lets the holder go from outside', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    await sandbox.runOk(['detach', 'work']);
    expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
    expect(terminal.text()).toMatch(/detached/);
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', attached: null });
  });
});

describe('what comes back', () => {
  async function expectSameAfterReattach(first: TestTerminal, name: string): Promise<TestTerminal> {
    const before = first.snapshot();
    await detach(first);
    const second = sandbox.terminal(['attach', name]);
    await second
      .waitFor(() => JSON.stringify(second.snapshot()) === JSON.stringify(before))
      .catch((error) => {
        expect(second.snapshot(), String(error)).toEqual(before);
      });
    return second;
  }

  it('the normal screen with its cursor', async () => {
    const first = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script("printf 'one\\r\\n\\033[1;31mtwo\\033[m\\033[7;20Hhere'; sleep 4000"),
    ]);
    await first.waitFor(/here/);
    await expectSameAfterReattach(first, 'work');
  });

  it('the alternate screen, and the normal one under it when the program leaves it', async () => {
    const program = script(
      "printf 'under\\r\\n'; stty raw -echo; printf '\\033[?1049h\\033[H\\033[2J\\033[5;10Hover\\033[8;3H'; read -rn1; printf '\\033[?1049l'; sleep 4000",
    );
    const first = sandbox.terminal(['new', 'work', '--', ...program]);
    await first.waitFor(/over/);
    const second = await expectSameAfterReattach(first, 'work');
    expect(second.isAlternate()).toBe(true);
    await second.type('x');
    await second.waitFor(() => !second.isAlternate() && /under/.test(second.text()));
  });

  it('a hidden cursor, mouse, bracketed paste, application keys and focus reports', async () => {
    const program = script(
      "stty raw -echo; printf 'READY\\033[?25l\\033[?1002h\\033[?1006h\\033[?2004h\\033[?1h\\033=\\033[?1004h'; sleep 4000",
    );
    const first = sandbox.terminal(['new', 'work', '--', ...program]);
    await first.waitFor(() => first.snapshot().modes.sendFocusMode === true);
    expect(first.snapshot()).toMatchObject({
      cursor: { isVisible: false },
      modes: {
        mouseTrackingMode: 'drag',
        bracketedPasteMode: true,
        applicationCursorKeysMode: true,
        applicationKeypadMode: true,
      },
    });
    const second = await expectSameAfterReattach(first, 'work');
    expect(second.received()).toContain('\x1b[?1006h');
  });

  it.skipIf(!hasVim)('vim, in the middle of its work', async () => {
    const path = sandbox.freshPath('text');
    const first = sandbox.terminal(['new', 'work', '--', 'vim', '-u', 'NONE', '-c', 'set ruler', path]);
    await first.waitFor(/0,0-1/);
    await first.type('ione two three\rfour five six\x1bk0ww');
    await first.waitFor(/1,9/);
    const second = await expectSameAfterReattach(first, 'work');
    await second.type('cwhello\x1b:wq\r');
    expect((await second.waitForExit()).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^one two hello\nfour five six\n$/);
  });

  it('the last thousand lines of history', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 5000; echo END; sleep 4000')]);
    await sandbox.waitForSession('work', (one) => one.lastOutputAt !== null);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/END/);
    const numbers = lineNumbers(terminal);
    expect(numbers.at(-1)).toBe(5000);
    expect(numbers).toEqual(consecutive(numbers[0] ?? 0, 5000));
    expect(numbers.length).toBeGreaterThanOrEqual(1000);
    expect(numbers.length).toBeLessThanOrEqual(1024);
  });

  it('as much history as the setting says, up to the ten thousand lines that are kept', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 15000; echo END; sleep 4000')]);
    const { env } = sandbox.settings('replay_lines = 10000\n');
    const all = sandbox.terminal(['attach', 'work'], { env });
    await all.waitFor(/END/);
    const numbers = lineNumbers(all);
    expect(numbers).toEqual(consecutive(numbers[0] ?? 0, 15_000));
    expect(numbers.length).toBeGreaterThanOrEqual(10_000);
    await detach(all);
    const none = sandbox.terminal(['attach', 'work'], { env: sandbox.settings('replay_lines = 0\n').env });
    await none.waitFor(/END/);
    expect(lineNumbers(none).length).toBeLessThanOrEqual(24);
  });

  it('nothing twice: what the terminal showed before attaching stays above', async () => {
    const shell = await sandbox.shell();
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 100; sleep 4000')]);
    await shell.type('echo before-attaching\r');
    await shell.waitFor(/^before-attaching$/m);
    await shell.type('stay attach work\r');
    await shell.waitFor(/line 100\s*$/);
    const history = shell.history();
    expect(history.filter((line) => line === 'before-attaching')).toHaveLength(1);
    expect(history.filter((line) => line === 'line 50')).toHaveLength(1);
    expect(history.indexOf('before-attaching')).toBeLessThan(history.indexOf('line 50'));
  });

  function lineNumbers(terminal: TestTerminal): number[] {
    return terminal
      .history()
      .flatMap((line) => /^line (\d+)$/.exec(line)?.[1] ?? [])
      .map(Number);
  }

  function consecutive(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }
});
