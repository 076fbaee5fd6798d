import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface PeekedJson {
  id: string;
  name: string;
  cols: number;
  rows: number;
  title: string;
  alternateScreen: boolean;
  cursor: { col: number; row: number; isVisible: boolean };
  screen: string[];
  history: string[];
}

async function peek(...args: string[]): Promise<string> {
  return (await sandbox.runOk(['peek', 'work', ...args])).stdout;
}

async function peekJson(...args: string[]): Promise<PeekedJson> {
  return JSON.parse(await peek('--json', ...args));
}

/** A session whose program has printed text (for printf(1)) and waits. */
async function detached(text: string): Promise<void> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...script(`stty -opost; printf '${text}'; sleep 4000`)]);
  await waitUntil(async () => (await peek()) !== '', 'the program has printed');
}

/** Numbers that end a screen of 24 rows, with the cursor on its last, empty row. */
function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}`);
}

async function withHistory(): Promise<void> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 100; sleep 4000')]);
  await waitUntil(async () => (await peek()).includes('line 100'), 'the program has printed');
}

describe('peek', () => {
  it('prints the screen of a session that nobody is attached to, without the empty rows at its end', async () => {
    await detached('one\\r\\n\\r\\n  \\033[1;31mthree\\033[m  \\r\\n');
    expect(await peek()).toBe('one\n\n  three\n');
  });

  it('keeps colours and attributes with --ansi, and ends each line with none', async () => {
    await detached('one\\r\\n\\033[1;31mtwo\\r\\nthree');
    expect(await peek('--ansi')).toBe('one\n\x1b[0;1;31mtwo\x1b[0m\n\x1b[0;1;31mthree\x1b[0m\n');
  });

  it('has links with --ansi', async () => {
    await detached('\\033]8;;http://example.org/\\033\\\\here\\033]8;;\\033\\\\ and there');
    const [link, rest] = (await peek('--ansi')).split(' and');
    expect(link).toContain('\x1b]8;;http://example.org/');
    expect(rest).toContain('there');
    expect(await peek()).toBe('here and there\n');
  });

  it('is an object with exactly the fields that scripts may rely on, with --json', async () => {
    await detached('\\033]2;a title\\007one\\033[3;5H');
    expect(await peekJson()).toEqual({
      id: (await sandbox.session('work')).id,
      name: 'work',
      state: 'running',
      exitCode: null,
      signal: null,
      cols: 80,
      rows: 24,
      title: 'a title',
      alternateScreen: false,
      cursor: { col: 4, row: 2, isVisible: true },
      screen: ['one', ...Array.from({ length: 23 }, () => '')],
      history: [],
    });
  });

  it('has colours in the JSON too, where both are asked for', async () => {
    await detached('\\033[32mgreen');
    expect((await peekJson('--ansi')).screen[0]).toBe('\x1b[0;32mgreen\x1b[0m');
  });

  it('shows the alternate screen and a hidden cursor as they are', async () => {
    await detached('under\\r\\n\\033[?1049h\\033[H\\033[2Jover\\033[?25l');
    expect(await peek()).toBe('over\n');
    expect(await peekJson()).toMatchObject({ alternateScreen: true, cursor: { col: 4, row: 0, isVisible: false } });
  });

  it('prints wide, combining and joined characters as they were written', async () => {
    await detached('世界 e\u0301 👍🏽 👩‍👩‍👧 🇩🇪|\\r\\n');
    expect(await peek()).toBe('世界 e\u0301 👍🏽 👩‍👩‍👧 🇩🇪|\n');
  });

  it('prints history only when asked, as many lines as asked or all', async () => {
    await withHistory();
    const lines = async (...args: string[]) => (await peek(...args)).trimEnd().split('\n');
    expect(await lines()).toEqual(numbered(78, 100));
    expect(await lines('--history', '10')).toEqual(numbered(68, 100));
    expect(await lines('--history', '0')).toEqual(numbered(78, 100));
    expect(await lines('--history', '1000000')).toEqual(numbered(1, 100));
    expect(await lines('--all')).toEqual(numbered(1, 100));
    expect(await peekJson('--history', '2')).toMatchObject({
      history: numbered(76, 77),
      screen: [...numbered(78, 100), ''],
    });
  });

  it('prints ten thousand lines of history', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 12000; sleep 4000')]);
    await waitUntil(async () => (await peek()).includes('line 12000'), 'the program has printed');
    const lines = (await peek('--all')).trimEnd().split('\n');
    expect(lines).toEqual(numbered(12_000 - lines.length + 1, 12_000));
    expect(lines.length).toBe(10_000 + 23);
  });

  it('finds a session by the beginning of its name, and by its id', async () => {
    await detached('here');
    expect((await sandbox.runOk(['peek', 'wo'])).stdout).toBe('here\n');
    expect((await sandbox.runOk(['peek', (await sandbox.session('work')).id])).stdout).toBe('here\n');
  });
});

describe('peek at a session that somebody is attached to', () => {
  it('prints what they see, and does not disturb them', async () => {
    const text = "stty raw -echo; printf 'one\\r\\n\\033[31mtwo\\033[3;7H'; exec cat -v";
    const holder = sandbox.terminal(['new', 'work', '--', ...script(text)], { cols: 60, rows: 12 });
    await holder.waitFor(/two/);
    const { attached } = await sandbox.session('work');
    const bytesBefore = holder.pty.byteCount;
    expect(await peek()).toBe('one\ntwo\n');
    expect(await peekJson('--all')).toMatchObject({ cols: 60, rows: 12, cursor: { col: 6, row: 2 } });
    expect(holder.pty.byteCount).toBe(bytesBefore);
    expect((await sandbox.session('work')).attached).toEqual(attached);
    await holder.type('typed');
    await holder.waitFor(/typed/);
    expect(await peek()).toBe('one\ntwo\n      typed\n');
  });
});

describe('peek at a session whose program has ended', () => {
  it('prints its last screen and history, from its files', async () => {
    const text = 'seq -f "line %.0f" 1 50; printf "\\033[1mlast words"; exit 3';
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    const { id } = await sandbox.waitForSession('work', (one) => one.state === 'exited');
    expect((await peek('--history', '5')).split('\n')).toEqual([...numbered(23, 50), 'last words', '']);
    expect((await peek('--ansi')).split('\n').at(-2)).toBe('\x1b[0;1mlast words\x1b[0m');
    expect(await peekJson()).toMatchObject({ id, name: 'work', cols: 80, rows: 24, history: [] });
    expect(await sandbox.session('work')).toMatchObject({ state: 'exited', exitCode: 3 });
  });
});

describe('peek refuses', () => {
  it('a session that is not there', async () => {
    expectRefusal(await sandbox.run(['peek', 'nobody']), exitCodes.noSession, /nobody/);
    expect(exitCodes.noSession).toBe(66);
  });

  it.each([['-1'], ['many'], ['1.5'], ['']])('--history %j', async (lines) => {
    await detached('text');
    expectRefusal(await sandbox.run(['peek', 'work', `--history=${lines}`]), exitCodes.usage, /--history/);
    expect(exitCodes.usage).toBe(64);
  });

  it('to go without a name', async () => {
    expectRefusal(await sandbox.run(['peek']), exitCodes.usage);
  });
});
