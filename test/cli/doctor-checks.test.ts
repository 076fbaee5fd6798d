import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allChecks } from '../../src/cli/doctor/checks.ts';
import { type Finding, runChecks, statusOf } from '../../src/cli/doctor/finding.ts';
import { entriesBelow } from '../../src/platform/path-facts.ts';
import { openCatalog } from '../../src/storage/catalog.ts';
import { deadPid } from '../support/child.ts';
import { fakeTools, says } from '../support/fake-tools.ts';
import { sampleRecord, sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Answerer, startTestServer } from '../support/test-server.ts';

let folder = '';
let env: Record<string, string> = {};

beforeEach(() => {
  folder = tempFolder();
  env = {
    STAY_STATE_DIR: join(folder, 'state'),
    STAY_RUNTIME_DIR: join(folder, 'run'),
    HOME: folder,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    TERMINFO: join(folder, 'terminfo'),
  };
  fs.mkdirSync(join(folder, 'terminfo', 'x'), { recursive: true });
  fs.writeFileSync(join(folder, 'terminfo', 'x', 'xterm-256color'), '');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What all checks say, by their ids. */
async function findings(): Promise<Map<string, Finding>> {
  const { run } = fakeTools({ 'locale -a': says('C\nC.utf8\n') });
  const all = await runChecks(allChecks({ env, runTool: run, root: folder }));
  return new Map(all.map((finding) => [finding.id, finding]));
}

function makeFolders(): { catalog: ReturnType<typeof openCatalog>; sockets: string } {
  const sessions = join(folder, 'state', 'sessions');
  const sockets = join(folder, 'run');
  fs.mkdirSync(sessions, { recursive: true, mode: 0o700 });
  fs.mkdirSync(sockets, { mode: 0o700 });
  return { catalog: openCatalog(sessions), sockets };
}

const answering: Answerer = ({ kind }) => (kind === 'status' ? [{ kind: 'status', body: sampleStatus() }] : []);

describe('the checks', () => {
  it('are all well on a machine that stay was never used on, and make nothing', async () => {
    const before = entriesBelow(folder);
    const all = [...(await findings()).values()];
    expect(all.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(statusOf(all)).toBe(0);
    expect(entriesBelow(folder)).toEqual(before);
  });

  it('have ids of their own', () => {
    const ids = allChecks({ env, runTool: fakeTools().run }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are well with a session that runs', async () => {
    const { catalog, sockets } = makeFolders();
    catalog.add(await startTestServer(sockets, answering));
    const all = await findings();
    expect([...all.values()].filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(all.get('servers')?.message).toMatch(/^The 1 server/);
    expect(all.get('speed')?.message).toMatch(/answered in \d+ ms/);
  });

  it('see a server that does not answer', async () => {
    const { catalog, sockets } = makeFolders();
    catalog.add(await startTestServer(sockets, () => []));
    expect((await findings()).get('servers')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('"work" does not answer'),
    });
  });

  it('see a server that listens no more, and leave its socket', async () => {
    const { catalog, sockets } = makeFolders();
    const record = await startTestServer(sockets, answering);
    record.socket = join(sockets, 'bbbbbbbbbb.sock');
    fs.writeFileSync(record.socket, '');
    catalog.add(record);
    const all = await findings();
    expect(all.get('servers')).toMatchObject({ message: expect.stringContaining('does not listen') });
    expect(all.get('sockets')).toMatchObject({ state: 'problem', message: expect.stringContaining('abcdefghij.sock') });
    expect(fs.existsSync(record.socket)).toBe(true);
  });

  it('see what crashes left, and leave it', async () => {
    const { catalog, sockets } = makeFolders();
    const server = { pid: await deadPid(), start: '1' };
    catalog.add(sampleRecord({ server, socket: join(sockets, 'abcdefghij.sock') }));
    fs.writeFileSync(join(sockets, 'abcdefghij.sock'), '', { mode: 0o600 });
    fs.writeFileSync(join(catalog.folder, '.lock'), JSON.stringify(server), { mode: 0o600 });
    fs.writeFileSync(join(catalog.folderOf('abcdefghij'), 'screen.2.msgpack.bad-1'), '', { mode: 0o600 });
    fs.writeFileSync(join(catalog.folderOf('abcdefghij'), 'screen.3.msgpack.new'), '', { mode: 0o600 });
    fs.mkdirSync(catalog.folderOf('bbbbbbbbbb'), { mode: 0o700 });
    fs.mkdirSync(catalog.folderOf('cccccccccc'), { mode: 0o700 });
    fs.writeFileSync(join(catalog.folderOf('cccccccccc'), 'session.msgpack'), 'no', { mode: 0o600 });
    const before = entriesBelow(folder);
    const all = await findings();
    const unwell = [...all.values()].filter(({ state }) => state !== 'ok').map(({ id, state }) => `${id}: ${state}`);
    expect(unwell.sort()).toEqual([
      'empty-folders: note',
      'records: problem',
      'set-aside-files: note',
      'sockets: note',
      'temporary-files: note',
    ]);
    expect(all.get('temporary-files')?.message).toMatch(/^2 temporary files or locks/);
    expect(entriesBelow(folder)).toEqual(before);
  });

  it('see a folder that others may enter', async () => {
    makeFolders();
    fs.chmodSync(join(folder, 'run'), 0o755);
    expect((await findings()).get('runtime-folder')).toMatchObject({ state: 'problem' });
  });

  it('see settings that cannot be read, with file and line', async () => {
    const path = join(folder, 'config', 'stay', 'config.toml');
    fs.mkdirSync(join(folder, 'config', 'stay'), { recursive: true });
    fs.writeFileSync(path, '\nreplay_line = 3\n');
    expect((await findings()).get('settings')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining(`"${path}", line 2`),
      hint: 'Did you mean "replay_lines"?',
    });
  });

  it('name the session that they are made in', async () => {
    const { catalog } = makeFolders();
    catalog.add(sampleRecord({ name: 'web' }));
    env.STAY_SESSION = 'abcdefghij';
    expect((await findings()).get('nested')).toMatchObject({
      state: 'note',
      message: 'This terminal is inside the session "web" of stay.',
    });
  });
});
