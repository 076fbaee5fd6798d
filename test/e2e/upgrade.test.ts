// Servers, clients and files of other versions: what older stays said and wrote still works, and what newer ones did is told
// of and left alone.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { decodeRecord } from '../../src/storage/session-record.ts';
import { version } from '../../src/version.ts';
import { newEmulator } from '../emulator/new-emulator.ts';
import { frozenSessions } from '../support/frozen-sessions.ts';
import { frozenVersions, readTalk } from '../support/transcript.ts';
import { keys, makeSessions, openList } from './support/list-screen.ts';
import { playClient, startFrozenServer } from './support/other-stays.ts';
import { isAlive, processesMarked } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { recordOf, stopSession, toldIn, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const versions = frozenVersions().filter((name) => name.startsWith(`${protocolVersion}-`));

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const folderOf = (id: string) => join(sandbox.stateDir, 'sessions', id);
const contentsOf = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'hex')]);

describe.each(versions)('a session of a server of %s', (old) => {
  it('is listed, in the table, as JSON and in the list', async () => {
    await startFrozenServer(sandbox, old);
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/work +running/);
    expect(await sandbox.stayJson()).toMatchObject([{ name: 'work', state: 'running', needs: null, title: 'a title' }]);
    const list = await openList(sandbox, ['été']);
    expect(list.text()).toMatch(/été +running/);
    await list.type('q');
    await list.waitForExit();
  });

  it('is listed where it tells less than today', async () => {
    await startFrozenServer(sandbox, old, { isTerse: true });
    expect(await sandbox.stayJson()).toMatchObject([
      { name: 'work', state: 'running', stopped: null, restart: 'auto' },
    ]);
    const list = await openList(sandbox, ['été']);
    await list.type('q');
    await list.waitForExit();
  });

  it('is attached, typed into, resized, and detached by the key', async () => {
    await startFrozenServer(sandbox, old);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/red> ?$/);
    await terminal.type('hello\r');
    await terminal.waitFor(/hello\s+hello/);
    terminal.resize({ cols: 100, rows: 30 });
    await terminal.type(keys.detach);
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toMatch(/detached from work/);
    expect(terminal.snapshot().modes).toMatchObject({ bracketedPasteMode: false });
  });

  it('is detached from elsewhere', async () => {
    await startFrozenServer(sandbox, old);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/red> ?$/);
    await sandbox.runOk(['detach', 'work']);
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toMatch(/work was detached from elsewhere/);
  });

  it('is looked at, renamed, set, and its history forgotten', async () => {
    await startFrozenServer(sandbox, old);
    expect((await sandbox.runOk(['peek', 'work'])).stdout).toMatch(/^39\n40\nred> ?$/m);
    expect((await sandbox.runOk(['peek', 'work', '--ansi', '--all'])).stdout).toContain('\x1b[0;31mred');
    await sandbox.runOk(['rename', 'work', 'été']);
    await sandbox.runOk(['set', 'work', '--restart', 'ask']);
    await sandbox.runOk(['forget', 'work']);
  });

  it('is killed, and whoever holds it is told', async () => {
    const { server } = await startFrozenServer(sandbox, old);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/red> ?$/);
    await sandbox.runOk(['kill', 'work']);
    await terminal.waitForExit();
    expect(terminal.text()).toMatch(/work was killed/);
    expect(await server.ended).toBe(0);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});

