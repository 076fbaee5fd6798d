// stay beside tmux, screen, dtach and a bare terminal, in turn and several times on this machine. Run it with bun, after a
// build; `--quick` only shows that it runs, and `--only=throughput` (or echo, opening, memory) is one part of it.

import { benchEcho } from './bench/echo.ts';
import { benchMemory } from './bench/memory.ts';
import { benchOpening } from './bench/opening.ts';
import { openPeers, peerNames } from './bench/peers.ts';
import { machine, Report } from './bench/report.ts';
import { benchThroughput } from './bench/throughput.ts';

const isQuick = process.argv.includes('--quick');
const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length);
const isWanted = (part: string) => only === undefined || only === part;
const report = new Report();
const set = openPeers(peerNames);

try {
  console.log(`${machine()}; ${set.peers.map(({ name, version }) => `${name} ${version}`.trim()).join(', ')}`);
  if (isWanted('throughput'))
    await benchThroughput(set, report, isQuick ? { megabytes: 1, rounds: 1 } : { megabytes: 50, rounds: 3 });
  if (isWanted('echo')) await benchEcho(set, report, isQuick ? { keys: 20, rounds: 1 } : { keys: 300, rounds: 3 });
  if (isWanted('opening'))
    await benchOpening(set, report, isQuick ? { rounds: 1, sessions: 2 } : { rounds: 7, sessions: 20 });
  if (isWanted('memory')) {
    const full = { sessions: 20, counts: [1, 10, 100, 200], lines: [1_000, 10_000, 100_000], idleSeconds: 30 };
    await benchMemory(report, isQuick ? { sessions: 2, counts: [1, 2], lines: [1_000], idleSeconds: 2 } : full);
  }
} finally {
  await set.close();
}
