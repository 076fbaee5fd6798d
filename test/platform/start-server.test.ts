import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startServer } from '../../src/platform/start-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = '';

beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
  vi.stubEnv('STAY_RUNTIME_DIR', join(folder, 'run'));
  vi.stubEnv('XDG_RUNTIME_DIR', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

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
    expect(fs.readdirSync(join(folder, 'state', 'sessions'))).toEqual([]);
    expect(fs.readdirSync(join(folder, 'run'))).toEqual([]);
  });

  it('hands back what is wrong with an order that cannot be read', async () => {
    expect(JSON.parse(await startServer('abcdefghij', 'no order'))).toMatchObject({ kind: 'failed', code: 'internal' });
  });
});
