// Who is measured: stay, what its people come from, and a terminal with nothing in between. Each in a place of its own.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stay } from '../support/workbench.ts';
import { processesOf } from './measure.ts';

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
  /** Ends every session of it. */
  end(): void;
}

/** Lines of history that every peer which has one keeps. */
export const keptLines = 10_000;

export interface PeerSet {
  readonly folder: string;
  readonly peers: readonly Peer[];
  close(): void;
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
    close() {
      for (const peer of peers) peer.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of a peer to its end. What it leaves in the background must not hold our pipes. */
export function runCommand({ env }: Peer, command: readonly string[]): void {
  Bun.spawnSync([...command], { env, cwd: env.HOME, stdio: ['ignore', 'ignore', 'ignore'] });
}

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
      end() {},
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
      processes: () => processesOf(folder, ['tmux', 'tmux: server', 'tmux: client']),
      end: () => void Bun.spawnSync([...tmux, 'kill-server'], { env }),
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

  stay(folder) {
    const root = join(folder, 'stay');
    for (const name of ['', 'state', 'run']) mkdirSync(join(root, name), { mode: 0o700 });
    const env = { ...environmentIn(folder), STAY_STATE_DIR: join(root, 'state'), STAY_RUNTIME_DIR: join(root, 'run') };
    return {
      ...{ name: 'stay', version: versionOf([stay, '--version'], /(\S+)/) ?? '', env },
      create: (session, program) => [stay, 'new', session, '--', ...program],
      createDetached: (session, program) => [stay, 'new', '-d', session, '--', ...program],
      attach: (session) => [stay, 'attach', session],
      list: () => [stay, 'list'],
      processes: () => processesOf(folder, ['stay']),
      end: () => void Bun.spawnSync([stay, 'kill', '--all'], { env }),
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

function endAll(mark: string, names: readonly string[]): void {
  for (const pid of processesOf(mark, names)) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // ESRCH: it ended by itself.
    }
  }
}
