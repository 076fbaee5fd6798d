import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { quietMs } from '../../src/base/limits.ts';
import { exitCodes } from '../../src/base/stay-error.ts';
import { signal } from './support/processes.ts';
import { script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { stopSession, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

async function history(name: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await sandbox.runOk(['history', name, ...args]);
  return stdout.split('\n').slice(0, -1);
}

/** A session whose program has printed the lines, and the word "done", and waits. */
async function printed(name: string, from: number, to: number, env: Record<string, string> = {}): Promise<void> {
  const text = `seq -f "line %.0f" ${from} ${to}; echo done; exec sleep 4000`;
  await sandbox.runOk(['new', '-d', name, '--', ...script(text)], { env });
  await waitUntilShown(name, 'done');
}

async function waitUntilShown(name: string, line: string): Promise<void> {
  const isShown = async () => (await history(name)).at(-1) === line;
  await waitUntil(isShown, `"${line}" is the last line of ${name}`, { timeoutMs: 30_000 });
}

/** A program that prints `size` bytes of lines, each another, as fast as it can. */
const many = (count: number) => `seq -f "%.0f: the quick brown fox jumps over the lazy dog" 1 ${count}`;

describe('history', () => {
  it('has every line, in order, of a session that runs, was killed, was stopped, and is resumed', async () => {
    await printed('work', 1, 50_000);
    const all = [...numbered(1, 50_000), 'done'];
    expect(await history('work', '--all')).toEqual(all);
    await stopSession(sandbox, 'work');
    expect(await history('work', '--all')).toEqual(all);
    await sandbox.runOk(['resume', 'work']);
    await waitUntilShown('work', 'done');
    const told = expect.stringMatching(/^\[stay\] .*: its server was killed; started again$/);
    expect(await history('work', '--all')).toEqual([...all, told, ...all]);
    await stopSession(sandbox, 'work', 'SIGTERM');
    expect(await history('work', '--all')).toEqual([...all, told, ...all]);
  });

  it('has all but the last tenth of a second of a session that is killed while it prints', async () => {
    const text = 'for ((n = 1; ; n++)); do echo "line $n"; done';
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    await waitUntil(async () => (await history('work')).length === 1_000, 'it prints');
    const before = await history('work', '--all');
    signal(await sandbox.serverPid('work'), 'SIGKILL');
    await sandbox.waitForSession('work', (one) => one.state === 'stopped');
    const after = await history('work', '--all');
    expect(after.length).toBeGreaterThanOrEqual(before.length);
    // The last one may have been cut off by the kill itself.
    expect(after.slice(0, -1)).toEqual(numbered(1, after.length - 1));
  });

  it('has a file of some megabytes whole, though it is printed in a moment', async () => {
    const count = 150_000;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(`${many(count)}; echo done; exec sleep 4000`)]);
    await waitUntilShown('work', 'done');
    const lines = await history('work', '--all');
    expect(lines.length).toBe(count + 1);
    expect(lines.findIndex((line, index) => index < count && !line.startsWith(`${index + 1}: the`))).toBe(-1);
  });

  it('has the program that ended, its last words, and what was in it when it was exited', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('seq -f "line %.0f" 1 20000; echo last words')]);
    await sandbox.waitForSession('work', (one) => one.state === 'exited');
    expect(await history('work', '--all')).toEqual([...numbered(1, 20_000), 'last words']);
  });

  it('prints the last thousand lines unless told otherwise', async () => {
    await printed('work', 1, 12_000);
    expect(await history('work')).toEqual([...numbered(11_002, 12_000), 'done']);
  });

  it('--since prints what was written since then', async () => {
    const gate = sandbox.freshPath('gate');
    const text = `seq -f "old %.0f" 1 3000; while [ ! -e '${gate}' ]; do sleep 0.05; done; seq -f "new %.0f" 1 2000; exec sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    await waitUntilShown('work', 'old 3000');
    await waitUntil(async () => (await history('work', '--since', '1s')).length === 0, 'a second is over');
    await sandbox.runOk(['new', '-d', 'opener', '--', 'touch', gate]);
    await waitUntilShown('work', 'new 2000');
    const recent = await history('work', '--since', '10s');
    expect(recent.slice(-2_000)).toEqual(Array.from({ length: 2_000 }, (_, index) => `new ${index + 1}`));
    expect((await history('work', '--since', '1h')).length).toBe(5_000);
  });

  it('--search prints only lines that match, of all there is, and exits 1 when there are none', async () => {
    await printed('work', 1, 30_000);
    expect(await history('work', '--search', '^line 1?777$')).toEqual(['line 777', 'line 1777']);
    expect(await sandbox.run(['history', 'work', '--search', 'nothing'])).toMatchObject({
      ...{ exitCode: 1, stdout: '', stderr: '' },
    });
    expect((await sandbox.run(['history', 'work', '--search', 'line 1$', '--since', '0s'])).exitCode).toBe(1);
  });

  it('--ansi keeps colours, and what is searched for is the text', async () => {
    const text = 'printf "\\033[31mre\\033[32md\\033[m\\nplain\\n"; exec sleep 4000';
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    await waitUntilShown('work', 'plain');
    expect(await history('work', '--ansi', '--search', 'red')).toEqual(['\x1b[0;31mre\x1b[0;32md\x1b[0m']);
  });

  it('joins lines that wrapped and leaves the alternate screen out', async () => {
    const text = `printf '%0.sx' {1..200}; printf '\\n\\033[?1049hmenu\\033[?1049lback\\n'; exec sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    await waitUntilShown('work', 'back');
    expect(await history('work')).toEqual(['x'.repeat(200), 'back']);
  });

  it('ends quietly when its reader has read enough', async () => {
    await printed('work', 1, 50_000);
    const stay = sandbox.command.map((word) => `'${word}'`).join(' ');
    const terminal = await sandbox.shell();
    await terminal.type(`${stay} history work --all | head -1; echo "status \${PIPESTATUS[0]}"\r`);
    await terminal.waitFor(/line 1\nstatus 0/);
  });

  it('refuses what it does not understand', async () => {
    await printed('work', 1, 10);
    expectRefusal(await sandbox.run(['history', 'nobody']), exitCodes.noSession, /nobody/);
    expectRefusal(
      await sandbox.run(['history', 'work', '--since', 'noon']),
      exitCodes.usage,
      /"noon" is no time\n.*10m/,
    );
    expectRefusal(await sandbox.run(['history', 'work', '--search', '(']), exitCodes.usage, /"\(": it is no regular/);
    expectRefusal(await sandbox.run(['history']), exitCodes.usage);
  });
});

