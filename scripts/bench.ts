// stay beside tmux, screen, dtach and a bare terminal, in turn and several times on this machine. Run it with bun, after a
// build; `--quick` only shows that it runs. A part of it: `--only=throughput` (or echo, opening, memory), `--kinds=plain,wide`
// of output, `--peers=tmux,stay`, `--rounds=1`.

import { benchEcho } from './bench/echo.ts';
import { floodKinds } from './bench/floods.ts';
import { benchMemory } from './bench/memory.ts';
import { benchOpening } from './bench/opening.ts';
import { openPeers, peerNames } from './bench/peers.ts';
import { machine, Report } from './bench/report.ts';
import { benchThroughput } from './bench/throughput.ts';

const isQuick = process.argv.includes('--quick');
const only = option('only');
const rounds = Number(option('rounds') ?? 3);
const isWanted = (part: string) => only === undefined || only === part;
const report = new Report();
const set = openPeers(chosen('peers', peerNames));

function option(name: string): string | undefined {
  const start = `--${name}=`;
  return process.argv.find((one) => one.startsWith(start))?.slice(start.length);
}

function chosen<Name extends string>(optionName: string, names: readonly Name[]): Name[] {
  const wanted = option(optionName)?.split(',');
  return names.filter((name) => wanted?.includes(name) ?? true);
}

try {
  console.log(`${machine()}; ${set.peers.map(({ name, version }) => `${name} ${version}`.trim()).join(', ')}`);
  if (isWanted('throughput'))
    await benchThroughput(set, report, {
      kinds: chosen('kinds', floodKinds),
      ...(isQuick ? { megabytes: 1, rounds: 1 } : { megabytes: 50, rounds }),
    });
  if (isWanted('echo')) await benchEcho(set, report, isQuick ? { keys: 20, rounds: 1 } : { keys: 300, rounds });
  if (isWanted('opening'))
    await benchOpening(set, report, isQuick ? { rounds: 1, sessions: 2 } : { rounds: 2 * rounds + 1, sessions: 20 });
  if (isWanted('memory')) {
    const full = { sessions: 20, counts: [1, 10, 100, 200], lines: [1_000, 10_000, 100_000], idleSeconds: 30 };
    await benchMemory(report, isQuick ? { sessions: 2, counts: [1, 2], lines: [1_000], idleSeconds: 2 } : full);
  }
} finally {
  await set.close();
}
