import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  dismissEarlyServer,
  earlyServerId,
  startEarlyServer,
  takeEarlyServer,
} from '../../src/platform/early-server.ts';
import { allProcesses, startEnvironmentOf } from '../../src/platform/processes.ts';
import { selfCommand } from '../../src/platform/runtime.ts';
import { serverVerb } from '../../src/platform/server-process.ts';
import { serverVariable } from '../../src/platform/session-processes.ts';
import { startServer } from '../../src/platform/start-server.ts';
import { startChild } from '../support/child.ts';
import { tempFolder } from '../support/temp-folder.ts';

const order = { name: 'work', command: ['/no/such/program'], cwd: '/', env: {}, cols: 80, rows: 24, isAwaited: false };
let folder = '';

beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
  vi.stubEnv('STAY_RUNTIME_DIR', join(folder, 'run'));
  vi.stubEnv('XDG_RUNTIME_DIR', '');
});

afterEach(() => {
  dismissEarlyServer();
  vi.unstubAllEnvs();
});

const serversOf = (id: string) =>
  allProcesses().filter(({ pid, state }) => state !== 'Z' && startEnvironmentOf(pid, serverVariable) === id);

describe('a server that is started early', () => {
  it('gets the order of the session that takes its id, and of no other', async () => {
    expect(earlyServerId()).toBeNull();
    startEarlyServer();
    const id = earlyServerId()!;
    expect(takeEarlyServer('abcdefghij')).toBeNull();
    expect(earlyServerId()).toBe(id);
    const answer = startServer(id, JSON.stringify(order));
    expect(earlyServerId()).toBeNull();
    expect(JSON.parse(await answer)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('/no/such/program'),
    });
    expect(takeEarlyServer(id)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('and is not needed ends, and has made nothing', async () => {
    startEarlyServer();
    const id = earlyServerId()!;
    await expect.poll(() => serversOf(id).length).toBe(1);
    dismissEarlyServer();
    expect(earlyServerId()).toBeNull();
    await expect.poll(() => serversOf(id)).toEqual([]);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('and whose starter is gone without an order ends without a word', async () => {
    const child = startChild([...selfCommand(), serverVerb, 'abcdefghij']);
    expect(await child.ended).toBe(0);
    await expect(child.line()).rejects.toThrow('had said ""');
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});
