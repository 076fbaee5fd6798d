// How long one waits for a session: to attach it with its history, to have a new one, to see a list of them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addTo, pass } from './measure.ts';
import { keptLines, openPeers, type Peer, type PeerName, type PeerSet, runCommand } from './peers.ts';
import type { Report } from './report.ts';
import { openViewer } from './viewer.ts';

export interface OpeningOptions {
  rounds: number;
  sessions: number;
  /** Milliseconds for sessions that were made to come to rest. */
  settleMs: number;
}

const newPrompt = 'a new session until the prompt of bash';
const attaching = `attach with ${keptLines} lines kept, until the last is visible`;
const prompt = 'prompt-of-bash';

export async function benchOpening(set: PeerSet, report: Report, options: OpeningOptions): Promise<void> {
  await benchNew(set, report, options.rounds);
  await benchAttach(set, report, options);
  await benchList(report, options);
}

async function benchNew({ peers, folder }: PeerSet, report: Report, rounds: number): Promise<void> {
  // Not by the environment: a server that runs already gives programs its own.
  const startFile = join(folder, 'bashrc');
  writeFileSync(startFile, `PS1='${prompt} '\n`);
  const times = new Map<PeerName, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const peer of peers) {
      // Only what the second and later sessions of somebody take: the first of tmux starts its server.
      const first = peer.createDetached('first', ['/bin/sleep', '1000']);
      if (first !== null) runCommand(peer, first);
      await pass(100);
      const start = performance.now();
      const viewer = openViewer(peer.create('new', ['/bin/bash', '--rcfile', startFile]), peer.env);
      addTo(times, peer.name, (await viewer.sees(prompt)) - start);
      await viewer.close();
      await peer.end();
    }
  for (const [who, all] of times) report.addRuns({ what: newPrompt, who, unit: 'ms' }, all);
  report.compareTo(newPrompt, 'tmux', { atMost: 3 });
}

async function benchAttach({ peers }: PeerSet, report: Report, { rounds, settleMs }: OpeningOptions): Promise<void> {
  const last = 'the-last-line';
  const program = `seq -f 'line %010g of the history, as long as lines of programs often are' ${keptLines + 24}; printf 'the-last-%s' line; exec sleep 1000`;
  for (const peer of peers) {
    const command = peer.createDetached('long', ['/bin/sh', '-c', program]);
    // What has no screen of its own has no last line to show.
    if (command === null || peer.name === 'dtach') continue;
    runCommand(peer, command);
    await pass(settleMs);
    for (const [what, env] of attachVariants(peer)) {
      const times: number[] = [];
      for (let round = 0; round < rounds * 3; round++) {
        const start = performance.now();
        const viewer = openViewer(peer.attach('long')!, env);
        times.push((await viewer.sees(last)) - start);
        await viewer.close();
        await pass(100);
      }
      report.addRuns({ what, who: peer.name, unit: 'ms' }, times);
    }
    await peer.end();
  }
  report.bound(`${attaching}, 1000 replayed`, { atMost: 35 });
  report.bound(`${attaching}, all replayed`, { atMost: 60 });
}

/** What others send at an attach is the screen alone. */
function attachVariants(peer: Peer): [string, Record<string, string>][] {
  if (peer.name !== 'stay') return [[attaching, peer.env]];
  const folder = join(peer.env.HOME!, 'all');
  mkdirSync(join(folder, 'stay'), { recursive: true });
  writeFileSync(join(folder, 'stay', 'config.toml'), `replay_lines = ${keptLines}\n`);
  return [
    [`${attaching}, 1000 replayed`, peer.env],
    [`${attaching}, all replayed`, { ...peer.env, XDG_CONFIG_HOME: folder }],
  ];
}

async function benchList(report: Report, { sessions, rounds, settleMs }: OpeningOptions): Promise<void> {
  const set = openPeers(['tmux', 'stay']);
  const what = `list with ${sessions} sessions`;
  try {
    for (const peer of set.peers) makeIdle(peer, sessions);
    await pass(settleMs);
    const times = new Map<PeerName, number[]>();
    for (let round = 0; round < rounds * 5; round++)
      for (const peer of set.peers) {
        const start = performance.now();
        runCommand(peer, peer.list()!);
        addTo(times, peer.name, performance.now() - start);
      }
    for (const [who, all] of times) report.addRuns({ what, who, unit: 'ms' }, all);
  } finally {
    await set.close();
  }
  report.bound(what, { atMost: 35 });
}

/** Makes idle sessions `from` to `to`, without the latter. */
export function makeIdle(peer: Peer, to: number, from = 0): void {
  for (let index = from; index < to; index++)
    runCommand(peer, peer.createDetached(`idle-${index}`, ['/bin/sleep', '100000'])!);
}
