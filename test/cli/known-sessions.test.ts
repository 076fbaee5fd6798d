import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { socketPatienceMs } from '../../src/base/limits.ts';
import { allSessions } from '../../src/cli/all-sessions.ts';
import { askServer } from '../../src/cli/ask-server.ts';
import { forgetHistory } from '../../src/cli/forget-history.ts';
import { killSession } from '../../src/cli/kill-session.ts';
import {
  catalog,
  findRecord,
  findSession,
  knownSession,
  lastUsedSession,
  recordIfAny,
  startedSession,
} from '../../src/cli/known-sessions.ts';
import { requireUnderstood } from '../../src/cli/other-version.ts';
import { peekSession } from '../../src/cli/peek-session.ts';
import { renameSession } from '../../src/cli/rename-session.ts';
import { restartSession } from '../../src/cli/restart-session.ts';
import { resumeSession } from '../../src/cli/resume-session.ts';
import { isRunning, processStamp } from '../../src/platform/processes.ts';
import { socketSignal } from '../../src/platform/socket-signal.ts';
import { claimName } from '../../src/storage/claim-name.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { version } from '../../src/version.ts';
import { deadPid, startChild } from '../support/child.ts';
import { sampleRecord, sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { liveServer, startTestServer } from '../support/test-server.ts';

const foreign = { protocol: 2, version: '0.9.0', pid: 1 };
let folder = '';

beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A session on disk whose server is gone, with the socket that it left. */
async function addDead(changes: Partial<SessionRecord> = {}): Promise<SessionRecord> {
  const record = sampleRecord({ ...liveServer(), server: { pid: await deadPid(), start: '1' }, ...changes });
  record.socket = join(folder, `${record.id}.sock`);
  fs.writeFileSync(record.socket, '');
  catalog().add(record);
  return record;
}

/** What this process does when it is asked for its socket. */
function onAsked(listener: () => void): void {
  process.on(socketSignal, listener);
  onTestFinished(() => void process.off(socketSignal, listener));
}

describe('a session', () => {
  it('whose server answers is as the server says', async () => {
    const status = sampleStatus({ program: 'htop', lastUsedAt: 7 });
    const record = await startTestServer(folder, ({ kind }) =>
      kind === 'status' ? [{ kind: 'status', body: status }] : [],
    );
    expect(await knownSession(record)).toEqual({ record, status, server: 'answering' });
  });

  it('whose server is gone is stopped, and the socket it left is removed', async () => {
    const record = await addDead();
    expect(await knownSession(record)).toMatchObject({ server: 'none', status: { state: 'stopped', pid: null } });
    expect(fs.existsSync(record.socket)).toBe(false);
    expect(catalog().entry(record.id)).toMatchObject({ kind: 'record' });
  });

  it('whose program ended by itself is exited, with its status', async () => {
    const record = await addDead({ exit: { exitCode: 3, signal: null, at: 5 } });
    expect(await knownSession(record)).toMatchObject({ server: 'none', status: { state: 'exited', exitCode: 3 } });
  });

  it('is found by its id, which may be anything, and runs once its server has said so', async () => {
    const record = await addDead({ server: liveServer().server });
    expect(recordIfAny(record.id)).toEqual(record);
    expect(startedSession(record.id)).toMatchObject({ record, server: 'answering', status: { state: 'running' } });
    for (const id of ['zzzzzzzzzz', '', '..', `../sessions/${record.id}`, `${record.id}/`]) {
      expect(recordIfAny(id)).toBeNull();
      expect(() => startedSession(id)).toThrow(expect.objectContaining({ code: 'noSession' }));
    }
  });

  it('from before the machine started again is stopped, whoever has the pid of its server now', async () => {
    const record = await addDead({ server: liveServer().server, bootId: 'another boot' });
    expect(await knownSession(record)).toMatchObject({ server: 'none', status: { state: 'stopped' } });
  });

  it.runIf(process.platform === 'linux')(
    'whose older server runs but has no socket any more does not answer, at once, and is not called stopped',
    async () => {
      const { pid } = startChild(['sleep', '1000']);
      const record = await addDead({ ...liveServer(), server: processStamp(pid) });
      fs.rmSync(record.socket);
      const start = performance.now();
      expect(await knownSession(record)).toMatchObject({ server: 'silent', status: { state: 'running' } });
      expect(performance.now() - start).toBeLessThan(socketPatienceMs.listed);
      expect(isRunning(record.server)).toBe(true);
    },
  );

  it('whose server lost its socket is asked to make it again, and waited for', async () => {
    const record = await addDead(liveServer());
    fs.rmSync(record.socket);
    onAsked(() => void startTestServer(folder, () => [{ kind: 'status', body: sampleStatus({ program: 'htop' }) }]));
    expect(await knownSession(record)).toMatchObject({ server: 'answering', status: { program: 'htop' } });
  });

  it('whose server cannot make it again does not answer; the others are not held up by it', async () => {
    const record = await addDead(liveServer());
    fs.rmSync(record.socket);
    let asked = 0;
    onAsked(() => void asked++);
    const start = performance.now();
    expect(await allSessions()).toMatchObject([{ server: 'silent', status: { state: 'running' } }]);
    expect(performance.now() - start).toBeLessThan(socketPatienceMs.wanted);
    expect(await knownSession(record)).toMatchObject({ server: 'silent', status: { state: 'running' } });
    expect(asked).toBe(2);
  });

  it('whose server speaks another protocol runs, and says which stay it needs', async () => {
    const record = await startTestServer(folder, () => 'hangUp', { name: 'web' }, foreign);
    catalog().add(record);
    const session = await knownSession(record);
    expect(session).toMatchObject({
      server: 'foreign',
      needs: 'stay 0.9.0',
      status: { state: 'running', name: 'web' },
    });
    expect(() => requireUnderstood(session, 'attach to')).toThrow(
      expect.objectContaining({
        code: 'otherVersion',
        message: `Cannot attach to "web": its server runs stay 0.9.0, which this stay (${version}) does not understand`,
        hint: 'Use stay 0.9.0, or end the session: stay kill web',
      }),
    );
    for (const act of [
      () => peekSession(session, { historyLines: 0, isAnsi: false }),
      () => renameSession(session, 'other'),
      () => resumeSession(session),
      () => restartSession(session),
      () => askServer(session, { kind: 'release', body: {} }, 'detach'),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'otherVersion' });
  });

  it('whose record a newer stay wrote is told of, and nothing of it is touched', async () => {
    const record = await addDead({ name: 'web' });
    const path = join(catalog().folderOf(record.id), 'session.msgpack');
    const newer = seal('session', 99, { ...record, cwd: { now: 'elsewhere' } });
    fs.writeFileSync(path, newer);
    const session = await findSession('web');
    expect(session).toMatchObject({ server: 'none', needs: 'a newer stay', status: { name: 'web', state: 'stopped' } });
    const message = (what: string) => `Cannot ${what} "web": its files were written by a newer stay`;
    expect(() => requireUnderstood(session, 'attach to')).toThrow(message('attach to'));
    for (const [what, act] of [
      ['see the screen of', () => peekSession(session, { historyLines: 0, isAnsi: false })],
      ['rename', () => renameSession(session, 'other')],
      ['resume', () => resumeSession(session)],
      ['restart', () => restartSession(session)],
      ['kill', () => killSession(session)],
      ['prune', () => killSession(session, 'prune')],
      ['forget the history of', () => forgetHistory(session)],
    ] as const)
      await expect(act(), what).rejects.toMatchObject({ code: 'otherVersion', message: message(what) });
    expect(() => claimName(catalog(), 'web')).toThrow('there is one of that name already');
    expect(Buffer.compare(fs.readFileSync(path), newer)).toBe(0);
    expect(fs.existsSync(record.socket)).toBe(true);
  });

  it('whose record a newer stay wrote is as its server says, if that still speaks our protocol', async () => {
    const status = sampleStatus({ name: 'web' });
    const record = await startTestServer(folder, ({ kind }) => (kind === 'status' ? [{ kind, body: status }] : []));
    catalog().add(record);
    fs.writeFileSync(join(catalog().folderOf(record.id), 'session.msgpack'), seal('session', 99, record));
    const session = await findSession('work');
    expect(session).toMatchObject({ server: 'answering', status });
    requireUnderstood(session, 'attach to');
  });

  it('whose server has just ended is as it wrote last', async () => {
    const record = await startTestServer(folder, () => 'hangUp');
    catalog().add({ ...record, exit: { exitCode: 0, signal: null, at: 5 } });
    expect(await knownSession(record)).toMatchObject({ server: 'none', status: { state: 'exited', exitCode: 0 } });
  });
});

describe('finding', () => {
  it('takes the full name, the id, or a beginning that no other shares', async () => {
    await addDead({ id: 'aaaaaaaaaa', name: 'work' });
    await addDead({ id: 'bbbbbbbbbb', name: 'workshop' });
    await addDead({ id: 'cccccccccc', name: 'été' });
    expect(findRecord('work').id).toBe('aaaaaaaaaa');
    expect(findRecord('works').id).toBe('bbbbbbbbbb');
    expect(findRecord('cccccccccc').name).toBe('été');
    expect((await findSession('e\u0301')).status.name).toBe('été');
  });

  it('says which ones an ambiguous beginning may mean', async () => {
    await addDead({ id: 'aaaaaaaaaa', name: 'web-b' });
    await addDead({ id: 'bbbbbbbbbb', name: 'web-a' });
    expect(() => findRecord('web')).toThrow(
      expect.objectContaining({ code: 'noSession', message: 'Cannot tell which session "web" means: web-a, web-b' }),
    );
  });

  it('says what was perhaps meant when there is none of that name', async () => {
    await addDead({ name: 'notes' });
    expect(() => findRecord('nots')).toThrow(
      expect.objectContaining({
        code: 'noSession',
        message: 'Cannot find a session "nots": there is none of that name',
        hint: 'Did you mean "notes"?',
      }),
    );
    expect(() => findRecord('xyz')).toThrow(expect.objectContaining({ hint: 'See what there is: stay list' }));
  });
});

describe('all sessions', () => {
  it('come with the one used last first, whatever cannot be read', async () => {
    await addDead({ id: 'aaaaaaaaaa', name: 'old', lastUsedAt: 1 });
    await addDead({ id: 'bbbbbbbbbb', name: 'new', lastUsedAt: 3 });
    await addDead({ id: 'cccccccccc', name: 'middle', lastUsedAt: 2 });
    await addDead({ id: 'dddddddddd', name: 'broken' });
    fs.truncateSync(join(catalog().folderOf('dddddddddd'), 'session.msgpack'), 20);
    expect((await allSessions()).map(({ status }) => status.name)).toEqual(['new', 'middle', 'old']);
    expect((await lastUsedSession(null)).status.name).toBe('new');
  });

  it('are none to begin with, and then there is none used last', async () => {
    expect(await allSessions()).toEqual([]);
    await expect(lastUsedSession(null)).rejects.toThrow(
      expect.objectContaining({
        code: 'noSession',
        message: 'Cannot attach: there are no sessions',
        hint: 'Make one: stay new',
      }),
    );
  });
});
