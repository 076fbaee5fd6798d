import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { catalog } from '../../src/cli/known-sessions.ts';
import { sessionPreviews } from '../../src/cli/session-previews.ts';
import type { Reply, Request } from '../../src/protocol/messages.ts';
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import type { Preview } from '../../src/ui/session-list.ts';
import { bytesOf } from '../support/bytes.ts';
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

/** What is told of the session from now on. */
function watch(id: string): Preview[] {
  const told: Preview[] = [];
  const watching = sessionPreviews().watch(id, { cols: 40, rows: 10 }, (preview) => told.push(preview));
  onTestFinished(() => watching.dispose());
  return told;
}

const toldWhy = (told: Preview[]) => told.flatMap((one) => (one.kind === 'none' ? [one.why] : []));
const firstLines = (told: Preview[]) => told.flatMap((one) => (one.kind === 'frame' ? [one.frame.lines[0]] : []));

async function deadServer(): Promise<Pick<SessionRecord, 'server' | 'bootId'>> {
  return { ...liveServer(), server: { pid: await deadPid(), start: '1' } };
}

/** A session whose server is gone. */
async function addDead(changes: Partial<SessionRecord> = {}): Promise<SessionRecord> {
  const record = sampleRecord({ ...(await deadServer()), ...changes });
  catalog().add(record);
  return record;
}

function saveScreen({ id }: SessionRecord, text: string): void {
  mkdirSync(catalog().folderOf(id), { recursive: true });
  const paint = bytesOf(text);
  const bytes = encodeCheckpoint({ cols: 80, rows: 24, paint, savedAt: 1 });
  writeFileSync(join(catalog().folderOf(id), 'screen.1.msgpack'), bytes);
}

const frameOf = (line: string): Reply => ({
  kind: 'preview',
  body: { lines: [line], cols: 80, rows: 24, cursor: null },
});

it('the session that we run in is not looked at: it would show us showing it', async () => {
  const record = await addDead();
  vi.stubEnv('STAY_SESSION', record.id);
  const told = watch(record.id);
  await expect.poll(() => toldWhy(told)).toEqual(['you are in it']);
});

