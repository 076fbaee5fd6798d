// Where there is a systemd user manager, a session's server gets a scope of its own, so that the end of the login that
// started it is not its end. The user manager of these tests is a file and a script.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { seeProcess } from './support/processes.ts';
import { idle } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface Manager {
  env: Record<string, string>;
  /** What systemd-run was called with, once for each call. */
  calls(): string[][];
}

/** A user manager whose systemd-run is a shell script; its arguments are noted before. */
function userManager(text: string, { isRunning = true } = {}): Manager {
  const [bin, runtime, calls] = ['bin', 'runtime', 'calls'].map(sandbox.freshPath) as [string, string, string];
  mkdirSync(bin);
  mkdirSync(join(runtime, 'systemd'), { recursive: true, mode: 0o700 });
  if (isRunning) writeFileSync(join(runtime, 'systemd', 'private'), '');
  const note = `{ printf '%s\\0' "$@"; echo; } >> '${calls}'`;
  writeFileSync(join(bin, 'systemd-run'), `#!/bin/bash\n${note}\n${text}\n`, { mode: 0o755 });
  return {
    // No user lingers on a machine that has no user manager.
    env: { PATH: `${bin}:${sandbox.env.PATH}`, XDG_RUNTIME_DIR: runtime, STAY_SCOPE: 'always' },
    calls: () => {
      const lines = existsSync(calls) ? readFileSync(calls, 'utf8').split('\n').slice(0, -1) : [];
      return lines.map((line) => line.split('\0').slice(0, -1));
    },
  };
}

/** Does what systemd-run does, less the scope. */
const runs = 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"';

async function expectSound(name: string): Promise<void> {
  const session = await sandbox.session(name);
  expect(session).toMatchObject({ state: 'running', command: [...idle] });
  expect(seeProcess(session.pid ?? 0)?.args).toEqual([...idle]);
}

describe('with a user manager', () => {
  it("a session's server is started in a scope of its own, named for the session", async () => {
    const { env, calls } = userManager(runs);
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    await expectSound('work');
    const { id } = await sandbox.session('work');
    const scope = ['--user', '--scope', '--quiet', '--collect', `--unit=stay-${id}`, '--'];
    expect(calls()).toEqual([[...scope, ...sandbox.command, 'session-server', id]]);
    expect(seeProcess(await sandbox.serverPid('work'))?.args).toEqual([...sandbox.command, 'session-server', id]);
  });

  it('that hands out no scope, a session starts all the same', async () => {
    const { env, calls } = userManager('echo "Failed to connect to bus" >&2; exit 1');
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    await expectSound('work');
    expect(calls()).toHaveLength(1);
  });

  it('that fails after it has read what the server was to be told, a session starts all the same', async () => {
    const { env } = userManager('cat >/dev/null; exit 1');
    await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
    await expectSound('work');
  });

  it('a session that cannot start says why, once, and leaves nothing behind', async () => {
    const { env, calls } = userManager(runs);
    const result = await sandbox.run(['new', '-d', 'work', '--', '/no/such/program'], { env });
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr.match(/no such program/g)).toHaveLength(1);
    expect(calls()).toHaveLength(1);
    expect(await sandbox.stayJson()).toEqual([]);
  });
});

it('without a user manager nobody asks for a scope', async () => {
  const { env, calls } = userManager(runs, { isRunning: false });
  await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env });
  await expectSound('work');
  expect(calls()).toEqual([]);
});

it('without systemd-run a session starts all the same', async () => {
  const { env } = userManager(runs);
  const bin = sandbox.freshPath('bin');
  mkdirSync(bin);
  for (const name of ['ls', 'sleep']) symlinkSync(`/bin/${name}`, join(bin, name));
  await sandbox.runOk(['new', '-d', 'work', '--', ...idle], { env: { ...env, PATH: bin } });
  await expectSound('work');
});
