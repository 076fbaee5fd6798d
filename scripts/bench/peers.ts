// Who is measured: stay, what its people come from, and a terminal with nothing in between. Each in a place of its own.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stay } from '../support/workbench.ts';
import { pass, processesOf } from './measure.ts';

export const peerNames = ['bare', 'dtach', 'tmux', 'screen', 'stay'] as const;
export type PeerName = (typeof peerNames)[number];

export interface Peer {
  readonly name: PeerName;
  readonly version: string;
  readonly env: Record<string, string>;
  /** Makes a session that runs `program`, and stays in it. */
  create(session: string, program: readonly string[]): string[];
  /** Makes one and leaves it alone; null where the peer cannot. */
  createDetached(session: string, program: readonly string[]): string[] | null;
  attach(session: string): string[] | null;
  list(): string[] | null;
  /** Its servers and clients that run now. */
  processes(): number[];
  /** Ends every session of it, and waits until its processes are gone. */
  end(): Promise<void>;
}

/** Lines of history that every peer which has one keeps. */
export const keptLines = 10_000;

export interface PeerSet {
  readonly folder: string;
  readonly peers: readonly Peer[];
  close(): Promise<void>;
}

/** The peers of these names that are installed. */
export function openPeers(names: readonly PeerName[], options: { historyLines?: number } = {}): PeerSet {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'stay-bench-'));
  const peers = names
    .map((name) => openers[name](folder, options.historyLines ?? keptLines))
    .filter((peer) => peer !== null);
  return {
    folder,
    peers,
    async close() {
      for (const peer of peers) await peer.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of a peer to its end. What it leaves in the background must not hold our pipes. */
export function runCommand({ env }: Peer, command: readonly string[]): void {
  const { exitCode } = Bun.spawnSync([...command], { env, cwd: env.HOME, stdio: ['ignore', 'ignore', 'ignore'] });
  if (exitCode !== 0) throw new Error(`${command.join(' ')} failed with ${exitCode}`);
}

const tmuxNames = ['tmux', 'tmux: server', 'tmux: client'];

type Opener = (folder: string, historyLines: number) => Peer | null;

const openers: Readonly<Record<PeerName, Opener>> = {
  bare(folder) {
    const env = environmentIn(folder);
    return {
      ...{ name: 'bare', version: '', env },
      create: (_, program) => [...program],
      createDetached: () => null,
      attach: () => null,
      list: () => null,
      processes: () => [],
      end: async () => {},
    };
  },

  dtach(folder) {
    const version = versionOf(['dtach', '--version'], /version ([\d.]+)/);
    if (version === null) return null;
    const env = environmentIn(folder);
    const socket = (session: string) => join(folder, `dtach.${session}`);
    return {
      ...{ name: 'dtach', version, env },
      create: (session, program) => ['dtach', '-c', socket(session), '-z', ...program],
      createDetached: (session, program) => ['dtach', '-n', socket(session), '-z', ...program],
      attach: (session) => ['dtach', '-a', socket(session), '-z'],
      list: () => null,
      processes: () => processesOf(folder, ['dtach']),
      end: () => endAll(folder, ['dtach']),
    };
  },

  tmux(folder, historyLines) {
    const version = versionOf(['tmux', '-V'], /tmux (\S+)/);
    if (version === null) return null;
    const settings = join(folder, 'tmux.conf');
    writeFileSync(settings, `set -g history-limit ${historyLines}\nset -g default-terminal tmux-256color\n`);
    const env = { ...environmentIn(folder), TMUX_TMPDIR: folder };
    const tmux = ['tmux', '-f', settings, '-L', 'bench'];
    return {
      ...{ name: 'tmux', version, env },
      create: (session, program) => [...tmux, 'new-session', '-s', session, ...program],
      createDetached: (session, program) => [...tmux, 'new-session', '-d', '-s', session, ...program],
      attach: (session) => [...tmux, 'attach-session', '-t', session],
      list: () => [...tmux, 'list-sessions'],
      processes: () => processesOf(folder, tmuxNames),
      end: () => endAll(folder, tmuxNames),
    };
  },

  screen(folder, historyLines) {
    const version = versionOf(['screen', '--version'], /version (\S+)/);
    if (version === null) return null;
    const settings = join(folder, 'screenrc');
    writeFileSync(settings, `startup_message off\ndefscrollback ${historyLines}\ndefutf8 on\n`);
    mkdirSync(join(folder, 'screens'), { mode: 0o700 });
    const env = { ...environmentIn(folder), SCREENDIR: join(folder, 'screens') };
    const screen = ['screen', '-U', '-c', settings];
    return {
      ...{ name: 'screen', version, env },
      create: (session, program) => [...screen, '-S', session, ...program],
      createDetached: (session, program) => [...screen, '-d', '-m', '-S', session, ...program],
      attach: (session) => [...screen, '-r', session],
      list: () => [...screen, '-ls'],
      processes: () => processesOf(folder, ['screen', 'SCREEN']),
      end: () => endAll(folder, ['screen', 'SCREEN']),
    };
  },

  stay(folder, historyLines) {
    const root = join(folder, 'stay');
    for (const name of ['', 'state', 'run', 'config', 'config/stay']) mkdirSync(join(root, name), { mode: 0o700 });
    writeFileSync(join(root, 'config', 'stay', 'config.toml'), `history_lines = ${historyLines}\n`);
    const folders = { STAY_STATE_DIR: join(root, 'state'), STAY_RUNTIME_DIR: join(root, 'run') };
    const env = { ...environmentIn(folder), ...folders, XDG_CONFIG_HOME: join(root, 'config') };
    return {
      ...{ name: 'stay', version: versionOf([stay, '--version'], /stay (\S+)/) ?? '', env },
      create: (session, program) => [stay, 'new', session, '--', ...program],
      createDetached: (session, program) => [stay, 'new', '-d', session, '--', ...program],
      attach: (session) => [stay, 'attach', session],
      list: () => [stay, 'list'],
      processes: () => processesOf(folder, ['stay']),
      async end() {
        Bun.spawnSync([stay, 'kill', '--all'], { env, stdio: ['ignore', 'ignore', 'ignore'] });
        await endAll(folder, ['stay']);
      },
    };
  },
};

/** The mark by which the processes of a bench are found is its folder, which stands in their environment. */
function environmentIn(folder: string): Record<string, string> {
  return {
    ...{ PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: folder, SHELL: '/bin/bash', LANG: 'C.UTF-8' },
    ...{ TERM: 'xterm-256color', PS1: '$ ' },
  };
}

function versionOf(command: string[], pattern: RegExp): string | null {
  if (Bun.which(command[0]!) === null) return null;
  return pattern.exec(Bun.spawnSync(command).stdout.toString())?.[1] ?? '';
}

async function endAll(mark: string, names: readonly string[]): Promise<void> {
  for (let patience = 200; processesOf(mark, names).length > 0; patience--) {
    // One that is asked a second time is asked while it makes itself ready to end.
    if (patience % 100 === 0) signalAll(processesOf(mark, names), patience > 0 ? 'SIGTERM' : 'SIGKILL');
    await pass(10);
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // ESRCH: it ended by itself.
    }
  }
}
