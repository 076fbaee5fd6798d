// A place of its own for each test file: folders, a clean environment, the terminals opened in it, and the check at the end
// that nothing of it is left.

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { SessionStatus } from '../../../src/protocol/session-status.ts';
import { leakCheck } from './leak-check.ts';
import { seeProcess } from './processes.ts';
import { describeRun, type RunResult, runCommand } from './run-command.ts';
import { openTerminal, type TestTerminal } from './screen.ts';
import { projectRoot, stayCommand } from './stay-command.ts';
import { waitUntil } from './waiting.ts';

/** What the shells of the sandbox show when they are ready. */
export const promptPattern = /prompt> ?$/;

export interface RunOptions {
  input?: string | Uint8Array;
  env?: Record<string, string | undefined>;
  cwd?: string;
}

export interface TerminalOptions {
  cols?: number;
  rows?: number;
  env?: Record<string, string | undefined>;
  cwd?: string;
}

/** What a status looks like in `list --json`. */
export type ListedJson = Omit<SessionStatus, 'program' | 'lastUsedAt' | 'isPrivate'> & { private: boolean };

export interface Sandbox {
  readonly root: string;
  readonly home: string;
  readonly stateDir: string;
  readonly runtimeDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Runs stay without any terminal. Throws, with all output, when it does not end in time. */
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Runs stay and throws unless it succeeds. */
  runOk(args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** What `list --json` says. */
  stayJson(options?: RunOptions): Promise<ListedJson[]>;
  /** The session of that name; throws when there is none. */
  session(name: string): Promise<ListedJson>;
  /** The process of the session's server; throws when its program does not run. */
  serverPid(name: string): Promise<number>;
  /** Waits for the session to be so, and returns it. */
  waitForSession(name: string, isSo: (session: ListedJson) => boolean): Promise<ListedJson>;
  /** Opens a terminal that runs stay. It is closed after the test. */
  terminal(args: readonly string[], options?: TerminalOptions): TestTerminal;
  /** Opens a terminal with an interactive shell, ready for typing; `stay` is on its PATH. It is closed after the test. */
  shell(options?: TerminalOptions): Promise<TestTerminal>;
  /** Opens a terminal with any command. It is closed after the test. */
  open(command: readonly string[], options?: TerminalOptions): TestTerminal;
  /** The environment that makes stay read this text as its settings, and the path of that file. */
  settings(text: string): { env: Record<string, string>; path: string };
  /** A path in the sandbox that no test has used. */
  freshPath(name: string): string;
}

/** Makes the sandbox of a test file; everything in it is ended, checked and removed after the file's last test. */
export function makeSandbox(command: readonly string[] = stayCommand()): Sandbox {
  const root = join(realpathSync(tmpdir()), `stay-${randomBytes(4).toString('hex')}`);
  const paths = { home: join(root, 'home'), stateDir: join(root, 'state'), runtimeDir: join(root, 'run') };
  const env = cleanEnvironment(root);
  const terminals = new Set<TestTerminal>();
  let freshCount = 0;

  const withEnv = (extra: Record<string, string | undefined> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...env, ...extra }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );

  const run = (args: readonly string[], options: RunOptions = {}) =>
    runCommand([...command, ...args], { ...options, cwd: options.cwd ?? paths.home, env: withEnv(options.env) });

  async function runOk(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const result = await run(args, options);
    if (result.exitCode !== 0) throw new Error(`stay ${args.join(' ')} failed:\n${describeRun(result)}`);
    return result;
  }

  async function stayJson(options: RunOptions = {}): Promise<ListedJson[]> {
    return JSON.parse((await runOk(['list', '--json'], options)).stdout);
  }

