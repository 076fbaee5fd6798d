import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { allProcesses, isAlive, seeProcess, signal } from './support/processes.ts';
import { idle, script, showKeys } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const isRoot = process.getuid?.() === 0;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

function openFilesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).map((name) => readlinkSync(join(folder, name)));
}

describe('a session outlives', () => {
  it('the terminal of its client', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    const { pid } = await sandbox.session('work');
    terminal.close();
    await sandbox.waitForSession('work', (one) => one.attached === null);
    await waitUntil(() => !isAlive(terminal.pty.pid), 'the client ends');
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', pid });
    const again = sandbox.terminal(['attach', 'work']);
    await again.type('still there');
    await again.waitFor(/still there/);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const)('its client ended by %s', async (name) => {
    const shell = await sandbox.shell();
    await shell.type('stay new work -- sleep 4000\r');
    const client = (await sandbox.waitForSession('work', (one) => one.attached !== null)).attached?.pid ?? 0;
    signal(client, name);
    await waitUntil(() => !isAlive(client), 'the client ends');
    await sandbox.waitForSession('work', (one) => one.attached === null && one.state === 'running');
    await shell.waitFor(promptPattern);
    await shell.type('\rstty sane; stay attach work\r');
    await sandbox.waitForSession('work', (one) => one.attached !== null);
  });

  it('the login shell that started it, and everything else in the terminal session of that', async () => {
    const shell = await sandbox.shell();
    await shell.type('stay new -d work -- sleep 4000\r');
    await shell.waitFor(/^work\nprompt> ?$/m);
    const server = seeProcess(await sandbox.serverPid('work'));
    expect(server?.terminalSession).not.toBe(shell.pty.pid);
    for (const one of allProcesses()) if (one.terminalSession === shell.pty.pid) signal(one.pid, 'SIGKILL');
    await shell.waitForExit();
    shell.close();
    expect(await sandbox.session('work')).toMatchObject({ state: 'running', pid: expect.any(Number) });
    expect(isAlive(server?.pid ?? 0)).toBe(true);
  });

  it('a hangup of the process group that it was started from', async () => {
    const shell = await sandbox.shell();
    await shell.type('(stay new -d work -- sleep 4000; kill -HUP 0)\r');
    await shell.waitFor(/^work$/m);
    await shell.type('exit\r');
    await shell.waitForExit();
    expect((await sandbox.session('work')).state).toBe('running');
  });

  it('the terminal it was started from: no file of the server holds it', async () => {
    const shell = await sandbox.shell();
    await shell.type('stay new -d work -- sleep 4000\r');
    await shell.waitFor(/^work\nprompt> ?$/m);
    expect(openFilesOf(await sandbox.serverPid('work'))).not.toContain(readlinkSync(`/proc/${shell.pty.pid}/fd/0`));
  });

  it('the directory it was started from, which can be removed', async () => {
    const folder = sandbox.freshPath('folder');
    mkdirSync(folder);
    await sandbox.runOk(['new', '-d', 'work', '--cwd', '/', '--', ...idle], { cwd: folder });
    expect(readlinkSync(`/proc/${await sandbox.serverPid('work')}/cwd`)).toBe('/');
    rmSync(folder, { recursive: true });
    expect((await sandbox.session('work')).state).toBe('running');
  });
});

describe('a server killed with -9', () => {
  it('leaves a session listed as stopped, no socket, and all others untouched', async () => {
    for (const name of ['hit', 'spared']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    const spared = await sandbox.session('spared');
    const program = (await sandbox.session('hit')).pid ?? 0;
    signal(await sandbox.serverPid('hit'), 'SIGKILL');
    const hit = await sandbox.waitForSession('hit', (one) => one.state === 'stopped');
    expect(hit).toMatchObject({ attached: null, pid: null });
    expect(await sandbox.session('spared')).toEqual(spared);
    expect(readdirSync(sandbox.runtimeDir).filter((name) => name.includes(hit.id))).toEqual([]);
    await waitUntil(() => !isAlive(program), 'its program, whose terminal is gone, ends');
    expect((await sandbox.runOk(['list'])).stdout).toMatch(/hit.*stopped/);
  });

  it('tells the client that was attached, whose terminal is restored, with status 74', async () => {
    const terminal = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script("printf '\\e[?1049h\\e[?1003h\\e[?25lREADY'; sleep 4000"),
    ]);
    await terminal.waitFor(/READY/);
    signal(await sandbox.serverPid('work'), 'SIGKILL');
    expect(await terminal.waitForExit()).toEqual({ code: exitCodes.connectionLost, signal: null });
    expect(terminal.text()).toMatch(/work/);
    expect(terminal.snapshot()).toMatchObject({
      isAlternate: false,
      cursor: { isVisible: true },
      modes: { mouseTrackingMode: 'none' },
    });
  });

  it('leaves a session that kill removes and whose name is free again', async () => {
    await sandbox.runOk(['new', '-d', 'hit', '--', ...idle]);
    signal(await sandbox.serverPid('hit'), 'SIGKILL');
    await sandbox.waitForSession('hit', (one) => one.state === 'stopped');
    await sandbox.runOk(['kill', 'hit']);
    await sandbox.runOk(['new', '-d', 'hit', '--', ...idle]);
    expect(await sandbox.stayJson()).toHaveLength(1);
  });
});

