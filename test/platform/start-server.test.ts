import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../src/platform/start-server.ts';
import { ownFolders } from '../support/own-folders.ts';

const folder = ownFolders();

describe('startServer', () => {
  it('hands back the one line by which a server says that it cannot start', async () => {
    const order = {
      name: 'work',
      command: ['/no/such/program'],
      cwd: '/',
      env: {},
      cols: 80,
      rows: 24,
      isAwaited: false,
    };
    const answer = JSON.parse(await startServer('abcdefghij', JSON.stringify(order)));
    expect(answer).toMatchObject({
      kind: 'failed',
      code: 'cannotCreate',
      message: expect.stringContaining('/no/such/program'),
    });
    expect(fs.readdirSync(join(folder(), 'state', 'sessions'))).toEqual([]);
    expect(fs.readdirSync(join(folder(), 'run'))).toEqual([]);
  });

  it('hands back what is wrong with an order that cannot be read', async () => {
    expect(JSON.parse(await startServer('abcdefghij', 'no order'))).toMatchObject({ kind: 'failed', code: 'internal' });
  });
});
