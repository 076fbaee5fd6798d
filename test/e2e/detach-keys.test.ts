import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import type { TestTerminal } from './support/screen.ts';
import { pause } from './support/waiting.ts';

const sandbox = makeSandbox();

/** Milliseconds between bytes that must arrive in separate reads; above any hold for the rest of an escape sequence. */
const apartMs = 60;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function startWith(options: { flags?: string[]; settings?: string } = {}): Promise<TestTerminal> {
  const env = options.settings === undefined ? {} : sandbox.settings(options.settings).env;
  const terminal = sandbox.terminal(['new', 'work', ...(options.flags ?? []), '--', ...showKeys], { env });
  await terminal.waitFor(/READY/);
  return terminal;
}

async function expectDetached(terminal: TestTerminal): Promise<void> {
  expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
  expect(terminal.text()).toMatch(/work.*detached|detached.*work/);
  expect((await sandbox.session('work')).attached).toBe(null);
}

/** What the program was given, as cat -v shows it, now that `mark` has arrived. */
async function keysUntil(terminal: TestTerminal, mark: string): Promise<string> {
  await terminal.type(mark);
  await terminal.waitFor(() => terminal.text().includes(mark));
  return terminal.text().replace('READY', '').trim().replace(mark, '');
}

describe('the key', () => {
  it('is ctrl-\\ by default', async () => {
    const terminal = await startWith();
    await terminal.type('\x1c');
    await expectDetached(terminal);
  });

  it('is found in the middle of other keys, which reach the program', async () => {
    const terminal = await startWith();
    await terminal.type('before\x1c');
    await expectDetached(terminal);
    const again = sandbox.terminal(['attach', 'work']);
    await again.waitFor(/before/);
  });

  it('can be set in the settings file, and the default is then an ordinary key', async () => {
    const terminal = await startWith({ settings: 'detach_keys = ["ctrl-g"]\n' });
    await terminal.type('\x1c');
    expect(await keysUntil(terminal, 'MARK')).toBe('^\\');
    await terminal.type('\x07');
    await expectDetached(terminal);
  });

  it('can be one of several', async () => {
    const settings = 'detach_keys = ["ctrl-g", "ctrl-a d", "f12"]\n';
    for (const keys of ['\x07', '\x01d', '\x1b[24~']) {
      const terminal = await startWith({ settings });
      await terminal.type(keys);
      await expectDetached(terminal);
      await sandbox.runOk(['kill', 'work']);
    }
  });

  it('can be set by a flag, which wins over the settings', async () => {
    const terminal = await startWith({ settings: 'detach_keys = ["ctrl-g"]\n', flags: ['--detach-keys', 'ctrl-b x'] });
    await terminal.type('\x07');
    expect(await keysUntil(terminal, 'MARK')).toBe('^G');
    await terminal.type('\x02x');
    await expectDetached(terminal);
  });

  it('can be none: then every key reaches the program, and detaching works from outside', async () => {
    const terminal = await startWith({ settings: 'detach_keys = []\n' });
    await terminal.type('\x1c\x01');
    expect(await keysUntil(terminal, 'MARK')).toBe('^\\^A');
    await sandbox.runOk(['detach', 'work']);
    await expectDetached(terminal);
  });
});

describe('a sequence', () => {
  const settings = 'detach_keys = ["ctrl-a d"]\n';

  it('is found when its keys arrive apart', async () => {
    const terminal = await startWith({ settings });
    await terminal.type('\x01');
    await pause(apartMs);
    await terminal.type('d');
    await expectDetached(terminal);
  });

  it('that is broken off reaches the program whole', async () => {
    const terminal = await startWith({ settings });
    await terminal.type('\x01x');
    await terminal.type('\x01');
    await pause(apartMs);
    await terminal.type('y');
    expect(await keysUntil(terminal, 'MARK')).toBe('^Ax^Ay');
  });

  it('that starts again inside itself is found, and the first key reaches the program', async () => {
    const terminal = await startWith({ settings });
    await terminal.type('\x01\x01d');
    await expectDetached(terminal);
    const again = sandbox.terminal(['attach', 'work']);
    await again.waitFor(/\^A/);
    expect(again.text().replace('READY', '').trim()).toBe('^A');
  });

  it('is not found inside a bracketed paste, wherever the paste is cut', async () => {
    const paste = '\x1b[200~one\x1c two\x01d three\x1b[201~';
    for (const cut of [0, 2, 4, 10, 19, paste.length - 3]) {
      const terminal = await startWith({ settings: 'detach_keys = ["ctrl-a d", "ctrl-\\\\"]\n' });
      await terminal.type(paste.slice(0, cut));
      await pause(cut === 0 ? 0 : apartMs);
      await terminal.type(paste.slice(cut));
      expect(await keysUntil(terminal, 'MARK')).toBe('^[[200~one^\\ two^Ad three^[[201~');
      await terminal.type('\x1c');
      await expectDetached(terminal);
      await sandbox.runOk(['kill', 'work']);
    }
  });

  it('does not hold back an escape key', async () => {
    const terminal = await startWith({ settings: 'detach_keys = ["f12"]\n' });
    await terminal.type('\x1b');
    await terminal.waitFor(/\^\[/);
  });
});

describe('a bad setting', () => {
  it.each([
    ['\n\ndetach_keys = ["ctrl-"]\n', 3, /detach_keys/],
    ['detach_keys = ["ctrl-a d", "no-such-key"]\n', 1, /no-such-key/],
    ['# comment\ndetach_keys = 7\n', 2, /detach_keys/],
    ['detach_keys = ["ctrl-a"\nreplay_lines = 5\n', 2, /./],
    ['replay_lines = "many"\n', 1, /replay_lines/],
    ['\ndetach_key = ["ctrl-a"]\n', 2, /detach_key\b/],
  ])('%j is refused with file and line, and makes nothing', async (text, line, pattern) => {
    const { env, path } = sandbox.settings(text);
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys], { env, cols: 200 });
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.usage, signal: null });
    expect(terminal.text()).toContain(path);
    expect(terminal.text().replace(path, '')).toMatch(new RegExp(`\\b${line}\\b`));
    expect(terminal.text()).toMatch(pattern);
    expect(await sandbox.stayJson()).toEqual([]);
  });

  it('on the command line is refused, too', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--detach-keys', 'hyper-q', '--', ...showKeys]);
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.usage, signal: null });
    expect(terminal.text()).toMatch(/hyper-q/);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});
