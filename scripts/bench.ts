// stay beside tmux, screen, dtach and a bare terminal, in turn and several times on this machine. Run it with bun, after a
// build. A whole run writes docs/performance.md; `--quick` only shows that it runs. A part of it: `--only=throughput` (or
// echo, opening, memory), `--kinds=plain,wide` of output, `--peers=tmux,stay`, `--rounds=1`.

import { benchEcho } from './bench/echo.ts';
import { floodKinds } from './bench/floods.ts';
import { benchMemory } from './bench/memory.ts';
import { benchOpening } from './bench/opening.ts';
import { openPeers, peerNames } from './bench/peers.ts';
import { machine, Report, type Results } from './bench/report.ts';
import { benchThroughput } from './bench/throughput.ts';
import { writeResults } from './bench/write-results.ts';

/** Arguments of a run without options: the runtime and this file. */
const wholeRun = 2;
const isQuick = process.argv.includes('--quick');
const only = option('only');
const rounds = Number(option('rounds') ?? 3);
const isWanted = (part: string) => only === undefined || only === part;
const wholeMemory = {
  sessions: 20,
  counts: [1, 10, 100, 200],
  lines: [1_000, 10_000, 100_000],
  idleSeconds: 30,
  restMs: 13_000,
};
const quickOpening = { rounds: 1, sessions: 2, settleMs: 500 };
const quickMemory = { sessions: 2, counts: [1, 2], lines: [1_000], idleSeconds: 1, restMs: 500 };
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
      kinds: chosen('kinds', isQuick ? ['plain'] : floodKinds),
      ...(isQuick ? { megabytes: 1, rounds: 1 } : { megabytes: 50, rounds }),
    });
  if (isWanted('echo')) await benchEcho(set, report, isQuick ? { keys: 20, rounds: 1 } : { keys: 300, rounds });
  if (isWanted('opening'))
    await benchOpening(set, report, isQuick ? quickOpening : { rounds: 2 * rounds + 1, sessions: 20, settleMs: 3_000 });
  if (isWanted('memory')) await benchMemory(report, isQuick ? quickMemory : wholeMemory);
  // What was left out must not be missing from the tables.
  if (process.argv.length === wholeRun) writeResults(resultsOf());
} finally {
  await set.close();
}

function resultsOf(): Results {
  const versions = Object.fromEntries(set.peers.map(({ name, version }) => [name, version]));
  const date = new Date().toISOString().slice(0, 10);
  return { machine: machine(), date, versions, figures: report.figures, ratios: report.ratios };
}
