import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attachSession } from '../../src/cli/attach-session.ts';
import type { AttachWishes } from '../../src/cli/hold-sessions.ts';
import { catalog, type KnownSession, knownSession } from '../../src/cli/known-sessions.ts';
import type { Parting } from '../../src/cli/parting.ts';
import { parseSettings } from '../../src/config/settings.ts';
import type { Left, Reply, Request } from '../../src/protocol/messages.ts';
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { bytesOf } from '../support/bytes.ts';
import { deadPid } from '../support/child.ts';
import { fakeUserTerminal } from '../support/fake-user-terminal.ts';
import { sampleHolder, sampleRecord, sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startTestServer } from '../support/test-server.ts';

let folder = '';

beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
  vi.stubEnv('STAY_SESSION', undefined);
  vi.stubEnv('SSH_CONNECTION', '192.0.2.7 50000 192.0.2.8 22');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const settings = parseSettings('detach_keys = []\nreplay_lines = 100', 'config.toml');
const wishes = (): AttachWishes => ({ terminal: fakeUserTerminal(), settings, ifFree: false });
const status: Reply = { kind: 'status', body: sampleStatus() };
const attached: Reply = { kind: 'attached', body: { id: 'abcdefghij', name: 'work' } };

/** A session on disk whose server answers what the test says to an attach, and its status. */
async function serve(onAttach: Reply[], heard: Request[] = []): Promise<KnownSession> {
  const record = await startTestServer(folder, (request) => {
    heard.push(request);
    if (request.kind === 'status') return [status];
    return request.kind === 'attach' ? onAttach : [];
  });
  catalog().add(record);
  return knownSession(record);
}

/** A session on disk that has no server any more. */
async function addDead(changes: Partial<SessionRecord> = {}): Promise<KnownSession> {
  const record = sampleRecord({
    socket: join(folder, 'a.sock'),
    server: { pid: await deadPid(), start: '1' },
    ...changes,
  });
  catalog().add(record);
  return knownSession(record);
}

describe('how it ended', () => {
  const since = new Date(2025, 10, 23, 9, 5, 7).getTime();
  it.each<[Left, Parting]>([
    [{ reason: 'detached' }, { sentence: '[stay] detached from work', exitCode: 0, isPlainDetach: true }],
    [{ reason: 'released' }, { sentence: '[stay] work was detached from elsewhere', exitCode: 0 }],
    [
      { reason: 'takenOver', by: sampleHolder({ since }) },
      { sentence: '[stay] work was taken over by /dev/pts/3 from 192.0.2.7 at 09:05:07', exitCode: 0 },
    ],
    [
      { reason: 'takenOver', by: sampleHolder({ since, tty: null, from: null }) },
      { sentence: '[stay] work was taken over by process 77 at 09:05:07', exitCode: 0 },
    ],
    [
      { reason: 'exited', exitCode: 0, signal: null, at: 1 },
      { sentence: '[stay] work ended with status 0', exitCode: 0 },
    ],
    [
      { reason: 'exited', exitCode: 3, signal: null, at: 1 },
      { sentence: '[stay] work ended with status 3', exitCode: 3 },
    ],
    [
      { reason: 'exited', exitCode: null, signal: 'SIGKILL', at: 1 },
      { sentence: '[stay] work was ended by SIGKILL', exitCode: 137 },
    ],
    [{ reason: 'killed' }, { sentence: '[stay] work was killed', exitCode: 129 }],
    [{ reason: 'serverEnding' }, { sentence: '[stay] work stopped: its server was told to end', exitCode: 74 }],
  ])('is told in one line, with a status for scripts: %j', async (left, parting) => {
    const session = await serve([attached, { kind: 'left', body: { left, endRow: 1 } }]);
    expect(await attachSession(session, wishes())).toEqual(parting);
  });

  it('is told to nobody when the terminal went away', async () => {
    const session = await serve([attached]);
    const terminal = fakeUserTerminal();
    const ended = attachSession(session, { ...wishes(), terminal });
    await expect.poll(() => terminal.hasReader).toBe(true);
    terminal.hangUp();
    expect(await ended).toEqual({ sentence: null, exitCode: 129, isFinal: true });
  });
});

