import * as fs from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
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
import { ownFolders } from '../support/own-folders.ts';

const order = { name: 'work', command: ['/no/such/program'], cwd: '/', env: {}, cols: 80, rows: 24, isAwaited: false };
const folder = ownFolders();

afterEach(dismissEarlyServer);

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
    expect(fs.readdirSync(folder())).toEqual([]);
  });

  it('and whose starter is gone without an order ends without a word', async () => {
    const child = startChild([...selfCommand(), serverVerb, 'abcdefghij']);
    expect(await child.ended).toBe(0);
    await expect(child.line()).rejects.toThrow('had said ""');
    expect(fs.readdirSync(folder())).toEqual([]);
  });
});