  async function session(name: string): Promise<ListedJson> {
    const all = await stayJson();
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no session "${name}" in ${JSON.stringify(all, null, 2)}`);
    return found;
  }

  async function serverPid(name: string): Promise<number> {
    const program = seeProcess((await session(name)).pid ?? 0);
    if (program === null) throw new Error(`the program of "${name}" does not run`);
    return program.parent;
  }

  async function waitForSession(name: string, isSo: (session: ListedJson) => boolean): Promise<ListedJson> {
    let last: ListedJson[] = [];
    const look = async () => {
      last = await stayJson();
      return last.find((one) => one.name === name && isSo(one));
    };
    return waitUntil(look, () => `session "${name}" never became as wanted: ${JSON.stringify(last, null, 2)}`);
  }

  function open(argv: readonly string[], options: TerminalOptions = {}): TestTerminal {
    const terminal = openTerminal(argv, { ...options, cwd: options.cwd ?? paths.home, env: withEnv(options.env) });
    terminals.add(terminal);
    return terminal;
  }

  async function shell(options: TerminalOptions = {}): Promise<TestTerminal> {
    const terminal = open(['/bin/bash'], options);
    await terminal.waitFor(promptPattern);
    return terminal;
  }

  function settings(text: string): { env: Record<string, string>; path: string } {
    const folder = freshPath('config');
    const path = join(folder, 'stay', 'config.toml');
    mkdirSync(join(folder, 'stay'), { recursive: true });
    writeFileSync(path, text);
    return { env: { XDG_CONFIG_HOME: folder }, path };
  }

  function freshPath(name: string): string {
    freshCount += 1;
    return join(root, 'tmp', `${freshCount}-${name}`);
  }

  function closeTerminals(): void {
    for (const terminal of terminals) terminal.close();
    terminals.clear();
  }

  // Not now: a file whose tests are all skipped would leave it behind.
  beforeAll(() => makeFolders(root, { ...paths, command }));
  afterEach(closeTerminals);
  afterAll(async () => {
    closeTerminals();
    await leakCheck({
      root,
      stateDir: paths.stateDir,
      runtimeDir: paths.runtimeDir,
      killAll: () => run(['kill', '--all']),
    });
  });

  const terminal = (args: readonly string[], options?: TerminalOptions) => open([...command, ...args], options);
  return {
    root,
    ...paths,
    env,
    command,
    run,
    runOk,
    stayJson,
    session,
    serverPid,
    waitForSession,
    terminal,
    shell,
    open,
    settings,
    freshPath,
  };
}

interface FolderOptions {
  home: string;
  stateDir: string;
  runtimeDir: string;
  command: readonly string[];
}

function makeFolders(root: string, { home, stateDir, runtimeDir, command }: FolderOptions): void {
  for (const path of [root, home, stateDir, runtimeDir, join(root, 'bin'), join(root, 'tmp')])
    mkdirSync(path, { mode: 0o700 });
  // For a login shell and for any other. The outer shell must not switch modes on whose restoring is tested.
  // A login shell's system profile sets a PATH of its own.
  const shellStart = `PS1='prompt> '\nPATH='${join(root, 'bin')}':$PATH\nunset PROMPT_COMMAND HISTFILE\n`;
  writeFileSync(join(home, '.bash_profile'), shellStart);
  writeFileSync(join(home, '.bashrc'), shellStart);
  writeFileSync(join(root, 'inputrc'), 'set enable-bracketed-paste off\nset bell-style none\n');
  const quoted = command.map((word) => `'${word}'`).join(' ');
  writeFileSync(join(root, 'bin', 'stay'), `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(join(root, 'bin', 'stay'), 0o755);
}

function cleanEnvironment(root: string): Record<string, string> {
  return {
    PATH: `${join(root, 'bin')}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: join(root, 'home'),
    USER: process.env.USER ?? 'root',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    TMPDIR: join(root, 'tmp'),
    INPUTRC: join(root, 'inputrc'),
    XDG_CONFIG_HOME: join(root, 'config'),
    STAY_STATE_DIR: join(root, 'state'),
    STAY_RUNTIME_DIR: join(root, 'run'),
    DENO_DIR: process.env.DENO_DIR ?? join(projectRoot, 'node_modules', '.cache', 'deno'),
    DENO_NO_UPDATE_CHECK: '1',
  };
}
