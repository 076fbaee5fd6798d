import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allSessions } from '../../src/cli/all-sessions.ts';
import { hello } from '../../src/cli/hello.ts';
import { catalog, type KnownSession } from '../../src/cli/known-sessions.ts';
import { processStamp } from '../../src/platform/processes.ts';
import { encodeReply, type Hello } from '../../src/protocol/messages.ts';
import type { SessionStatus } from '../../src/protocol/session-status.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { putStandingAnswer } from '../../src/storage/standing-answer.ts';
import { startChild } from '../support/child.ts';
import { sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startTestServer } from '../support/test-server.ts';

let folder = '';
let asked = 0;

beforeEach(() => {
  folder = tempFolder();
  asked = 0;
  vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A session that says "asked" when it is asked. */
async function addSession(changes: Partial<SessionRecord> = {}): Promise<SessionRecord> {
  const record = await startTestServer(
    folder,
    () => {
      asked++;
      return [{ kind: 'status', body: sampleStatus({ title: 'asked' }) }];
    },
    changes,
  );
  catalog().add(record);
  return record;
}

interface Standing {
  server?: SessionRecord['server'];
  greeting?: Hello;
  isCwdTold?: boolean;
}

/** Lets a status stand for the session. */
function stand(record: SessionRecord, status: Partial<SessionStatus> = {}, options: Standing = {}): void {
  const { server = record.server, greeting = hello, isCwdTold = false } = options;
  const said = Buffer.concat([
    encodeReply({ kind: 'hello', body: greeting }),
    encodeReply({ kind: 'status', body: sampleStatus({ title: 'standing', pid: null, ...status }) }),
  ]);
  putStandingAnswer(record.socket, { server, said: Uint8Array.from(said), isCwdTold });
}

async function listed(): Promise<KnownSession> {
  const [session] = await allSessions();
  return session!;
}

describe.runIf(process.platform === 'linux')('a status that stands beside its socket', () => {
  it('is what the session says: its server is not asked', async () => {
    stand(await addSession());
    expect(await listed()).toMatchObject({ server: 'answering', status: { title: 'standing' } });
    expect(asked).toBe(0);
  });

  it('tells what runs in the foreground, and where, as it is now', async () => {
    const { pid } = startChild(['sleep', '1000'], { cwd: folder });
    const record = await addSession();
    stand(record, { pid, program: 'vim', cwd: '/old' });
    expect((await listed()).status).toMatchObject({ program: 'sleep', cwd: folder });
    stand(record, { pid, cwd: '/told' }, { isCwdTold: true });
    expect((await listed()).status).toMatchObject({ program: 'sleep', cwd: '/told' });
  });

  it('of another process, or of one whose pid was used again, is worth nothing', async () => {
    const record = await addSession();
    for (const server of [
      { ...record.server, pid: record.server.pid + 1 },
      { ...record.server, start: '1' },
    ]) {
      stand(record, {}, { server });
      expect((await listed()).status.title).toBe('asked');
    }
  });

  it('of a server that is stopped is not taken for its word', async () => {
    const child = startChild(['sleep', '1000']);
    const record = await addSession({ server: processStamp(child.pid) });
    stand(record);
    expect((await listed()).status.title).toBe('standing');
    process.kill(child.pid, 'SIGSTOP');
    await vi.waitFor(async () => expect((await listed()).status.title).not.toBe('standing'));
  });

  it('is worth nothing without the socket: its server is asked for that', async () => {
    const record = await addSession();
    stand(record);
    fs.rmSync(record.socket);
    const onSignal = vi.fn();
    process.on('SIGUSR1', onSignal);
    expect(await listed()).toMatchObject({ server: 'silent' });
    process.off('SIGUSR1', onSignal);
    expect(onSignal).toHaveBeenCalled();
  });

  it('that cannot be read is asked for', async () => {
    const record = await addSession();
    stand(record);
    fs.writeFileSync(record.socket.replace(/sock$/, 'status'), 'stay');
    expect((await listed()).status.title).toBe('asked');
  });

  it('of a server that speaks another protocol says so', async () => {
    const record = await addSession();
    stand(record, {}, { greeting: { ...hello, protocol: hello.protocol + 1, version: '0.9.0' } });
    expect(await listed()).toMatchObject({ server: 'foreign', needs: 'stay 0.9.0' });
  });
});
