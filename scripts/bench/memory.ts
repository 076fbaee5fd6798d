// What sessions cost while they are there: memory, processor time and wake-ups; and how that grows with their number and
// their history.

import { pass, processorSeconds, proportionalMegabytes, switches, wakeUpsBetween } from './measure.ts';
import { makeIdle } from './opening.ts';
import { keptLines, openPeers, type PeerName, runCommand } from './peers.ts';
import type { Report } from './report.ts';

export interface MemoryOptions {
  /** Sessions whose memory is measured, beyond a first one. */
  sessions: number;
  /** Numbers of sessions, and of lines, at which growth is looked at. */
  counts: readonly number[];
  lines: readonly number[];
  idleSeconds: number;
  /** Long enough for what a server puts off until it is quiet: its checkpoint, and giving memory back. */
  restMs: number;
}

const peers: readonly PeerName[] = ['tmux', 'screen', 'stay'];
const idleMemory = 'memory of each further session, idle';
const linesMemory = (lines: number) => `memory of each further session, ${lines} lines of 80`;

export async function benchMemory(report: Report, options: MemoryOptions): Promise<void> {
  await benchIdle(report, options);
  for (const lines of options.lines) await benchLines(report, lines, options.restMs);
  report.bound(idleMemory, { atMost: 7 });
  report.bound(linesMemory(keptLines), { atMost: 12 });
  report.bound(linesMemory(100_000), { atMost: 25 });
  await benchGrowth(report, options);
}

async function benchIdle(report: Report, { sessions, idleSeconds, restMs }: MemoryOptions): Promise<void> {
  const set = openPeers(peers);
  try {
    for (const peer of set.peers) {
      makeIdle(peer, 1);
      await pass(500);
      const before = proportionalMegabytes(peer.processes());
      makeIdle(peer, 1 + sessions, 1);
      await pass(restMs);
      const servers = peer.processes();
      const value = (proportionalMegabytes(servers) - before) / sessions;
      report.add({ what: idleMemory, who: peer.name, unit: 'MB', value, runs: sessions });
      await benchRest(report, peer.name, servers, idleSeconds);
    }
  } finally {
    await set.close();
  }
}

async function benchRest(report: Report, who: PeerName, servers: number[], seconds: number): Promise<void> {
  const [used, woken] = [processorSeconds(servers), switches(servers)];
  await pass(seconds * 1_000);
  const count = servers.length;
  const percent = (100 * (processorSeconds(servers) - used)) / seconds;
  report.add({ what: `processor, ${count} servers of idle sessions`, who, unit: '%', value: percent });
  const wakeUps = (wakeUpsBetween(woken, switches(servers)) * 10) / seconds;
  report.add({ what: `wake-ups, ${count} servers of idle sessions`, who, unit: 'in 10 s', value: wakeUps });
}

async function benchLines(report: Report, lines: number, restMs: number): Promise<void> {
  const set = openPeers(peers, { historyLines: lines });
  const sessions = lines > 10_000 ? 2 : 5;
  const program = `seq -f 'line %010g and what makes it as wide as a line of a program is, here 80 cells.' ${lines + 24}; exec sleep 100000`;
  try {
    for (const peer of set.peers) {
      makeIdle(peer, 1);
      await pass(500);
      const before = proportionalMegabytes(peer.processes());
      for (let index = 0; index < sessions; index++)
        runCommand(peer, peer.createDetached(`lines-${index}`, ['/bin/sh', '-c', program])!);
      await pass(restMs);
      const value = (proportionalMegabytes(peer.processes()) - before) / sessions;
      report.add({ what: linesMemory(lines), who: peer.name, unit: 'MB', value, runs: sessions });
      await peer.end();
    }
  } finally {
    await set.close();
  }
}

async function benchGrowth(report: Report, { counts, restMs }: MemoryOptions): Promise<void> {
  const set = openPeers(['stay']);
  const [peer] = set.peers;
  try {
    let made = 0;
    for (const count of counts) {
      makeIdle(peer!, count, made);
      made = count;
      await pass(restMs);
      const list: number[] = [];
      for (let run = 0; run < 15; run++) {
        const start = performance.now();
        runCommand(peer!, peer!.list()!);
        list.push(performance.now() - start);
      }
      report.addRuns({ what: `growth: list with ${count} sessions`, who: 'stay', unit: 'ms' }, list);
      const value = proportionalMegabytes(peer!.processes()) / count;
      report.add({ what: `growth: memory for each of ${count} sessions`, who: 'stay', unit: 'MB', value });
    }
  } finally {
    await set.close();
  }
  report.bound('growth: list with 200 sessions', { atMost: 100 });
}
