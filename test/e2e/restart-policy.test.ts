import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { keys, makeSessions, openList, select } from './support/list-screen.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { changeRecord, linesOf, recordOf, stopSession, waitUntilSaved } from './support/stopped-sessions.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const question = /^"work" has stopped\. Start bash again\? \[y\/N\]$/m;

async function stateOf(name: string): Promise<string> {
  return (await sandbox.session(name)).state;
}

async function makeStopped(name: string, ...flags: string[]): Promise<void> {
  await sandbox.runOk(['new', '-d', name, ...flags, '--', ...script(`echo I am ${name}; sleep 4000`)]);
  await waitUntilSaved(sandbox, name, `I am ${name}`);
  await stopSession(sandbox, name);
}

describe('a stopped session of the restart policy', () => {
  it('"auto" is the only one that resume --all starts', async () => {
    await makeStopped('auto');
    await makeStopped('ask', '--restart', 'ask');
    await makeStopped('never', '--restart', 'never');
    await sandbox.runOk(['resume', '--all']);
    expect(await Promise.all(['auto', 'ask', 'never'].map(stateOf))).toEqual(['running', 'stopped', 'stopped']);
    await sandbox.runOk(['resume', 'ask', 'never']);
    expect(await Promise.all(['ask', 'never'].map(stateOf))).toEqual(['running', 'running']);
  });

  it('"ask" is started by attach once the person says yes', async () => {
    await makeStopped('work', '--restart', 'ask');
    const no = sandbox.terminal(['attach', 'work']);
    await no.waitFor(question);
    await no.type('n');
    expect(await no.waitForExit()).toMatchObject({ code: 0 });
    expect(await stateOf('work')).toBe('stopped');
    const yes = sandbox.terminal(['attach', 'work']);
    await yes.waitFor(question);
    await yes.type('y');
    await yes.waitFor(/its server was killed; started again\nI am work$/m);
    expect(await stateOf('work')).toBe('running');
  });

  it('"ask" is asked for from the list as well, which is back after a no', async () => {
    await makeStopped('work', '--restart', 'ask');
    const list = await openList(sandbox);
    await select(list, 'work');
    await list.type(keys.enter);
    await list.waitFor(question);
    await list.type('n');
    await list.waitFor(/work +stopped/);
    await list.type(keys.enter);
    await list.waitFor(question);
    await list.type('y');
    await list.waitFor(/started again\nI am work$/m);
  });

  it('"never" is started by "resume" and its name alone', async () => {
    await makeStopped('work', '--restart', 'never');
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(
      /^stay: Cannot attach to "work": it has stopped, and its restart policy is "never"\n +Start it again: stay resume work$/m,
    );
    expect(await terminal.waitForExit()).toMatchObject({ code: exitCodes.usage });
    await sandbox.runOk(['resume', 'work']);
    expect(await stateOf('work')).toBe('running');
  });

  it('is what the setting says, unless a flag says otherwise', async () => {
    const { env } = sandbox.settings('restart = "never"\n');
    await sandbox.runOk(['new', '-d', 'one', '--', ...idle], { env });
    await sandbox.runOk(['new', '-d', 'two', '--restart', 'ask', '--', ...idle], { env });
    const policies = (await sandbox.stayJson()).map((one) => [one.name, one.restart]);
    expect(Object.fromEntries(policies)).toEqual({ one: 'never', two: 'ask' });
  });
});

describe('set', () => {
  it('changes a running and a stopped session, and tells how it is', async () => {
    await makeSessions(sandbox, 'work');
    await sandbox.runOk(['set', 'work', '--restart', 'never']);
    expect(await sandbox.session('work')).toMatchObject({ restart: 'never', resumeCommand: null });
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['set', 'work', '--restart', 'ask', '--resume-command', 'echo again; sleep 4000']);
    expect(await sandbox.session('work')).toMatchObject({
      restart: 'ask',
      resumeCommand: ['/bin/sh', '-c', 'echo again; sleep 4000'],
    });
    expect((await sandbox.runOk(['set', 'work'])).stdout).toBe(
      'restart: ask\nresume command: echo again; sleep 4000\nprivate: no\n',
    );
  });

  it('refuses another policy', async () => {
    await makeSessions(sandbox, 'work');
    expectRefusal(
      await sandbox.run(['set', 'work', '--restart', 'always']),
      exitCodes.usage,
      /"always".*auto.*ask.*never/s,
    );
  });
});

