// From one session to another without the shell in between: by keys, and by what is typed inside.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { keys, makeSessions } from './support/list-screen.ts';
import { script } from './support/programs.ts';
import { makeSandbox, promptPattern, type TerminalOptions } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';

const sandbox = makeSandbox();
const detachKey = '\x1c';
const settings = `next_keys = ["ctrl-a n"]
previous_keys = ["ctrl-a p"]
last_keys = ["ctrl-a ctrl-a"]
`;
const [next, previous, last] = ['\x01n', '\x01p', '\x01\x01'];
let env: Record<string, string> = {};

beforeEach(() => {
  env = sandbox.settings(settings).env;
});

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const attachTo = (name: string, options: TerminalOptions = {}) =>
  sandbox.terminal(['attach', name], { ...options, env: { ...env, ...options.env } });

const shows = (name: string) => new RegExp(`I am ${name}`);

/** A shell inside a session, ready for typing. */
async function shellIn(name: string): Promise<TestTerminal> {
  await sandbox.runOk(['new', '-d', name, '--', '/bin/bash']);
  const terminal = attachTo(name);
  await terminal.waitFor(promptPattern);
  return terminal;
}

describe('keys', () => {
  it('go to the next and the previous session as they were made, and around the ends', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'gamma');
    const terminal = attachTo('alpha');
    await terminal.waitFor(shows('alpha'));
    for (const [key, name] of [
      [next, 'beta'],
      [next, 'gamma'],
      [next, 'alpha'],
      [previous, 'gamma'],
      [previous, 'beta'],
    ] as const) {
      await terminal.type(key);
      await sandbox.waitForSession(name, (one) => one.attached?.pid === terminal.pty.pid);
      await terminal.waitFor(() => terminal.text().includes(`I am ${name}`));
    }
    await terminal.type(detachKey);
    expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
    expect(terminal.text()).toContain('[stay] detached from beta');
    expect((await sandbox.stayJson()).filter(({ attached }) => attached !== null)).toEqual([]);
  });

  it('go back to the session before, and back again', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'gamma');
    const terminal = attachTo('gamma');
    await terminal.waitFor(shows('gamma'));
    await terminal.type(next);
    for (const name of ['alpha', 'gamma', 'alpha']) {
      await sandbox.waitForSession(name, (one) => one.attached?.pid === terminal.pty.pid);
      await terminal.type(last);
    }
    await sandbox.waitForSession('gamma', (one) => one.attached?.pid === terminal.pty.pid);
  });

  it('typed twice in one read go two sessions far, and what follows reaches the second', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    await sandbox.runOk(['new', '-d', 'gamma', '--', ...script('stty raw -echo; echo I am gamma; exec cat -v')]);
    const terminal = attachTo('alpha');
    await terminal.waitFor(shows('alpha'));
    await terminal.type(`${next}${next}for gamma`);
    await terminal.waitFor(/I am gamma\s+for gamma/);
  });

  it('leave no trace of the modes of the first session', async () => {
    const noisy =
      "printf '\\033[?1049h\\033[?1003h\\033[?1006h\\033[?2004h\\033[?25l\\033[3;5r\\033[31mNOISY'; sleep 4000";
    await sandbox.runOk(['new', '-d', 'noisy', '--', ...script(noisy)]);
    await makeSessions(sandbox, 'quiet');
    const terminal = attachTo('quiet');
    await terminal.waitFor(shows('quiet'));
    const quiet = terminal.snapshot();
    await terminal.type(next);
    await terminal.waitFor(/NOISY/);
    expect(terminal.isAlternate()).toBe(true);
    await terminal.type(next);
    await terminal.waitFor(() => !terminal.isAlternate() && shows('quiet').test(terminal.text()));
    expect(terminal.snapshot()).toEqual(quiet);
  });

  it('stay where they are when there is no other session, which is told in one line and goes away', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'only',
      '--',
      ...script('printf "one\\ntwo\\n"; read -r; echo heard; sleep 4000'),
    ]);
    const terminal = attachTo('only');
    await terminal.waitFor(/two/);
    const before = terminal.snapshot();
    await terminal.type(next);
    await terminal.waitFor(/\[stay\] there is no other session/);
    expect(terminal.lines()[0]).toBe('one');
    await terminal.type('\r');
    await terminal.waitFor(/heard/);
    expect(terminal.text()).not.toContain('[stay]');
    expect(before.lines.slice(0, 2)).toEqual(terminal.lines().slice(0, 2));
  });

  it('tell that the session before has ended, and stay', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const terminal = attachTo('alpha');
    await terminal.waitFor(shows('alpha'));
    await terminal.type(next);
    await terminal.waitFor(shows('beta'));
    await sandbox.runOk(['kill', 'alpha']);
    await terminal.type(last);
    await terminal.waitFor(/\[stay\] Cannot find a session/);
    expect((await sandbox.session('beta')).attached?.pid).toBe(terminal.pty.pid);
  });

  it('that stand in two settings are refused with their line', async () => {
    await makeSessions(sandbox, 'alpha');
    const bad = sandbox.settings('next_keys = ["f8"]\nlast_keys = ["f8"]\n');
    const terminal = sandbox.terminal(['attach', 'alpha'], { env: bad.env, cols: 160 });
    expect((await terminal.waitForExit()).code).toBe(exitCodes.usage);
    expect(terminal.text()).toContain(`line 2: "last_keys" has the key "f8", and so has "next_keys"`);
  });
});