describe('a preview of a session that runs', () => {
  it('is what its server shows, in the size that is wanted', async () => {
    const asked: Request[] = [];
    const record = await startTestServer(folder, (request) => {
      asked.push(request);
      return request.kind === 'watchScreen' ? [frameOf('one'), frameOf('two')] : [];
    });
    catalog().add(record);
    const told = watch(record.id);
    await expect.poll(() => firstLines(told)).toEqual(['one', 'two']);
    expect(asked).toContainEqual({ kind: 'watchScreen', body: { cols: 40, rows: 10 } });
  });

  it('is taken from a peek where its server is one of an older stay', async () => {
    const record = await startTestServer(folder, ({ kind }) => {
      if (kind === 'status') return [{ kind: 'status', body: sampleStatus() }];
      if (kind !== 'peek') return [];
      const cursor = { col: 3, row: 0, isVisible: true };
      const facts = { cols: 80, rows: 24, historyLines: 0, isAlternateScreen: false, title: '', cursor };
      return [
        { kind: 'lines', body: bytesOf(`\x1b[0;31mold\x1b[0m\n${'\n'.repeat(23)}`) },
        { kind: 'screen', body: facts },
      ];
    });
    catalog().add(record);
    const told = watch(record.id);
    await expect.poll(() => firstLines(told)).toEqual(['\x1b[0;31mold\x1b[0m']);
    expect(told[0]).toMatchObject({ frame: { cols: 80, rows: 24, cursor: { col: 3, row: 0 } } });
  });

  it('is none where its server does not talk to us, as long as it is that one', async () => {
    const message = 'it speaks protocol 2';
    const record = await startTestServer(folder, ({ kind }) =>
      kind === 'hello' ? [{ kind: 'failed', body: { code: 'connectionLost', message } }] : 'hangUp',
    );
    catalog().add(record);
    const told = watch(record.id);
    await expect.poll(() => told).toEqual([{ kind: 'none', why: message }]);
    catalog().save({ ...record, ...(await deadServer()) });
    await expect.poll(() => toldWhy(told)).toEqual([message, 'no screen of it was saved']);
  });

  it('is none within a second while its server is silent, and comes when it speaks again', async () => {
    const record = await startTestServer(folder, () => []);
    catalog().add(record);
    const startedAt = performance.now();
    const told = watch(record.id);
    await expect.poll(() => toldWhy(told), { timeout: 5_000 }).toEqual(['its server does not answer']);
    // 900 ms of patience, and a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  });

  it('is the saved one once its server has gone, and that of the next server once there is one', async () => {
    const first = await startTestServer(folder, ({ kind }) => {
      if (kind === 'status') return 'hangUp';
      return kind === 'watchScreen' ? [frameOf('live')] : [];
    });
    catalog().add(first);
    saveScreen(first, 'saved');
    const told = watch(first.id);
    await expect.poll(() => firstLines(told)).toContain('live');
    catalog().save({ ...first, ...(await deadServer()) });
    await expect.poll(() => firstLines(told).at(-1)).toBe('saved');
    const again = await startTestServer(join(folder, 'state'), ({ kind }) =>
      kind === 'watchScreen' ? [frameOf('again')] : [],
    );
    catalog().save({ ...again, id: first.id });
    await expect.poll(() => firstLines(told).at(-1)).toBe('again');
  });
});

describe('a preview of a session without a server', () => {
  it('is the screen that was saved', async () => {
    const record = await addDead();
    saveScreen(record, 'one\r\n\x1b[31mtwo');
    const told = watch(record.id);
    await expect.poll(() => told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      frame: { cols: 80, rows: 24, cursor: { col: 3, row: 1 } },
    });
    expect(firstLines(told)).toEqual(['one']);
  });

  it.each<[string, Partial<SessionRecord>]>([
    ['no screen of it was saved', {}],
    ['no screen of it was saved', { exit: { exitCode: 0, signal: null, at: 5 } }],
    ['it is private: its screen is not kept', { isPrivate: true }],
  ])('is none, because %s: %o', async (why, changes) => {
    const record = await addDead(changes);
    const told = watch(record.id);
    await expect.poll(() => told).toEqual([{ kind: 'none', why }]);
  });

  it('is none once it is gone, or cannot be read', async () => {
    const record = await addDead();
    saveScreen(record, 'one');
    const told = watch(record.id);
    await expect.poll(() => firstLines(told)).toEqual(['one']);
    catalog().remove(record.id);
    await expect.poll(() => toldWhy(told)).toEqual(['it is gone']);
    mkdirSync(catalog().folderOf(record.id), { recursive: true });
    writeFileSync(join(catalog().folderOf(record.id), 'session.msgpack'), 'rubbish');
    const unreadable = watch(record.id);
    await expect.poll(() => toldWhy(unreadable)).toEqual(['it is cut short']);
  });

  it('is not told again when only its name changes', async () => {
    const record = await addDead();
    saveScreen(record, 'one');
    const told = watch(record.id);
    await expect.poll(() => firstLines(told)).toEqual(['one']);
    catalog().save({ ...record, name: 'other' });
    catalog().save({ ...record, name: 'other', isPrivate: true });
    await expect.poll(() => toldWhy(told)).toEqual(['it is private: its screen is not kept']);
    expect(told).toHaveLength(2);
  });
});

it('tells nothing once it is disposed', async () => {
  const record = await addDead();
  saveScreen(record, 'one');
  const told: Preview[] = [];
  sessionPreviews()
    .watch(record.id, { cols: 40, rows: 10 }, (preview) => told.push(preview))
    .dispose();
  const other = watch(record.id);
  await expect.poll(() => other).toHaveLength(1);
  expect(told).toEqual([]);
});
