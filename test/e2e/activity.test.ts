import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { idle, script } from './support/programs.ts';
import { type ListedJson, makeSandbox } from './support/sandbox.ts';
import { watchStatus } from './support/server-link.ts';
import { recordOf, stopSession } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

// A word of it that does not stand in the command line, which is on the disk.
const everything = "printf '\\a\\033]777;notify;%s%s;%s\\007\\033]9;4;1;42\\007\\033]133;D;3\\007' Bu ild failed";

async function eventful(...flags: string[]): Promise<ListedJson> {
  await sandbox.runOk(['new', '-d', 'work', ...flags, '--', ...script(`${everything}; exec sleep 4000`)]);
  return sandbox.waitForSession('work', ({ activity }) => activity?.command !== null);
}

/** Without the times. */
const told = {
  notification: { title: 'Build', text: 'failed' },
  progress: { state: 'normal', percent: 42 },
  command: { exitCode: 3 },
};

describe('what happened since somebody last looked', () => {
  it('is in list --json, with exactly these fields', async () => {
    const { activity, createdAt } = await eventful();
    const at = expect.any(Number);
    expect(activity).toEqual({
      seenAt: createdAt,
      bellAt: at,
      notification: { at, title: 'Build', text: 'failed' },
      progress: { state: 'normal', percent: 42 },
      command: { at, exitCode: 3 },
    });
    expect(activity?.bellAt).toBeGreaterThanOrEqual(createdAt);
  });

  it('is nothing for a session in which nothing did', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle]);
    const { activity, createdAt } = await sandbox.session('work');
    expect(activity).toEqual({ seenAt: createdAt, bellAt: null, notification: null, progress: null, command: null });
  });

  it('is told to those who watch as soon as it happens', async () => {
    const go = sandbox.freshPath('go');
    const program = script(`mkfifo ${go}; cat ${go} >/dev/null; ${everything}; exec sleep 4000`);
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const statuses = await watchStatus(sandbox, 'work');
    expect(statuses.at(-1)?.activity?.bellAt).toBeNull();
    await waitUntil(() => readdirSync(join(go, '..')).some((name) => go.endsWith(name)), 'the program waits');
    await sandbox.runOk(['new', '-d', 'starter', '--', ...script(`echo > ${go}`)]);
    await waitUntil(() => statuses.at(-1)?.activity?.bellAt, 'the bell');
    expect(statuses.at(-1)?.activity).toMatchObject(told);
  });

  it('outlives a killed server and one that was told to end, and does not happen again at a resume', async () => {
    const { activity, id } = await eventful();
    await waitUntil(() => recordOf(sandbox, { id }).activity.command !== null, 'the record has it');
    expect((await stopSession(sandbox, 'work')).activity).toEqual(activity);
    await sandbox.runOk(['set', 'work', '--resume-command', 'sleep 4000']);
    await sandbox.runOk(['resume', 'work']);
    // Of what the program of before was doing nothing is left to do.
    expect((await sandbox.session('work')).activity).toEqual({ ...activity, progress: null });
    const stopped = await stopSession(sandbox, 'work', 'SIGTERM');
    expect(stopped.activity).toEqual({ ...activity, progress: null });
  });

  it('outlives the program', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(everything)]);
    const { activity, createdAt } = await sandbox.waitForSession('work', ({ state }) => state === 'exited');
    expect(activity).toMatchObject({ ...told, seenAt: createdAt });
  });

  it('of a private session is told, but not written in its own words', async () => {
    const { activity } = await eventful('--private');
    expect(activity?.notification).toMatchObject({ title: 'Build', text: 'failed' });
    const stopped = await stopSession(sandbox, 'work', 'SIGTERM');
    expect(stopped.activity).toEqual({ ...activity, notification: { ...activity?.notification, title: '', text: '' } });
    const folder = join(sandbox.stateDir, 'sessions', stopped.id);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('Build')).toBe(false);
  });
});

it('of a session that becomes private is left without its words, also once it has stopped', async () => {
  await eventful();
  const { activity, id } = await stopSession(sandbox, 'work', 'SIGTERM');
  expect(recordOf(sandbox, { id }).activity.notification?.text).toBe('failed');
  await sandbox.runOk(['set', 'work', '--private']);
  expect(recordOf(sandbox, { id }).activity.notification).toEqual({
    at: activity?.notification?.at,
    title: '',
    text: '',
  });
});

describe('seeing it', () => {
  const isSeen = ({ activity }: ListedJson) => activity!.seenAt >= activity!.bellAt!;

  it('is being attached, up to the moment of leaving', async () => {
    expect(isSeen(await eventful())).toBe(false);
    const holder = sandbox.terminal(['attach', 'work']);
    await sandbox.waitForSession('work', isSeen);
    await sandbox.waitForSession('work', ({ attached }) => attached !== null);
    const before = Date.now();
    await holder.type('\x1c');
    await holder.waitForExit();
    const { activity } = await sandbox.waitForSession('work', ({ attached }) => attached === null);
    expect(activity?.seenAt).toBeGreaterThanOrEqual(before);
    expect((await stopSession(sandbox, 'work')).activity).toEqual(activity);
  });

  it('is being shown the last screen of a session that has ended', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script(`${everything}; echo over`)]);
    expect(isSeen(await sandbox.waitForSession('work', ({ state }) => state === 'exited'))).toBe(false);
    const list = sandbox.terminal([], { cols: 100 });
    await list.waitFor(/work +exited 0, new/);
    await list.type('q');
    await list.waitForExit();
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/over/);
    await terminal.waitForExit();
    const seen = await sandbox.session('work');
    expect(isSeen(seen)).toBe(true);
    expect(seen.endedAt).toBeLessThanOrEqual(seen.activity?.seenAt ?? 0);
  });
});
