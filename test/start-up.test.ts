// What each verb loads before it does anything. Every module costs its part of the milliseconds until the first line is
// there; whoever adds one sees it here, and imports it where it is needed, or raises the budget.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPty } from './e2e/support/pty.ts';
import { waitUntil, within } from './e2e/support/waiting.ts';
import type { LoadedModules } from './support/record-modules.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const stay = [join(project, 'node_modules', '.bin', 'bun'), join(project, 'src', 'main.ts')];

/** What costs more than all the rest, and who may load it. */
const heavyPackages = { '@xterm/headless': ['session-server'], ink: ['list-screen'], react: ['list-screen'] };

/** Modules of ours and of packages: some five more than there were when it was set. */
const budgets: Readonly<Record<string, { own: number; packages: number }>> = {
  list: { own: 73, packages: 62 },
  new: { own: 114, packages: 62 },
  attach: { own: 115, packages: 62 },
  peek: { own: 62, packages: 52 },
  kill: { own: 56, packages: 52 },
  complete: { own: 184, packages: 62 },
  'session-server': { own: 164, packages: 12 },
  'list-screen': { own: 178, packages: 604 },
};

const root = mkdtempSync(join(tmpdir(), 'stay-start-'));
const folders = { STAY_STATE_DIR: join(root, 's'), STAY_RUNTIME_DIR: join(root, 'r'), LOADED_MODULES: join(root, 'm') };
const env = {
  PATH: process.env.PATH ?? '',
  HOME: root,
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  // As the binary is built.
  NODE_ENV: 'production',
  // Servers are not started by us: they hear of it from the environment.
  BUN_OPTIONS: `--preload=${fileURLToPath(new URL('./support/record-modules.ts', import.meta.url))}`,
  STAY_SCOPE: 'never',
  ...folders,
};

function run(args: readonly string[]): void {
  const [file = '', ...rest] = [...stay, ...args];
  const { status, stderr } = spawnSync(file, rest, { env, cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`stay ${args.join(' ')} failed with ${status}: ${stderr}`);
}

/** Runs stay in a terminal, types `keys` once it shows `mark`, and waits for its end. */
async function runInTerminal(args: readonly string[], { mark, keys }: { mark: RegExp; keys: string }): Promise<void> {
  const pty = startPty([...stay, ...args], { env, cwd: root });
  let shown = '';
  pty.onData((bytes) => {
    shown += Buffer.from(bytes).toString('latin1');
  });
  try {
    await waitUntil(
      () => mark.test(shown),
      () => `${mark} in ${JSON.stringify(shown)}`,
    );
    await pty.write(keys);
    await within(pty.exited, () => `the end of stay ${args.join(' ')}, after ${JSON.stringify(shown)}`);
  } finally {
    pty.close();
  }
}

interface Loaded {
  /** Paths below the project. */
  modules: string[];
  /** Which of our modules asked for which of the runtime's streams. */
  streams: string[];
}

/** By the verb that loaded it. */
function readLoaded(): Map<string, Loaded> {
  const files = readdirSync(folders.LOADED_MODULES).filter((name) => name.endsWith('.json'));
  const all = files.map(
    (name) => JSON.parse(readFileSync(join(folders.LOADED_MODULES, name), 'utf8')) as LoadedModules,
  );
  const isOfProject = (path: string) => path.startsWith(project) && !path.startsWith(join(project, 'test'));
  return new Map(
    all.map(({ args, paths, streams }) => [
      args[0] ?? 'list-screen',
      {
        modules: paths.filter(isOfProject).map((path) => path.slice(project.length)),
        // yargs asks for its width, unless the build keeps it from that.
        streams: streams.filter((one) => one.includes(join(project, 'src'))),
      },
    ]),
  );
}

/** The package that a module is of, or null for one of ours. */
function packageOf(path: string): string | null {
  return /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

describe('the modules that are loaded', () => {
  let loaded = new Map<string, Loaded>();
  const pathsOf = (verb: string) => loaded.get(verb)?.modules ?? [];

  beforeAll(async () => {
    for (const folder of Object.values(folders)) mkdirSync(folder, { mode: 0o700 });
    await runInTerminal([], { mark: /No sessions/, keys: 'q' });
    run(['new', '-d', 'work', '--', 'sh', '-c', 'echo READY; exec sleep 4000']);
    await runInTerminal(['attach', 'work'], { mark: /READY/, keys: '\x1c' });
    run(['list']);
    run(['peek', 'work']);
    run(['complete', 'fish', '--', 'attach', '']);
    run(['kill', 'work']);
    // The server ends a moment after its last answer.
    await waitUntil(() => readLoaded().has('session-server'), "what the session's server loaded");
    loaded = readLoaded();
    // From sources, one after the other: 2 s, and many times that where the machine is busy.
  }, 60_000);

  afterAll(() => {
    try {
      run(['kill', '--all']);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it.each(Object.entries(budgets))('by %s stay within its budget', (verb, budget) => {
    const own = pathsOf(verb).filter((path) => packageOf(path) === null);
    const ofPackages = pathsOf(verb).filter((path) => packageOf(path) !== null);
    // What every one needs: it was recorded.
    expect(own).toContain('src/version.ts');
    expect(own.length, own.sort().join('\n')).toBeLessThanOrEqual(budget.own);
    expect(ofPackages.length, ofPackages.sort().join('\n')).toBeLessThanOrEqual(budget.packages);
  });

  // Linux and Bun, where standard input, output and error are read and written without them.
  it.runIf(process.platform === 'linux')('are not those of the standard streams, which take 2 to 7 ms', () => {
    const asked = Object.keys(budgets).map((verb) => [verb, loaded.get(verb)?.streams]);
    expect(asked).toEqual(Object.keys(budgets).map((verb) => [verb, []]));
  });

  it.each(Object.entries(heavyPackages))('are of %s only in %s', (heavy, loaders) => {
    const verbs = Object.keys(budgets).filter((verb) => pathsOf(verb).some((path) => packageOf(path) === heavy));
    expect(verbs).toEqual(loaders);
  });
});