describe.each(versions)('a client of %s', (old) => {
  const tags = { greeting: 128, status: 129, output: 131, left: 133, done: 134, failed: 135, lines: 136, screen: 137 };

  async function makeSession(): Promise<string> {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf '\\e[?2004hREADY\\n'; exec cat")]);
    await waitUntilSaved(sandbox, 'work', 'READY');
    return recordOf(sandbox, await sandbox.session('work')).socket;
  }
  const textOf = (entries: readonly { tag: number; body: Uint8Array }[], tag: number) =>
    Buffer.concat(entries.filter((entry) => entry.tag === tag).map(({ body }) => body)).toString();

  function screenOf(entries: readonly { tag: number; body: Uint8Array }[]): string {
    const emulator = newEmulator({ cols: 100, rows: 30 });
    for (const { tag, body } of entries) if (tag === tags.output) emulator.feed(body);
    return emulator.textLines({ historyLines: 100 }).join('\n');
  }

  it('gets right answers to its questions', async () => {
    const socket = await makeSession();
    const status = await playClient(socket, readTalk(old, 'status'));
    expect(status.last(tags.greeting)).toMatchObject({ protocol: protocolVersion, version });
    expect(status.last(tags.status)).toMatchObject({ name: 'work', state: 'running', attached: null });
    const peek = await playClient(socket, readTalk(old, 'peek'));
    expect(textOf(peek.heard(), tags.lines)).toMatch(/^READY\n/);
    expect(peek.last(tags.screen)).toMatchObject({ cols: 80, rows: 24, historyLines: 0, isAlternateScreen: false });
    const watch = await playClient(socket, readTalk(old, 'watch'));
    for (const client of [
      ...(await Promise.all(['configure', 'forget'].map((name) => playClient(socket, readTalk(old, name))))),
      await playClient(socket, readTalk(old, 'rename')),
    ])
      expect(client.heard().map(({ tag }) => tag)).toEqual([tags.greeting, tags.done]);
    await waitUntil(() => watch.last(tags.status)?.name === 'été', 'the watching client is told of the name');
    expect(await sandbox.stayJson()).toMatchObject([{ name: 'été', restart: 'ask' }]);
    for (const client of [status, peek, watch]) client.close();
  });

  it('holds a session, types, and leaves it', async () => {
    const socket = await makeSession();
    const client = await playClient(socket, readTalk(old, 'attach'), { until: 5 });
    // As a screen: what it is painted anew at its new size may come between the echo and the program's answer.
    await waitUntil(() => /hello\nhello/.test(screenOf(client.heard())), 'what it typed comes back');
    expect(textOf(client.heard(), tags.output)).toContain('READY');
    expect(await sandbox.session('work')).toMatchObject({ attached: { from: '192.0.2.7' }, cols: 100, rows: 30 });
    await client.goOn();
    expect(client.last(tags.left)).toMatchObject({ left: { reason: 'detached' } });
    await sandbox.waitForSession('work', (one) => one.attached === null);
    client.close();
  });

  it('is refused, taken over, released and killed with the same words', async () => {
    const socket = await makeSession();
    const hold = () => playClient(socket, readTalk(old, 'attach'), { until: 3 });
    const first = await hold();
    await sandbox.waitForSession('work', (one) => one.attached !== null);
    const refused = await playClient(socket, readTalk(old, 'attach-refused'));
    expect(refused.last(tags.failed)).toMatchObject({ code: 'busy' });
    const second = await hold();
    await first.waitFor(tags.left);
    expect(first.last(tags.left)).toMatchObject({ left: { reason: 'takenOver', by: { from: '192.0.2.7' } } });
    await playClient(socket, readTalk(old, 'release'));
    await second.waitFor(tags.left);
    expect(second.last(tags.left)).toMatchObject({ left: { reason: 'released' } });
    const third = await hold();
    await playClient(socket, readTalk(old, 'kill'));
    await third.waitFor(tags.left);
    expect(third.last(tags.left)).toMatchObject({ left: { reason: 'killed' } });
    await waitUntil(async () => (await sandbox.stayJson()).length === 0, 'the session is gone');
  });
});