describe('a resume command', () => {
  it('is what a resume starts, and not what a restart does', async () => {
    const first = script('echo first; sleep 4000');
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--resume-command',
      'echo "later: $PWD"; exec sleep 4000',
      '--cwd',
      '/usr',
      '--',
      ...first,
    ]);
    await waitUntilSaved(sandbox, 'work', 'first');
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['resume', 'work']);
    await waitUntilSaved(sandbox, 'work', 'later: /usr');
    await sandbox.runOk(['restart', 'work', '--yes']);
    await waitUntilSaved(sandbox, 'work', 'ended');
    expect((await linesOf(sandbox, 'work')).map((line) => line.replace(/^.stay. .*$/, '[stay]'))).toEqual([
      'first',
      '[stay]',
      'later: /usr',
      '[stay]',
      'first',
    ]);
    expect(await sandbox.session('work')).toMatchObject({ command: first });
  });
});

describe('a session that does not outlive its starts', () => {
  it('is started again by itself later and later, then no more, and says why', async () => {
    await makeStopped('work');
    const session = await sandbox.session('work');
    for (const shortLives of [1, 2]) {
      await sandbox.runOk(['resume', '--all']);
      expect(recordOf(sandbox, session).shortLives).toBe(shortLives);
      await stopSession(sandbox, 'work');
    }
    const startedAt = Date.now();
    changeRecord(sandbox, session, { startedAt });
    await sandbox.runOk(['resume', '--all']);
    expect(recordOf(sandbox, session).startedAt! - startedAt).toBeGreaterThanOrEqual(2_000);
    await stopSession(sandbox, 'work');

    changeRecord(sandbox, session, { shortLives: 5 });
    expectRefusal(
      await sandbox.run(['resume', '--all']),
      exitCodes.cannotCreate,
      /^stay: Cannot resume "work": after each of its last 5 starts it was gone within 30 s\n +Start it all the same: stay resume work\n$/,
    );
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/work +stopped: keeps dying/);
    await sandbox.runOk(['resume', 'work']);
    expect(recordOf(sandbox, session).shortLives).toBe(0);
  });

  it('is none of them when it was told to end', async () => {
    await makeStopped('work');
    const session = await sandbox.session('work');
    await sandbox.runOk(['resume', '--all']);
    await stopSession(sandbox, 'work', 'SIGTERM');
    expect(recordOf(sandbox, session).shortLives).toBe(0);
  });
});

describe('keep_exited', () => {
  it('is how long an exited session stays listed', async () => {
    await sandbox.runOk(['new', '-d', 'old', '--', 'true']);
    await sandbox.runOk(['new', '-d', 'young', '--', 'true']);
    await makeStopped('stopped');
    for (const name of ['old', 'young']) await sandbox.waitForSession(name, (one) => one.state === 'exited');
    const old = await sandbox.session('old');
    changeRecord(sandbox, old, { exit: { exitCode: 0, signal: null, at: Date.now() - 3_700_000 } });
    changeRecord(sandbox, await sandbox.session('stopped'), { lastUsedAt: 0, lastOutputAt: 0 });
    const names = async (env?: Record<string, string>) =>
      (await sandbox.stayJson(env === undefined ? {} : { env })).map((one) => one.name).sort();
    expect(await names()).toEqual(['old', 'stopped', 'young']);
    expect(await names(sandbox.settings('keep_exited = "2h"\n').env)).toEqual(['old', 'stopped', 'young']);
    expect(await names(sandbox.settings('keep_exited = "1h"\n').env)).toEqual(['stopped', 'young']);
    expect(await names()).toEqual(['stopped', 'young']);
  });
});
