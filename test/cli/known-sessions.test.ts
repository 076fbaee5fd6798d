import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  catalog,
  findRecord,
  findSession,
  knownSession,
  knownSessions,
  lastUsedSession,
} from '../../src/cli/known-sessions.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { deadPid } from '../support/child.ts';
import { sampleRecord, sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { liveServer, startTestServer } from '../support/test-server.ts';

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

  it('from before the machine started again is stopped, whoever has the pid of its server now', async () => {
    const record = await addDead({ server: liveServer().server, bootId: 'another boot' });
    expect(await knownSession(record)).toMatchObject({ server: 'none', status: { state: 'stopped' } });
  });

  it('whose server runs but has no socket any more does not answer, and is not called stopped', async () => {
    const record = await addDead(liveServer());
    fs.rmSync(record.socket);
    expect(await knownSession(record)).toMatchObject({ server: 'silent', status: { state: 'running' } });
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
    expect((await knownSessions()).map(({ status }) => status.name)).toEqual(['new', 'middle', 'old']);
    expect((await lastUsedSession(null)).status.name).toBe('new');
  });

  it('are none to begin with, and then there is none used last', async () => {
    expect(await knownSessions()).toEqual([]);
    await expect(lastUsedSession(null)).rejects.toThrow(
      expect.objectContaining({
        code: 'noSession',
        message: 'Cannot attach: there are no sessions',
        hint: 'Make one: stay new',
      }),
    );
  });
});
