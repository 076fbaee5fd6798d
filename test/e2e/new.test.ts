import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { processesMarked } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function names(): Promise<string[]> {
  return (await sandbox.stayJson()).map((one) => one.name).sort();
}

describe('new', () => {
  it('with -d prints the name alone', async () => {
    const { stdout, stderr } = await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    expect({ stdout, stderr }).toEqual({ stdout: 'work\n', stderr: '' });
  });

  it('without a name makes a readable one, each time another', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => sandbox.runOk(['new', '-d', '--', ...idle])));
    const made = runs.map((run) => run.stdout.trimEnd());
    for (const name of made) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(new Set(made).size).toBe(4);
    expect(await names()).toEqual(made.sort());
  });

  it('starts in the directory of whoever calls it, or in --cwd', async () => {
    const folder = sandbox.freshPath('folder with blanks');
    mkdirSync(folder);
    await sandbox.runOk(['new', '-d', 'here', '--', ...idle], { cwd: folder });
    await sandbox.runOk(['new', '-d', 'there', '--cwd', folder, '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'relative', '--cwd', '.', '--', ...idle], { cwd: folder });
    for (const name of ['here', 'there', 'relative'])
      expect(realpathSync((await sandbox.session(name)).cwd)).toBe(realpathSync(folder));
  });

  it('refuses a directory that does not exist, and leaves nothing', async () => {
    expectRefusal(
      await sandbox.run(['new', '-d', 'lost', '--cwd', '/does/not/exist', '--', ...idle]),
      exitCodes.cannotCreate,
      /\/does\/not\/exist/,
    );
    await expectNothingLeft();
  });

  it('sets variables with --env, several of them, with any value', async () => {
    const path = sandbox.freshPath('env');
    const program = script(`printf '%s|' "$ONE" "$TWO" "$THREE" > ${path}; mv ${path} ${path}.done; sleep 4000`);
    await sandbox.runOk([
      'new',
      '-d',
      'vars',
      '--env',
      'ONE=1',
      '--env',
      'TWO=a b=c',
      '--env',
      'THREE=',
      '--',
      ...program,
    ]);
    await waitUntil(() => existsSync(`${path}.done`), 'the program writes its variables');
    expect(readFileSync(`${path}.done`, 'utf8')).toBe('1|a b=c||');
  });

  it('takes --size for the terminal, 80x24 where there is none', async () => {
    const path = sandbox.freshPath('size');
    await sandbox.runOk(['new', '-d', 'sized', '--size', '101x33', '--', ...script(`stty size > ${path}; sleep 4000`)]);
    await waitUntil(() => existsSync(path) && readFileSync(path, 'utf8') !== '', 'the program writes its size');
    expect(readFileSync(path, 'utf8').trim()).toBe('33 101');
    expect(await sandbox.session('sized')).toMatchObject({ cols: 101, rows: 33 });
    await sandbox.runOk(['new', '-d', 'usual', '--', ...idle]);
    expect(await sandbox.session('usual')).toMatchObject({ cols: 80, rows: 24 });
  });

  it.each([
    ['--size', '100'],
    ['--size', '0x10'],
    ['--size', '80x24x3'],
    ['--size', '99999999x2'],
    ['--env', 'NO_VALUE'],
    ['--env', '=value'],
  ])('refuses %s %s and makes nothing', async (flag, value) => {
    expectRefusal(await sandbox.run(['new', '-d', 'bad', flag, value, '--', ...idle]), exitCodes.usage);
    await expectNothingLeft();
  });

  it('refuses a command that does not exist, and leaves nothing', async () => {
    expectRefusal(
      await sandbox.run(['new', '-d', 'lost', '--', 'no-such-command-4711']),
      exitCodes.cannotCreate,
      /no-such-command-4711/,
    );
    await expectNothingLeft();
  });

  it('refuses a command that cannot be executed', async () => {
    expectRefusal(
      await sandbox.run(['new', '-d', 'lost', '--', '/etc/passwd']),
      exitCodes.cannotCreate,
      /\/etc\/passwd/,
    );
    await expectNothingLeft();
  });

  it('refuses a name in use', async () => {
    await sandbox.runOk(['new', '-d', 'taken', '--', ...idle]);
    expectRefusal(await sandbox.run(['new', '-d', 'taken', '--', ...idle]), exitCodes.cannotCreate, /taken/);
    expect(await names()).toEqual(['taken']);
  });

  it('gives a name that several ask for at once to one of them', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => sandbox.run(['new', '-d', 'wanted', '--', ...idle])));
    expect(runs.map((run) => run.exitCode).sort()).toEqual([
      0,
      exitCodes.cannotCreate,
      exitCodes.cannotCreate,
      exitCodes.cannotCreate,
    ]);
    expect(await names()).toEqual(['wanted']);
  });

  it.each([
    [['--no-such'], /Cannot read the command line/],
    [['-d', 'work', '--size', '0x0'], /0x0/],
    [['-d', 'work', '--env', 'novalue'], /novalue/],
    [['-d', 'a\nb'], /Cannot name/],
    [['work'], /terminal/],
  ])(
    'that comes to nothing (%j) says why, and its server, which was started before, leaves no trace',
    async (args, why) => {
      const { exitCode, stderr } = await sandbox.run(['new', ...args]);
      expect(exitCode).toBe(exitCodes.usage);
      expect(stderr).toMatch(why);
      await waitUntil(() => processesMarked(sandbox.root).length === 0, 'the server that was not needed is gone');
      expect(existsSync(sandbox.stateDir) ? readdirSync(sandbox.stateDir, { recursive: true }) : []).not.toContainEqual(
        expect.stringContaining('session.msgpack'),
      );
    },
  );

  it('passes everything after -- to the command untouched', async () => {
    const path = sandbox.freshPath('args');
    const program = script(`printf '%s|' "$@" > ${path}; mv ${path} ${path}.done; sleep 4000`);
    const args = ['zero', '--help', '-d', '--size', '', 'a  b', '$HOME', '--', '日本'];
    await sandbox.runOk(['new', '-d', 'args', '--', ...program, ...args]);
    await waitUntil(() => existsSync(`${path}.done`), 'the program writes its arguments');
    expect(readFileSync(`${path}.done`, 'utf8')).toBe(`${args.slice(1).join('|')}|`);
    expect((await sandbox.session('args')).command).toEqual([...program, ...args]);
  });

  it('without a command runs the login shell as a login shell', async () => {
    const terminal = sandbox.terminal(['new', 'login']);
    await terminal.waitFor(/prompt> ?$/);
    await terminal.type('shopt login_shell\r');
    await terminal.waitFor(/login_shell\s+on/);
  });

  async function expectNothingLeft(): Promise<void> {
    expect(await names()).toEqual([]);
    expect(readdirSync(sandbox.runtimeDir).filter((name) => name.endsWith('.sock'))).toEqual([]);
    expect(readdirSync(join(sandbox.stateDir, 'sessions'))).toEqual([]);
    await waitUntil(() => processesMarked(sandbox.root).length === 0, 'the failed server is gone');
  }
});
