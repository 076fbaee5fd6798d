import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signal } from './support/processes.ts';
import { idle } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';
import { hasShell, shellNames, startShell } from './support/shells.ts';

const sandbox = makeSandbox();

/** Names that a shell reads as something else unless they are quoted. */
const oddNames = [
  'two words',
  "it's",
  'say "hi"',
  'läuft 🚀',
  'time:12:30',
  'k=v',
  '$HOME',
  '*',
  'q!!',
  '~',
  'a;b',
  'b\\c',
];

beforeAll(async () => {
  for (const name of ['web', 'pizza', ...oddNames]) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
  await sandbox.runOk(['new', '-d', 'done', '--', 'false']);
  await sandbox.waitForSession('done', (one) => one.state === 'exited');
  mkdirSync(join(sandbox.home, 'one folder'));
  writeFileSync(join(sandbox.home, 'one file'), '');
});

describe.each(shellNames)('%s', (name) => {
  const shellIt = hasShell(name) ? it : it.skip;
  const why = hasShell(name) ? '' : ` (skipped: no ${name} here)`;

  shellIt(`completes verbs, flags, their values, sessions and folders${why}`, async () => {
    const { wordsAfterTab } = await startShell(sandbox, name);
    expect(await wordsAfterTab('stay att')).toEqual(['stay', 'attach']);
    expect(await wordsAfterTab('stay attach w')).toEqual(['stay', 'attach', 'web']);
    expect(await wordsAfterTab('stay attach --if')).toEqual(['stay', 'attach', '--if-free']);
    expect(await wordsAfterTab('stay set web --restart n')).toEqual(['stay', 'set', 'web', '--restart', 'never']);
    expect(await wordsAfterTab('stay set web --restart=n')).toEqual(['stay', 'set', 'web', '--restart=never']);
    expect(await wordsAfterTab('stay service un')).toEqual(['stay', 'service', 'uninstall']);
    // Zsh takes the slash away again when no more of the path follows.
    expect((await wordsAfterTab('stay new --cwd one')).join(' ')).toMatch(/^stay new --cwd one folder\/?$/);
    expect((await wordsAfterTab('stay new --cwd=one')).join(' ')).toMatch(/^stay new --cwd=one folder\/?$/);
    expect(await wordsAfterTab('stay rename web we')).toEqual(['stay', 'rename', 'web', 'we']);
  });

  shellIt(`quotes odd names, also within quotes${why}`, async () => {
    const { wordsAfterTab } = await startShell(sandbox, name);
    const beginnings: [string, string][] = [
      ['two', 'two words'],
      ['two\\ w', 'two words'],
      ['"two w', 'two words'],
      ["'two w", 'two words'],
      ['it', "it's"],
      ['"it', "it's"],
      ['say', 'say "hi"'],
      ["'say", 'say "hi"'],
      ['"say', 'say "hi"'],
      ['lä', 'läuft 🚀'],
      ['time:', 'time:12:30'],
      ['k=', 'k=v'],
      ["'$", '$HOME'],
      ["'*", '*'],
      ['q', 'q!!'],
      ["'~", '~'],
      ['a', 'a;b'],
      ['b', 'b\\c'],
    ];
    for (const [beginning, whole] of beginnings) {
      expect(await wordsAfterTab(`stay attach ${beginning}`), beginning).toEqual(['stay', 'attach', whole]);
    }
  });

  shellIt(`offers no name twice, and the command behind -- as that command does${why}`, async () => {
    const { wordsAfterTab } = await startShell(sandbox, name);
    expect(await wordsAfterTab('stay kill pizza pizz')).toEqual(['stay', 'kill', 'pizza', 'pizz']);
    expect(await wordsAfterTab('stay kill web d')).toEqual(['stay', 'kill', 'web', 'done']);
    expect(await wordsAfterTab('stay new -d x -- mkfif')).toEqual(['stay', 'new', '-d', 'x', '--', 'mkfifo']);
    expect(await wordsAfterTab("stay new -d x -- cat 'one fi")).toEqual([
      'stay',
      'new',
      '-d',
      'x',
      '--',
      'cat',
      'one file',
    ]);
  });

  // Bash shows words alone.
  if (name === 'bash') return;
  shellIt(`says what verbs, flags and sessions are${why}`, async () => {
    const { offers } = await startShell(sandbox, name);
    await offers('stay re', /rename .*Give a session another name/);
    await offers('stay kill --', /--all .*All sessions/);
    await offers('stay peek ', /web .*running: sleep in ~/);
    await offers('stay peek ', /done .*exited 1: false in ~/);
  });
});

describe('stay complete', () => {
  it('answers although no server does', async () => {
    const server = await sandbox.serverPid('web');
    signal(server, 'SIGSTOP');
    try {
      // The list waits a second for that server. Whoever asks it, too, comes in behind.
      const order: string[] = [];
      const list = sandbox.runOk(['list']).then(() => order.push('list'));
      const { stdout } = await sandbox.runOk(['complete', 'fish', '--', 'attach', '']);
      order.push('complete');
      await list;
      expect(stdout).toContain('web\trunning: sleep in ~\n');
      expect(order).toEqual(['complete', 'list']);
    } finally {
      signal(server, 'SIGCONT');
    }
  });

  it('makes nothing and says nothing where there is nothing', async () => {
    const env = { STAY_STATE_DIR: sandbox.freshPath('none'), STAY_RUNTIME_DIR: sandbox.freshPath('none') };
    expect(await sandbox.runOk(['complete', 'zsh', '--', 'attach', ''], { env })).toMatchObject({
      stdout: 'words\n',
      stderr: '',
    });
  });

  it('is told nowhere', async () => {
    expect((await sandbox.runOk(['--help'])).stdout).not.toMatch(/stay complete /);
    expect((await sandbox.runOk(['complete', 'fish', '--', ''])).stdout).not.toMatch(/^complete\t/m);
    expect((await sandbox.runOk(['man'])).stdout).not.toMatch(/complete\\fR/);
  });
});

describe('stay completion', () => {
  it('names what is meant by a shell that it does not know', async () => {
    expectRefusal(await sandbox.run(['completion', 'fihs']), 64, /Did you mean fish\?/);
    expectRefusal(await sandbox.run(['completion', 'tcsh']), 64, /bash, zsh, fish/);
  });
});
