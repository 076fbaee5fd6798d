import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { linesOf, stopSession, toldIn, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Prints a secret that does not stand in its own command line, in the text, in the title and in the history. */
const secretive = script(
  'printf "%s%s\\n" SEC RET; printf "\\033]2;%s%s\\007" SEC RET; seq 1 200; printf "%s%s\\n" SEC RET; exec sleep 4000',
);
const secret = 'SECRET';

/** Files of the state folder that hold the text. */
function filesWith(text: string): string[] {
  return filesBelow(sandbox.stateDir).filter((path) => readFileSync(path).includes(text));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

async function makeSecretive(name: string, ...flags: string[]): Promise<void> {
  await sandbox.runOk(['new', '-d', name, ...flags, '--', ...secretive]);
  await sandbox.waitForSession(name, (one) => one.title === secret);
  await waitUntil(async () => (await linesOf(sandbox, name)).at(-1) === secret, 'the last line is there');
}

async function waitUntilListedAs(name: string, isPrivate: boolean): Promise<void> {
  await sandbox.waitForSession(name, (one) => one.private === isPrivate);
}

describe('a private session', () => {
  it('has nothing of its screen, history and title on the disk, and is listed and resumed all the same', async () => {
    await makeSecretive('open');
    await makeSecretive('vault', '--private');
    // Where one lies on the disk, the other would as well.
    await waitUntilSaved(sandbox, 'open', secret);
    await stopSession(sandbox, 'open', 'SIGTERM');
    await stopSession(sandbox, 'vault', 'SIGTERM');
    await sandbox.runOk(['kill', 'open']);
    expect(filesWith(secret)).toEqual([]);
    expect(await sandbox.session('vault')).toMatchObject({ state: 'stopped', title: '', private: true });
    await sandbox.runOk(['resume', 'vault']);
    await waitUntil(async () => (await linesOf(sandbox, 'vault')).at(-1) === secret, 'it runs again');
    expect(await toldIn(sandbox, 'vault')).toEqual(['its server was told to end; started again']);
    await stopSession(sandbox, 'vault');
    expect(filesWith(secret)).toEqual([]);
  });

  it('may become so later, running or stopped, and stop being so', async () => {
    await makeSecretive('work');
    await waitUntilSaved(sandbox, 'work', secret);
    await sandbox.runOk(['set', 'work', '--private']);
    await waitUntilListedAs('work', true);
    expect(filesWith(secret)).toEqual([]);
    await sandbox.runOk(['set', 'work', '--no-private']);
    await waitUntilSaved(sandbox, 'work', secret);
    await stopSession(sandbox, 'work');
    await sandbox.runOk(['set', 'work', '--private']);
    expect(filesWith(secret)).toEqual([]);
    expect(await sandbox.session('work')).toMatchObject({ state: 'stopped', private: true });
  });

  it('is what the setting makes of every new one', async () => {
    const { env } = sandbox.settings('private = true\n');
    await sandbox.runOk(['new', '-d', 'vault', '--', ...secretive], { env });
    await waitUntilListedAs('vault', true);
  });
});

describe('forget', () => {
  it('clears the history of a running session from memory and disk; its screen stays', async () => {
    await makeSecretive('work');
    const before = (await linesOf(sandbox, 'work')).slice(-23);
    await waitUntilSaved(sandbox, 'work', '101\r\n102\r\n');
    await sandbox.runOk(['forget', 'work']);
    expect(await linesOf(sandbox, 'work')).toEqual(before);
    expect(filesWith('101\r\n102\r\n')).toEqual([]);
    await stopSession(sandbox, 'work');
    expect(await linesOf(sandbox, 'work')).toEqual(before);
  });

  it('does so for a stopped one as well, and for one whose program has ended', async () => {
    await makeSecretive('stopped');
    await waitUntilSaved(sandbox, 'stopped', secret);
    await stopSession(sandbox, 'stopped');
    await sandbox.runOk(['new', '-d', 'exited', '--', ...script('seq 1 200')]);
    await sandbox.waitForSession('exited', (one) => one.state === 'exited');
    for (const name of ['stopped', 'exited']) {
      const before = (await linesOf(sandbox, name)).slice(-23);
      await sandbox.runOk(['forget', name]);
      expect(await linesOf(sandbox, name)).toEqual(before);
    }
    expect(filesWith('101\r\n102\r\n')).toEqual([]);
    await sandbox.runOk(['resume', 'stopped']);
    expect((await sandbox.session('stopped')).state).toBe('running');
  });
});

it('files are for their owner alone, and a log has nothing of what a terminal shows', async () => {
  await makeSecretive('work');
  await waitUntilSaved(sandbox, 'work', secret);
  const open = filesBelow(sandbox.stateDir).filter((path) => (statSync(path).mode & 0o777) !== 0o600);
  expect(open).toEqual([]);
  expect(filesWith(secret).filter((path) => path.endsWith('.log'))).toEqual([]);
});