describe('attaching', () => {
  it('tells the server where the user is and comes from', async () => {
    const heard: Request[] = [];
    const session = await serve([attached, { kind: 'left', body: { left: { reason: 'detached' }, endRow: 1 } }], heard);
    vi.stubEnv('STAY_SESSION', 'another001');
    await attachSession(session, { ...wishes(), ifFree: true });
    expect(heard.findLast(({ kind }) => kind === 'attach')?.body).toMatchObject({
      tty: '/dev/pts/9',
      from: '192.0.2.7',
      inside: 'another001',
      ifFree: true,
      replayLines: 100,
    });
  });

  it('throws the refusal of the server', async () => {
    const session = await serve([{ kind: 'failed', body: { code: 'busy', message: 'Cannot attach "work": held' } }]);
    await expect(attachSession(session, wishes())).rejects.toThrow(
      expect.objectContaining({ code: 'busy', message: 'Cannot attach "work": held' }),
    );
  });

  it('from inside the session itself is refused', async () => {
    const heard: Request[] = [];
    const session = await serve([attached], heard);
    vi.stubEnv('STAY_SESSION', 'abcdefghij');
    await expect(attachSession(session, wishes())).rejects.toThrow(
      expect.objectContaining({ code: 'usage', message: 'Cannot attach to "work": this terminal is inside it' }),
    );
    expect(heard.map(({ kind }) => kind)).not.toContain('attach');
  });

  it('from inside a session that is shown in it is refused', async () => {
    const session = await serve([attached]);
    const inner = sampleStatus({ id: 'bbbbbbbbbb', attached: sampleHolder({ inside: 'abcdefghij' }) });
    const record = await startTestServer(
      folder,
      ({ kind }) => (kind === 'status' ? [{ kind: 'status', body: inner }] : []),
      {
        id: 'bbbbbbbbbb',
        name: 'inner',
      },
    );
    catalog().add(record);
    vi.stubEnv('STAY_SESSION', 'bbbbbbbbbb');
    await expect(attachSession(session, wishes())).rejects.toThrow(
      expect.objectContaining({
        message: 'Cannot attach to "work": it shows the session that this terminal is inside of',
      }),
    );
  });

  it('from inside a session that is gone is no circle', async () => {
    const session = await serve([attached, { kind: 'left', body: { left: { reason: 'detached' }, endRow: 1 } }]);
    vi.stubEnv('STAY_SESSION', 'gonegonego');
    expect(await attachSession(session, wishes())).toMatchObject({ isPlainDetach: true });
  });
});

describe('a session without a server', () => {
  it('whose program ended shows its last screen and its status', async () => {
    const session = await addDead({ exit: { exitCode: 3, signal: null, at: 5 } });
    const paint = bytesOf('last words\r\nand more');
    const file = join(catalog().folderOf(session.record.id), 'screen.1.msgpack');
    fs.writeFileSync(file, encodeCheckpoint({ cols: 80, rows: 24, paint, savedAt: 1 }));
    const terminal = fakeUserTerminal();
    expect(await attachSession(session, { ...wishes(), terminal })).toMatchObject({
      sentence: '[stay] work ended with status 3',
      exitCode: 3,
    });
    expect(terminal.shown).toContain('last words');
    expect(terminal.shown.endsWith('\x1b[2;1H\r\n')).toBe(true);
  });

  it('whose screen was lost tells its status all the same', async () => {
    const session = await addDead({ exit: { exitCode: null, signal: 'SIGHUP', at: 5 } });
    expect(await attachSession(session, wishes())).toMatchObject({
      sentence: '[stay] work was ended by SIGHUP',
      exitCode: 129,
    });
  });

  it('that ends just now is shown as it ended', async () => {
    let isEnding = false;
    const record = await startTestServer(folder, ({ kind }) => {
      isEnding ||= kind === 'attach';
      if (isEnding) return 'hangUp';
      return kind === 'status' ? [status] : [];
    });
    catalog().add({ ...record, exit: { exitCode: 7, signal: null, at: 5 } });
    const session = await knownSession(record);
    expect(session.server).toBe('answering');
    expect(await attachSession(session, wishes())).toMatchObject({ exitCode: 7 });
  });
});