describe.skipIf(!isRoot)('a full disk', () => {
  it('does not end a session, which works on', async () => {
    const disk = sandbox.freshPath('disk');
    mkdirSync(disk, { mode: 0o700 });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', disk]).status !== 0) {
      console.warn('skipped: cannot mount a small disk here');
      return;
    }
    const env = { STAY_STATE_DIR: join(disk, 'state') };
    try {
      await sandbox.runOk(['new', '-d', 'work', '--', ...showKeys], { env });
      fill(disk);
      const terminal = sandbox.terminal(['attach', 'work'], { env });
      await terminal.waitFor(/READY/);
      await terminal.type('works on');
      await terminal.waitFor(/works on/);
      await terminal.type('\x1c');
      expect((await terminal.waitForExit()).code).toBe(0);
      expect(await sandbox.stayJson({ env })).toMatchObject([{ name: 'work', state: 'running' }]);
      const refused = await sandbox.run(['new', '-d', 'another', '--', ...idle], { env });
      expect(refused.exitCode).toBe(exitCodes.cannotCreate);
      expect(refused.stderr).toMatch(/no space|full/i);
      expect(await sandbox.stayJson({ env })).toHaveLength(1);
      await sandbox.runOk(['kill', 'work'], { env });
      expect(await sandbox.stayJson({ env })).toEqual([]);
    } finally {
      await sandbox.run(['kill', '--all'], { env });
      spawnSync('umount', ['-l', disk]);
    }
  });

  // Leaves no block free: a large file, then smaller ones.
  function fill(folder: string): void {
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=4k'], { stdio: 'ignore' });
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler-2')}`, 'bs=1'], { stdio: 'ignore' });
  }
});

describe('the folder for sockets', () => {
  const withRuntime = (path: string | undefined) => ({ STAY_RUNTIME_DIR: undefined, XDG_RUNTIME_DIR: path });

  it('is a private one of its own where XDG_RUNTIME_DIR is not set or does not exist', async () => {
    for (const path of [undefined, join(sandbox.root, 'does-not-exist')]) {
      const env = withRuntime(path);
      await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
      expect(await sandbox.stayJson({ env })).toMatchObject([{ name: 'work', state: 'running' }]);
      const made = readdirSync(sandbox.env.TMPDIR ?? '').filter((name) => name.startsWith('stay'));
      expect(made).toHaveLength(1);
      const folder = join(sandbox.env.TMPDIR ?? '', made[0] ?? '');
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      await sandbox.runOk(['kill', '--all'], { env });
      rmSync(folder, { recursive: true });
    }
  });

  it('is inside XDG_RUNTIME_DIR', async () => {
    const path = sandbox.freshPath('r');
    mkdirSync(path, { mode: 0o700 });
    const env = withRuntime(path);
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    expect(statSync(join(path, 'stay')).mode & 0o777).toBe(0o700);
    const sockets = readdirSync(join(path, 'stay')).filter((name) => name.endsWith('.sock'));
    expect(sockets).toHaveLength(1);
    await sandbox.runOk(['kill', '--all'], { env });
    expect(existsSync(join(path, 'stay', sockets[0] ?? ''))).toBe(false);
  });

  it.each([0o777, 0o770, 0o755])('is refused with mode %o, saying how to mend it', async (mode) => {
    const path = sandbox.freshPath('open');
    mkdirSync(path);
    chmodSync(path, mode);
    for (const env of [withRuntime(path), { STAY_RUNTIME_DIR: path }]) {
      const result = await sandbox.run(['new', '-d', 'work', '--', ...idle], { env });
      expect(result).toMatchObject({ exitCode: exitCodes.permission, stdout: '' });
      expect(result.stderr).toContain(path);
      expect(result.stderr).toMatch(/chmod 700/);
    }
    expect(await sandbox.stayJson()).toEqual([]);
  });

  it.skipIf(!isRoot)('is refused when it belongs to somebody else', async () => {
    const path = sandbox.freshPath('foreign');
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 12_345, 12_345);
    const result = await sandbox.run(['new', '-d', 'work', '--', ...idle], { env: withRuntime(path) });
    expect(result).toMatchObject({ exitCode: exitCodes.permission, stdout: '' });
    expect(result.stderr).toMatch(/STAY_RUNTIME_DIR|XDG_RUNTIME_DIR/);
    expect(await sandbox.stayJson()).toEqual([]);
  });

  it('is refused when it is a link or a file', async () => {
    const path = sandbox.freshPath('file');
    writeFileSync(path, '');
    const result = await sandbox.run(['new', '-d', 'work', '--', ...idle], { env: { STAY_RUNTIME_DIR: path } });
    expect(result.stderr).toContain(path);
    expect([exitCodes.permission, exitCodes.cannotCreate]).toContain(result.exitCode);
  });

  it('is refused when the path of a socket would be cut by the kernel, saying how to mend it', async () => {
    const path = join(sandbox.freshPath('long'), 'x'.repeat(100));
    const result = await sandbox.run(['new', '-d', 'work', '--', ...idle], { env: { STAY_RUNTIME_DIR: path } });
    expect(result).toMatchObject({ exitCode: exitCodes.cannotCreate, stdout: '' });
    expect(result.stderr).toMatch(/STAY_RUNTIME_DIR/);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});
