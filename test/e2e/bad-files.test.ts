// Saved files gone bad: the session comes back with what is left, and whoever brings it back is told once, in words.

import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { script } from './support/programs.ts';
import { runCommand } from './support/run-command.ts';
import { type ListedJson, makeSandbox } from './support/sandbox.ts';
import { linesOf, serversOf, stopSession, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

const folderOf = ({ id }: { id: string }) => join(sandbox.stateDir, 'sessions', id);
const screensOf = (session: ListedJson) =>
  readdirSync(folderOf(session)).filter((name) => /^screen\.\d+\.msgpack$/.test(name));

/** A stopped session that printed `HERE`, with one checkpoint of that. */
async function makeStopped(): Promise<ListedJson> {
  await sandbox.runOk(['new', '-d', 'work', '--', ...script('echo HERE; exec sleep 4000')]);
  await waitUntilSaved(sandbox, 'work', 'HERE');
  return stopSession(sandbox, 'work', 'SIGTERM');
}

/** Changes the last byte. */
function spoil(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(path, bytes);
}

const damaged = /Some of what was saved of "work" is damaged: /;

/** How often it is told in the session itself; a narrow terminal wraps the sentence. */
async function timesTold(): Promise<number> {
  return (await linesOf(sandbox, 'work')).filter((line) => line.startsWith('[stay] Some of what')).length;
}

describe('a spoiled checkpoint', () => {
  it('costs nothing where the one before tells the same, which a resume says below its dated line, once', async () => {
    const session = await makeStopped();
    const newest = screensOf(session).sort().at(-1)!;
    spoil(join(folderOf(session), newest));
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 250 });
    await terminal.waitFor(
      /^HERE\n\[stay\] .*: its server was told to end; started again\n\[stay\] Some of what .*\nHERE$/,
    );
    expect(terminal.text()).toContain(
      `"work" is damaged: ${newest} (its checksum is wrong), kept as ${newest}.bad-1. ` +
        'Its screen and history are whole all the same.',
    );
    expect(readdirSync(folderOf(session))).toContain(`${newest}.bad-1`);
    await terminal.type('\x1c');
    await terminal.waitForExit();
    await stopSession(sandbox, 'work', 'SIGTERM');
    await sandbox.runOk(['resume', 'work']);
    expect(await timesTold()).toBe(1);
  });

  it('and no other left: a resume says that nothing is left, and the session comes back', async () => {
    const session = await makeStopped();
    for (const name of screensOf(session)) spoil(join(folderOf(session), name));
    await sandbox.runOk(['resume', 'work']);
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 250 });
    await terminal.waitFor(
      /started again\n\[stay\] Some of what .*\. Nothing is left of its screen and history\.\nHERE$/,
    );
  });

  it('is told by peek on standard error, once, and not again by a resume', async () => {
    const session = await makeStopped();
    spoil(join(folderOf(session), screensOf(session).sort().at(-1)!));
    const first = await sandbox.runOk(['peek', 'work']);
    expect(first).toMatchObject({ stdout: 'HERE\n', stderr: expect.stringMatching(damaged) });
    expect(await sandbox.runOk(['peek', 'work'])).toMatchObject({ stdout: 'HERE\n', stderr: '' });
    await sandbox.runOk(['resume', 'work']);
    expect(await timesTold()).toBe(0);
  });

  it('is told by an attach to an ended session in its last line', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', 'echo', 'last words']);
    const session = await sandbox.waitForSession('work', (one) => one.state === 'exited');
    // Of so short a life it saves the screen twice, the last time when it is listed as exited already.
    await waitUntil(() => serversOf(session).length === 0, 'the server has ended');
    spoil(join(folderOf(session), screensOf(session).sort().at(-1)!));
    const terminal = sandbox.terminal(['attach', 'work'], { cols: 250 });
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(terminal.text()).toMatch(/last words\n+\[stay\] work ended with status 0\. Some of what was saved/);
  });

  it('that cannot even be read is left where it is, and told', async () => {
    const session = await makeStopped();
    const newest = join(folderOf(session), screensOf(session).sort().at(-1)!);
    rmSync(newest);
    mkdirSync(newest);
    const { stdout, stderr } = await sandbox.runOk(['peek', 'work']);
    expect({ stdout, stderr }).toEqual({
      stdout: 'HERE\n',
      stderr: expect.stringMatching(/cannot be read: .*left where it is/),
    });
    await sandbox.runOk(['resume', 'work']);
    expect(await timesTold()).toBe(1);
  });
});