describe('a session whose server speaks another protocol', () => {
  const foreign = { protocol: 99, version: '9.9.9' };
  const [old = ''] = versions;

  it('is listed as running, with the stay that it needs', async () => {
    await startFrozenServer(sandbox, old, { foreign });
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/work +running, needs stay 9\.9\.9/);
    expect(await sandbox.stayJson()).toMatchObject([{ name: 'work', state: 'running', needs: 'stay 9.9.9' }]);
    const list = await openList(sandbox, ['work']);
    expect(list.text()).toMatch(/work +(running, )?needs stay 9/);
    await list.type(keys.enter);
    await list.waitFor(/Cannot attach to "work": its server runs stay 9\.9\.9/);
    await list.type('q');
    await list.waitForExit();
    expect((await sandbox.run(['doctor'])).stdout).toMatch(/"work" runs 9\.9\.9/);
  });

  it('is refused by every verb but kill, in one sentence', async () => {
    await startFrozenServer(sandbox, old, { foreign });
    for (const args of [
      ['peek', 'work'],
      ['detach', 'work'],
      ['rename', 'work', 'other'],
      ['resume', 'work'],
      ['restart', 'work', '-y'],
      ['set', 'work', '--restart', 'ask'],
      ['forget', 'work'],
    ]) {
      const result = await sandbox.run(args);
      expectRefusal(
        result,
        exitCodes.otherVersion,
        /^stay: Cannot [a-z ]+ "work": its server runs stay 9\.9\.9, which this stay \(.*\) does not understand\n {2}Use stay 9\.9\.9, or end the session: stay kill work\n$/,
      );
    }
    const terminal = sandbox.terminal(['attach', 'work']);
    expect((await terminal.waitForExit()).code).toBe(exitCodes.otherVersion);
    expect(terminal.text()).toMatch(/^stay: Cannot attach to "work": its server runs stay 9\.9\.9/m);
  });

  it('is killed by signals: its program, its server and its files are gone', async () => {
    const { server, record } = await startFrozenServer(sandbox, old, { foreign });
    const programs = processesMarked(`STAY_SESSION=${record.id}`);
    expect(programs).toHaveLength(1);
    await sandbox.runOk(['kill', 'work']);
    expect(await server.ended).toBe(0);
    expect(programs.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(readdirSync(join(sandbox.stateDir, 'sessions')).filter((name) => name === record.id)).toEqual([]);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});

describe('files that a newer stay wrote', () => {
  it('as a record: the session is listed, refused by every verb, and nothing of it changes', async () => {
    await sandbox.runOk(['new', '-d', 'newer', '--', ...idle]);
    const { id } = await stopSession(sandbox, 'newer');
    const path = join(folderOf(id), 'session.msgpack');
    writeFileSync(path, seal('session', 99, { ...recordOf(sandbox, { id }), exit: 'in a new form' }));
    const before = contentsOf(folderOf(id));
    try {
      expect(await sandbox.runOk(['list'])).toMatchObject({
        stdout: expect.stringMatching(/newer +stopped, needs a newer stay/),
        stderr: '',
      });
      expect(await sandbox.stayJson()).toMatchObject([{ name: 'newer', state: 'stopped', needs: 'a newer stay' }]);
      for (const args of [
        ['peek', 'newer'],
        ['rename', 'newer', 'other'],
        ['resume', 'newer'],
        ['resume', '--all'],
        ['restart', 'newer'],
        ['set', 'newer', '--private'],
        ['forget', 'newer'],
        ['kill', 'newer'],
        ['kill', '--all'],
        ['prune'],
      ]) {
        const result = await sandbox.run(args);
        expectRefusal(
          result,
          exitCodes.otherVersion,
          /^stay: Cannot [a-z ]+ "newer": its files were written by a newer/,
        );
      }
      expectRefusal(
        await sandbox.run(['new', '-d', 'newer', '--', ...idle]),
        exitCodes.cannotCreate,
        /one of that name/,
      );
      expect((await sandbox.run(['doctor'])).stdout).toMatch(/written by a newer stay/);
      expect(contentsOf(folderOf(id))).toEqual(before);
    } finally {
      rmSync(folderOf(id), { recursive: true });
    }
  });

  it('as its newest checkpoint: it is not resumed from an older one', async () => {
    await makeSessions(sandbox, 'work');
    await waitUntilSaved(sandbox, 'work', 'I am work');
    const { id } = await stopSession(sandbox, 'work');
    const path = join(folderOf(id), 'screen.9.msgpack');
    writeFileSync(path, seal('screen', 99, {}), { mode: 0o600 });
    const before = contentsOf(folderOf(id));
    for (const args of [
      ['resume', 'work'],
      ['peek', 'work'],
      ['forget', 'work'],
    ])
      expectRefusal(
        await sandbox.run(args),
        exitCodes.otherVersion,
        /^stay: Cannot .* "work": its screen was saved by a newer stay \(screen\.9\.msgpack\)\n/,
      );
    const terminal = sandbox.terminal(['attach', 'work']);
    expect((await terminal.waitForExit()).code).toBe(exitCodes.otherVersion);
    expect((await sandbox.session('work')).state).toBe('stopped');
    expect(contentsOf(folderOf(id)).filter(([name]) => name !== 'server.log')).toEqual(before);
    rmSync(path);
    await sandbox.runOk(['resume', 'work']);
    expect((await sandbox.runOk(['peek', 'work'])).stdout).toMatch(/^I am work\n\[stay\]/);
  });
});

describe.each(frozenSessions())(
  'the files of a session that an older stay left: $name',
  ({ folder, id, state, shown }) => {
    it('are listed, looked at and resumed, and written in today’s form', async () => {
      const target = folderOf(id);
      cpSync(folder, target, { recursive: true, filter: (path) => !path.endsWith('shown.txt') });
      const session = await sandbox.session(state);
      expect(session).toMatchObject({ id, state, cwd: '/usr', exitCode: state === 'exited' ? 3 : null, needs: null });
      expect((await sandbox.runOk(['peek', state, '--ansi', '--all'])).stdout).toBe(shown);
      await sandbox.runOk(['resume', state]);
      await sandbox.waitForSession(state, (one) => one.state === 'running');
      await waitUntilSaved(sandbox, state, 'READY');
      expect(await toldIn(sandbox, state)).toEqual([
        state === 'exited'
          ? 'it ended with status 3; started again'
          : expect.stringMatching(/^(the machine was restarted|its server was killed); started again$/),
      ]);
      const all = (await sandbox.runOk(['peek', state, '--ansi', '--all'])).stdout;
      expect(all.startsWith(shown.trimEnd())).toBe(true);
      const bytes = readFileSync(join(target, 'session.msgpack'));
      expect(decodeRecord(bytes).kind).toBe('record');
      expect(bytes[7]).toBeGreaterThanOrEqual(3);
    });
  },
);