describe('the history on the disk', () => {
  const filesOf = async (name: string) => {
    const folder = join(sandbox.stateDir, 'sessions', (await sandbox.session(name)).id);
    return readdirSync(folder).map((file) => ({ file, ...statSync(join(folder, file)) }));
  };

  it('is compressed, private, and no more than the setting allows: the oldest goes', async () => {
    const { env } = sandbox.settings('history_limit = "40KB"\n');
    const count = 400_000;
    const text = `${many(count)}; echo done; exec sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)], { env });
    await waitUntilShown('work', 'done');
    const archived = (await filesOf('work')).filter(({ file }) => file.startsWith('history.'));
    expect(archived.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(40_000);
    expect((await filesOf('work')).filter(({ mode }) => (mode & 0o777) !== 0o600)).toEqual([]);
    const lines = await history('work', '--all');
    expect(lines.length).toBeLessThan(count);
    expect(lines.at(-2)).toMatch(new RegExp(`^${count}: the quick`));
  });

  it('has its archive where much was printed', async () => {
    // A journal is archived at the second checkpoint after it, and one of them is due once the session is quiet.
    const text = `${many(125_000)}; sleep ${(1.5 * quietMs) / 1_000}; ${many(125_000)}; echo done; exec sleep 4000`;
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(text)]);
    await waitUntilShown('work', 'done');
    const hasArchive = async () => (await filesOf('work')).some(({ file }) => file.startsWith('history.'));
    await waitUntil(hasArchive, 'a journal is archived');
    const size = (await filesOf('work')).find(({ file }) => file.startsWith('history.'))?.size ?? 0;
    expect(size).toBeGreaterThan(1_000);
    const lines = await history('work', '--all');
    expect(lines.length).toBe(250_001);
  });

  it('of a refused setting is told with its line', async () => {
    const { env } = sandbox.settings('history_limit = "lots"\n');
    const result = await sandbox.run(['new', '-d', 'work', '--', 'true'], { env });
    expectRefusal(result, exitCodes.usage, /line 1: "history_limit" must be an amount/);
  });
});

describe('search', () => {
  it('says in which sessions a line is, the one used last first, and when for scripts', async () => {
    await printed('first', 1, 20_000);
    await printed('second', 19_990, 20_010);
    await stopSession(sandbox, 'first');
    await waitUntilSaved(sandbox, 'second', 'done');
    const { stdout } = await sandbox.runOk(['search', '^line (19995|20005)$']);
    expect(stdout).toBe('second: line 19995\nsecond: line 20005\nfirst: line 19995\n');
    const json = (await sandbox.runOk(['search', '^line 5$', '--json'])).stdout.split('\n');
    expect(json).toHaveLength(2);
    expect(JSON.parse(json[0]!)).toEqual({
      name: 'first',
      id: (await sandbox.session('first')).id,
      time: expect.any(Number),
      line: 'line 5',
    });
    expect(Math.abs(JSON.parse(json[0]!).time - Date.now())).toBeLessThan(60_000);
  });

  it('exits 1 and prints nothing when no session has it', async () => {
    await printed('first', 1, 100);
    expect(await sandbox.run(['search', 'nowhere'])).toMatchObject({ exitCode: 1, stdout: '', stderr: '' });
    expect((await sandbox.run(['search', 'line', '--since', '0s'])).exitCode).toBe(1);
    expectRefusal(await sandbox.run(['search', '[']), exitCodes.usage, /"\["/);
  });
});
