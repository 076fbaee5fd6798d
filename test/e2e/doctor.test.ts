import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox, type RunOptions } from './support/sandbox.ts';

const sandbox = makeSandbox();

interface Finding {
  id: string;
  state: 'ok' | 'note' | 'problem';
  message: string;
  hint: string | null;
}

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** What `doctor --json` says, by id, and its exit status. */
async function examine(options?: RunOptions): Promise<{ exitCode: number; finding(id: string): Finding | undefined }> {
  const { stdout, exitCode } = await sandbox.run(['doctor', '--json'], options);
  const findings: Finding[] = JSON.parse(stdout);
  return { exitCode, finding: (id) => findings.find((one) => one.id === id) };
}

/** Everything that lies in the folders of stay. */
function files(): string[] {
  return [sandbox.stateDir, sandbox.runtimeDir].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort(),
  );
}

describe('doctor', () => {
  it('examines a machine in sentences, finds no problem, and makes nothing', async () => {
    const { stdout, stderr, exitCode } = await sandbox.run(['doctor']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^ok {7}The folder for sessions, ".*", is yours alone\.$/m);
    expect(stdout).toMatch(/\nAll is well.*\.\n$/);
    expect(stdout).not.toMatch(/undefined|NaN|\[object|could not be made/);
    expect(files()).toEqual([]);
  });

  it('says in JSON exactly the fields that scripts may rely on', async () => {
    const { stdout } = await sandbox.run(['doctor', '--json']);
    for (const finding of JSON.parse(stdout)) {
      expect(finding).toEqual({
        id: expect.stringMatching(/^[a-z-]+$/),
        state: expect.stringMatching(/^(ok|note|problem)$/),
        message: expect.stringMatching(/\.$/),
        hint: finding.hint === null ? null : expect.any(String),
      });
    }
  });

  it('asks the servers of sessions that run', async () => {
    await sandbox.runOk(['new', '-d', 'one', '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'two', '--', ...idle]);
    const { exitCode, finding } = await examine();
    expect(exitCode).toBe(0);
    expect(finding('servers')?.message).toBe('The 2 servers of running sessions answer.');
    expect(finding('versions')?.state).toBe('ok');
    expect(finding('sockets')?.state).toBe('ok');
    expect(finding('session-files')?.state).toBe('ok');
  });

  it('finds a server that does not answer, and goes on', async () => {
    await sandbox.runOk(['new', '-d', 'frozen', '--', ...idle]);
    const pid = await sandbox.serverPid('frozen');
    signal(pid, 'SIGSTOP');
    const { exitCode, finding } = await examine();
    signal(pid, 'SIGCONT');
    expect(exitCode).toBe(1);
    expect(finding('servers')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('"frozen" does not answer'),
      hint: expect.stringContaining('stay kill frozen'),
    });
  });

  it('finds what a killed server left, and leaves it', async () => {
    await sandbox.runOk(['new', '-d', 'gone', '--', ...idle]);
    const { id } = await sandbox.session('gone');
    const pid = await sandbox.serverPid('gone');
    signal(pid, 'SIGKILL');
    const { finding } = await examine();
    const socket = join(sandbox.runtimeDir, `${id}.sock`);
    expect(finding('sockets')).toMatchObject({ state: 'note', hint: expect.stringContaining(socket) });
    expect(existsSync(socket)).toBe(true);
  });

  it.each([
    ['others may enter', (path: string) => mkdirSync(path, { mode: 0o755 }), /mode 755/, /chmod 700/],
    ['is a link', (path: string) => symlinkSync('/tmp', path), /link to "\/tmp"/, /STAY_STATE_DIR/],
    ['is a file', (path: string) => writeFileSync(path, ''), /not a folder/, /^Move it away: mv /],
  ])('finds a state folder that %s', async (_, make, message, hint) => {
    const path = sandbox.freshPath('state');
    make(path);
    const { exitCode, finding } = await examine({ env: { STAY_STATE_DIR: path } });
    expect(exitCode).toBe(1);
    expect(finding('state-folder')).toMatchObject({
      state: 'problem',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('finds paths of sockets that are too long', async () => {
    const { exitCode, finding } = await examine({ env: { STAY_RUNTIME_DIR: sandbox.freshPath('r'.repeat(100)) } });
    expect(exitCode).toBe(1);
    expect(finding('socket-length')?.state).toBe('problem');
  });

  it('finds a mistake in the settings, and its line', async () => {
    const { env } = sandbox.settings('detach_kys = []\n');
    const { exitCode, finding } = await examine({ env });
    expect(exitCode).toBe(1);
    expect(finding('settings')).toMatchObject({ state: 'problem', message: expect.stringContaining('line 1') });
  });

  it('knows that it runs inside of tmux and of a session', async () => {
    const { finding } = await examine({ env: { TMUX: '/tmp/tmux-0/default,1,0' } });
    expect(finding('nested')).toMatchObject({ state: 'note', message: expect.stringContaining('inside tmux') });
    const program = script('stay doctor; sleep 4000');
    const terminal = sandbox.terminal(['new', 'around', '--', ...program], { cols: 120, rows: 60 });
    await terminal.waitFor(/inside the session "around" of stay/);
  });
});

describe('service', () => {
  /** Nothing that runs services is to be found there. */
  const env = { XDG_RUNTIME_DIR: undefined };

  it.runIf(process.platform === 'linux')('without a user manager refuses and says what to put where', async () => {
    const result = await sandbox.run(['service', 'install'], { env });
    expectRefusal(result, 73, /@reboot .* resume --all\n$/);
    expect(existsSync(join(sandbox.root, 'config', 'systemd'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('status is no failure', async () => {
    const { stdout } = await sandbox.runOk(['service', 'status'], { env });
    expect(stdout).toMatch(/^Not installed\.\n/);
    expect(stdout).toContain(`STAY_STATE_DIR=${sandbox.stateDir}`);
    expect((await sandbox.runOk(['service', 'uninstall'], { env })).stdout).toMatch(/^Not installed/);
  });

  it('knows no other action', async () => {
    expectRefusal(await sandbox.run(['service', 'instal']), 64, /Did you mean install\?/);
    expectRefusal(await sandbox.run(['service']), 64);
  });

  it.each(['doctor', 'service'])('stay %s --help has examples within 80 columns', async (verb) => {
    const { stdout } = await sandbox.runOk([verb, '--help']);
    expect(stdout).toMatch(/Examples:/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