describe('typed inside a session', () => {
  it.each(['switch', 'attach'])('stay %s moves the client there instead of nesting', async (verb) => {
    await makeSessions(sandbox, 'other');
    const terminal = await shellIn('work');
    await terminal.type(`stay ${verb} other\r`);
    await terminal.waitFor(shows('other'));
    expect((await sandbox.session('other')).attached?.pid).toBe(terminal.pty.pid);
    expect((await sandbox.session('work')).attached).toBe(null);
    await terminal.type(detachKey);
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toContain('[stay] detached from other');
  });

  it('the list moves the client to the session that is chosen in it, and is still there afterwards', async () => {
    await makeSessions(sandbox, 'other');
    const terminal = await shellIn('work');
    await terminal.type('stay\r');
    // Selected from the beginning: where one is already is no choice.
    await terminal.waitFor(/> .*other/);
    await terminal.type(keys.enter);
    await terminal.waitFor(() => shows('other').test(terminal.text()) && !/New session/.test(terminal.text()));
    expect((await sandbox.session('other')).attached?.pid).toBe(terminal.pty.pid);
    await terminal.type(detachKey);
    expect((await terminal.waitForExit()).code).toBe(0);
    const again = attachTo('work');
    await again.waitFor(/New session/);
    await again.type('q');
    await again.waitFor(promptPattern);
  });

  it('stay attach without a name goes to the other one that was used last', async () => {
    await makeSessions(sandbox, 'other');
    const terminal = await shellIn('work');
    await terminal.type('stay attach\r');
    await terminal.waitFor(shows('other'));
  });

  it('stay attach --if-free does not take it from anybody', async () => {
    await makeSessions(sandbox, 'other');
    const holder = sandbox.terminal(['attach', 'other']);
    await holder.waitFor(shows('other'));
    const terminal = await shellIn('work');
    await terminal.type('stay attach --if-free other\r');
    await terminal.waitFor(/holds it/);
    expect((await sandbox.session('other')).attached?.pid).toBe(holder.pty.pid);
  });

  it('the name of the session itself is refused in words', async () => {
    const terminal = await shellIn('work');
    await terminal.type('stay switch work; stay attach work\r');
    await terminal.waitFor(/(Cannot attach to "work": this terminal is inside it[\s\S]*){2}prompt> ?$/);
  });

  it('stay attach of a session that shows this one is refused, however deep', async () => {
    const terminal = await shellIn('outer');
    await sandbox.runOk(['new', '-d', 'inner', '--', '/bin/bash']);
    // Without the variable it nests, as a stay inside of an ssh does.
    await terminal.type('env -u STAY_SESSION stay attach inner\r');
    await sandbox.waitForSession('inner', (one) => one.attached !== null);
    await terminal.type('stay attach inner\r');
    await terminal.waitFor(/Cannot attach to "inner": this terminal is inside it/);
  });

  it('stay attach still nests where nobody can be moved', async () => {
    await makeSessions(sandbox, 'other');
    const { id } = await sandbox.session('other');
    await makeSessions(sandbox, 'unheld');
    const unheld = await sandbox.session('unheld');
    const terminal = sandbox.terminal(['attach', id], { env: { ...env, STAY_SESSION: unheld.id } });
    await terminal.waitFor(shows('other'));
    expect((await sandbox.session('other')).attached?.pid).toBe(terminal.pty.pid);
  });

  it('stay switch says so when nobody can be moved, and outside of a session', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const outside = await sandbox.run(['switch', 'alpha']);
    expect(outside).toMatchObject({ exitCode: exitCodes.usage });
    expect(outside.stderr).toMatch(/not inside a session\n.*stay attach alpha/);
    const { id } = await sandbox.session('beta');
    const unheld = await sandbox.run(['switch', 'alpha'], { env: { STAY_SESSION: id } });
    expect(unheld).toMatchObject({ exitCode: exitCodes.busy });
    expect(unheld.stderr).toMatch(/nobody holds this session who can be sent/);
  });

  it('a client that was sent to a session that is gone comes back', async () => {
    await makeSessions(sandbox, 'alpha');
    const terminal = await shellIn('work');
    await terminal.type('stay switch nonsense\r');
    await terminal.waitFor(/Cannot find a session "nonsense"[\s\S]*prompt> ?$/);
    expect((await sandbox.session('work')).attached?.pid).toBe(terminal.pty.pid);
  });
});