describe('a spoiled journal', () => {
  it('costs what came later, and a resume says from when its screen is', async () => {
    const session = await makeStopped();
    for (const name of screensOf(session).sort().slice(1)) rmSync(join(folderOf(session), name));
    const journal = readdirSync(folderOf(session))
      .sort()
      .find((name) => name.startsWith('journal.'))!;
    spoil(join(folderOf(session), journal));
    await sandbox.runOk(['resume', 'work']);
    // Wherever the sentence wraps.
    const told = (await linesOf(sandbox, 'work')).join('').replaceAll(' ', '');
    expect(told).toMatch(/Itsscreenandhistoryareastheywereon\d{4}-\d\d-\d\d\d\d:\d\d;whatcamelaterislost\./);
  });
});

describe('a spoiled record', () => {
  it('is told by list and doctor, and left; the other sessions are well', async () => {
    const session = await makeStopped();
    await sandbox.runOk(['new', '-d', 'other', '--', 'sleep', '4000']);
    const path = join(folderOf(session), 'session.msgpack');
    const before = readFileSync(path);
    spoil(path);
    const { stdout, stderr } = await sandbox.runOk(['list']);
    expect(stdout).toMatch(/^other +running/m);
    expect(stderr).toMatch(/^stay: Cannot list the session [0-9a-z]{10}: its checksum is wrong$/m);
    const doctor = await sandbox.run(['doctor']);
    expect(doctor).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('cannot be read') });
    writeFileSync(path, before);
    expect((await sandbox.session('work')).state).toBe('stopped');
  });
});

describe.skipIf(process.getuid?.() !== 0)('folders that an ordinary user may not read', () => {
  /** Root may read everything: stay as a user who may not. */
  async function asNobody(args: readonly string[]) {
    const home = join(sandbox.root, 'tmp', 'nobody');
    const env = {
      HOME: home,
      STAY_STATE_DIR: join(home, 'state'),
      STAY_RUNTIME_DIR: join(home, 'run'),
      LANG: 'C.UTF-8',
    };
    const user = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'env'];
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return runCommand([...user, ...variables, ...sandbox.command, ...args], { env: { ...sandbox.env }, cwd: '/' });
  }

  it('are told of in sentences, by list and doctor, with what mends them', async ({ skip }) => {
    const state = join(sandbox.root, 'tmp', 'nobody', 'state');
    mkdirSync(join(state, 'sessions'), { recursive: true });
    for (const path of [sandbox.root, join(sandbox.root, 'tmp')]) chmodSync(path, 0o711);
    for (const path of ['', 'state', 'state/sessions']) {
      chownSync(join(sandbox.root, 'tmp', 'nobody', path), 65_534, 65_534);
      chmodSync(join(sandbox.root, 'tmp', 'nobody', path), 0o700);
    }
    if ((await asNobody(['--version'])).exitCode !== 0) skip('cannot run stay as another user here');
    chmodSync(join(state, 'sessions'), 0o000);
    const list = await asNobody(['list']);
    expect(list).toMatchObject({ stdout: '', exitCode: exitCodes.permission });
    expect(list.stderr).toMatch(/^stay: Cannot .*mode 0|^stay: Cannot read the folder .*permission denied/);
    const doctor = await asNobody(['doctor']);
    expect(doctor.exitCode).toBe(1);
    expect(doctor.stdout).toMatch(/^problem .*sessions" has mode 0: you may not use it fully\.\n +-> .*chmod 700/m);
  });
});
