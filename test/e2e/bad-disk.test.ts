// Disks that are full or cannot be written: sessions live on, say that they are not saved, and are saved again by themselves.

import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { isAlive, seeProcess, signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { type ListedJson, makeSandbox } from './support/sandbox.ts';
import { mountSmallDisk, type SmallDisk } from './support/small-disk.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
let env: Record<string, string> = {};

afterEach(async () => {
  await sandbox.run(['kill', '--all'], { env });
});

/** Shows every key, and writes more beside it than fits into a block that is there already: NULs, which nobody sees. */
const showAndFill = script(
  `stty raw -echo; printf 'READY\\r\\n'; while IFS= read -rn1 key; do head -c 9000 /dev/zero; printf %s "$key"; done`,
);

/** A disk with all state of stay on it. */
function newDisk(skip: (reason: string) => void): SmallDisk {
  const disk = mountSmallDisk(sandbox.freshPath('disk'));
  if (disk === null) skip('cannot mount a small disk here: that needs root and a kernel that lets it');
  env = { STAY_STATE_DIR: `${disk?.path}/state` };
  return disk!;
}

/** Waits until the one session is, or is not, being saved. */
async function waitForSaved(isSaved: boolean): Promise<ListedJson> {
  const look = async () => (await sandbox.stayJson({ env })).find(({ notSaved }) => (notSaved === null) === isSaved);
  return waitUntil(look, `it is ${isSaved ? '' : 'not '}saved`);
}

async function finding(id: string): Promise<{ state: string; message: string; hint: string | null }> {
  const { stdout } = await sandbox.run(['doctor', '--json'], { env });
  return JSON.parse(stdout).find((one: { id: string }) => one.id === id);
}

function serverOf({ pid }: ListedJson): number {
  return seeProcess(pid ?? 0)?.parent ?? 0;
}

describe('a disk that is full', () => {
  it('costs saving, not the session; list and doctor tell, and all is saved again once there is room', async ({
    skip,
  }) => {
    const disk = newDisk(skip);
    const terminal = sandbox.terminal(['new', 'work', '--', ...showAndFill], { env });
    await terminal.waitFor(/READY/);
    expect((await waitForSaved(true)).notSaved).toBeNull();
    disk.fill();
    await terminal.type('full');
    await terminal.waitFor(/full/);
    const { notSaved } = await waitForSaved(false);
    expect(notSaved).toEqual({ since: expect.any(Number), why: 'Cannot save the screen: the disk is full' });
    expect((await sandbox.runOk(['list'], { env })).stdout).toMatch(/held by \S+, not saved/);
    expect(await finding('persistence')).toMatchObject({
      state: 'problem',
      message: expect.stringMatching(/^1 session is not being saved: "work" since .* the disk is full/),
      hint: expect.stringContaining('df -h'),
    });
    // Who holds it notices nothing.
    await terminal.type('undisturbed');
    await terminal.waitFor(/^READY\nfullundisturbed$/);
    disk.empty();
    const saved = await waitForSaved(true);
    expect((await finding('persistence')).state).toBe('ok');
    const server = serverOf(saved);
    signal(server, 'SIGKILL');
    await waitUntil(() => !isAlive(server), 'the server is dead');
    expect((await sandbox.runOk(['peek', 'work'], { env })).stdout).toBe('READY\nfullundisturbed\n');
  });

  it('is told in the list as well, and no more once it is mended', async ({ skip }) => {
    const disk = newDisk(skip);
    await sandbox.runOk(['new', '-d', 'work', '--', ...script('while :; do head -c 9000 /dev/zero; sleep 0.5; done')], {
      env,
    });
    const list = sandbox.terminal([], { env, cols: 120 });
    await list.waitFor(/work +(running|new|new output) {2}/);
    disk.fill();
    await list.waitFor(/work +(running, )?not saved/);
    disk.empty();
    await list.waitFor(/work +(running|new|new output) {2}/);
  });

  it('lets nobody make or resume a session, and says why', async ({ skip }) => {
    const disk = newDisk(skip);
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    const [session] = await sandbox.stayJson({ env });
    const server = serverOf(session!);
    signal(server, 'SIGKILL');
    await waitUntil(() => !isAlive(server), 'the server is dead');
    disk.fill();
    for (const args of [
      ['new', '-d', 'other', '--', ...idle],
      ['resume', 'work'],
    ])
      expectRefusal(await sandbox.run(args, { env }), exitCodes.cannotCreate, /the disk is full/);
    expect(await sandbox.stayJson({ env })).toMatchObject([{ name: 'work', state: 'stopped' }]);
    disk.empty();
    await sandbox.runOk(['resume', 'work'], { env });
  });
});

describe('a disk that can only be read', () => {
  it('costs saving, not the session, and all is saved again once it can be written', async ({ skip }) => {
    const disk = newDisk(skip);
    const terminal = sandbox.terminal(['new', 'work', '--', ...showAndFill], { env });
    await terminal.waitFor(/READY/);
    await waitForSaved(true);
    disk.protect();
    // More than a journal holds before it wants a checkpoint once all is quiet.
    await terminal.type('1234567890');
    const { notSaved } = await waitForSaved(false);
    expect(notSaved?.why).toBe('Cannot save the screen: the disk is read-only');
    disk.unprotect();
    expect(await waitForSaved(true)).toMatchObject({ state: 'running' });
  });

  it('still shows what there is, and says why nothing can be made', async ({ skip }) => {
    const disk = newDisk(skip);
    await sandbox.runOk(['new', '-d', 'work', '--', 'echo', 'last words'], { env });
    await waitUntil(async () => (await sandbox.stayJson({ env }))[0]?.state === 'exited', 'it has ended');
    disk.protect();
    expect((await sandbox.runOk(['list'], { env })).stdout).toMatch(/work +exited 0/);
    expect((await sandbox.runOk(['peek', 'work'], { env })).stdout).toBe('last words\n');
    for (const args of [
      ['new', '-d', 'other', '--', ...idle],
      ['resume', 'work'],
    ])
      expectRefusal(await sandbox.run(args, { env }), exitCodes.cannotCreate, /the disk is read-only/);
    expect(await finding('state-folder')).toMatchObject({ state: 'problem', message: expect.stringContaining('only') });
    disk.unprotect();
  });
});
