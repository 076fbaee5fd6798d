import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { idle } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { projectRoot } from './support/stay-command.ts';

const sandbox = makeSandbox();
const verbs = ['new', 'attach', 'detach', 'list', 'kill', 'rename'] as const;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function names(): Promise<string[]> {
  return (await sandbox.stayJson()).map((one) => one.name).sort();
}

describe('help', () => {
  it.each(verbs)('stay %s --help explains the verb with examples', async (verb) => {
    const { stdout, stderr, exitCode } = await sandbox.run([verb, '--help']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/examples?:/i);
    expect(stdout.slice(stdout.search(/examples?:/i))).toContain(`stay ${verb}`);
  });

  it('stay --help names every verb', async () => {
    const { stdout, exitCode } = await sandbox.run(['--help']);
    expect(exitCode).toBe(0);
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`stay ${verb}\\b`));
  });

  it('fits into 80 columns', async () => {
    for (const args of [['--help'], ...verbs.map((verb) => [verb, '--help'])]) {
      const { stdout } = await sandbox.run(args);
      const tooWide = stdout.split('\n').filter((line) => line.length > 80);
      expect(tooWide).toEqual([]);
    }
  });

  it('stay --version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const { stdout, exitCode } = await sandbox.run(['--version']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(version);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });
});

describe('what is not understood', () => {
  it.each([
    [['lst'], /\blist\b/],
    [['atach'], /\battach\b/],
    [['kil', 'x'], /\bkill\b/],
    [['list', '--jsn'], /--json/],
    [['new', '--detachd'], /--detached/],
    [['kill', '--al'], /--all/],
    [['attach', '--iffree'], /--if-free/],
  ])('stay %j is refused with a suggestion', async (args, suggestion) => {
    expectRefusal(await sandbox.run(args), exitCodes.usage, suggestion);
  });

  it.each([
    [['list', 'too-much']],
    [['rename', 'one']],
    [['rename', 'one', 'two', 'three']],
    [['kill']],
    [['frobnicate']],
    [['--frobnicate']],
  ])('stay %j is refused as a wrong use', async (args) => {
    expectRefusal(await sandbox.run(args), exitCodes.usage);
  });

  it.each([
    [['rename', 'one'], /: <new> is missing\n.*: stay rename <name> <new>\n/],
    [['peek'], /: <name> is missing\n.*: stay peek <name>\n/],
    [['ls', '--json', '--wide'], /: "--wide" is not known here\n.*stay ls --help\n/],
    [['new', '-z'], /: "-z" is not known here\n.*stay new --help\n/],
    [['attach', 'one', 'two'], /: "two" is not known here\n.*stay attach --help\n/],
    [['list', 'json'], /: "json" is not known here\n.*Did you mean --json\? See: stay list --help\n/],
    [['new', 'one', 'vim'], /: "vim" is not known here\n.*stay new web -- vim\n/],
    [['new', '--size'], /: --size needs a value\n.*stay new --help\n/],
    [['new', '--restart', 'often'], /Cannot use "often" for --restart: .*"auto".*\n.*stay new --help\n/],
  ])('stay %j is told in one sentence, with what to do', async (args, sentences) => {
    expectRefusal(await sandbox.run(args), exitCodes.usage, sentences);
  });

  it('the name of a session in place of a verb is told how to attach', async () => {
    await sandbox.runOk(['new', '-d', 'one', '--', ...idle]);
    expectRefusal(await sandbox.run(['one']), exitCodes.usage, /"one": there is no such verb\n.*stay attach one\n/);
  });

  it('a word that is no verb makes no folder, and is told as such whatever is wrong with that', async () => {
    const folder = sandbox.freshPath('state');
    const env = { STAY_STATE_DIR: folder };
    expectRefusal(await sandbox.run(['frobnicate'], { env }), exitCodes.usage, /there is no such verb/);
    expect(existsSync(folder)).toBe(false);
    writeFileSync(folder, 'no folder');
    expectRefusal(await sandbox.run(['frobnicate'], { env }), exitCodes.usage, /there is no such verb/);
  });

  it('the list without a terminal names the command that works', async () => {
    expectRefusal(await sandbox.run([]), exitCodes.usage, /stay list/);
  });

  it.each([
    ['attach', 'some'],
    ['new', 'some'],
  ])('%s without a terminal is refused and makes nothing', async (...args) => {
    await sandbox.runOk(['new', '-d', 'other', '--', ...idle]);
    if (args[0] === 'attach') await sandbox.runOk(['new', '-d', 'some', '--', ...idle]);
    expectRefusal(await sandbox.run(args), exitCodes.usage, /terminal/);
    expect(await names()).toEqual(args[0] === 'attach' ? ['other', 'some'] : ['other']);
  });

  it.each([
    ['kill', 'nobody'],
    ['rename', 'nobody', 'new-name'],
    ['detach', 'nobody'],
  ])('%s of an unknown session says so', async (...args) => {
    expectRefusal(await sandbox.run(args), exitCodes.noSession, /nobody/);
  });
});

describe('rename', () => {
  it('changes the name and nothing else', async () => {
    await sandbox.runOk(['new', '-d', 'before', '--', ...idle]);
    const before = await sandbox.session('before');
    await sandbox.runOk(['rename', 'before', 'nachher 🚀']);
    expect(await sandbox.session('nachher 🚀')).toEqual({ ...before, name: 'nachher 🚀' });
    expectRefusal(await sandbox.run(['kill', 'before']), exitCodes.noSession, /before/);
  });

  it('refuses a name in use', async () => {
    for (const name of ['one', 'two']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    expectRefusal(await sandbox.run(['rename', 'one', 'two']), exitCodes.cannotCreate, /two/);
    expect(await names()).toEqual(['one', 'two']);
  });

  it('also works on a session whose program has ended', async () => {
    await sandbox.runOk(['new', '-d', 'done', '--', 'true']);
    await sandbox.waitForSession('done', (one) => one.state === 'exited');
    await sandbox.runOk(['rename', 'done', 'finished']);
    expect(await sandbox.session('finished')).toMatchObject({ state: 'exited', exitCode: 0 });
  });
});
