// stay beside tmux, screen, dtach and a bare terminal, in turn and several times on this machine: the figures of
// docs/performance.md. Run it with bun, after a build; `--quick` only shows that it runs, and `--only=<part>` is one part of it.

import { openPeers, peerNames } from './bench/peers.ts';
import { Report } from './bench/report.ts';
import { benchThroughput } from './bench/throughput.ts';

const isQuick = process.argv.includes('--quick');
const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length);
const report = new Report();

const set = openPeers(peerNames);
try {
  if (only === undefined || only === 'throughput')
    await benchThroughput(set, report, isQuick ? { megabytes: 1, rounds: 1 } : { megabytes: 50, rounds: 3 });
} finally {
  set.close();
}
