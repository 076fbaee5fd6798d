// How quickly a flood gets through: attached until its end is visible, and detached until it is taken; and what that costs
// servers and clients of processor time.

import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FloodKind, floodKinds, floodNames, writeFlood } from './floods.ts';
import { addTo, geometricMean, pass, processorSeconds, until } from './measure.ts';
import { type Peer, type PeerName, type PeerSet, runCommand } from './peers.ts';
import type { Report } from './report.ts';
import { openViewer } from './viewer.ts';

export interface ThroughputOptions {
  kinds: readonly FloodKind[];
  megabytes: number;
  rounds: number;
}

interface Passage {
  megabytesPerSecond: number;
  /** Milliseconds of processor time for each megabyte. */
  cost: number;
}

const end = 'THE-END-OF-IT';

export async function benchThroughput(set: PeerSet, report: Report, options: ThroughputOptions): Promise<void> {
  for (const kind of options.kinds) {
    const path = writeFlood(set.folder, kind, options.megabytes * 1e6);
    const attached = new Map<PeerName, Passage[]>();
    const detached = new Map<PeerName, Passage[]>();
    for (let round = 0; round < options.rounds; round++) {
      for (const peer of set.peers) {
        addTo(attached, peer.name, await passAttached(peer, path));
        const passage = await passDetached(peer, path);
        if (passage !== null) addTo(detached, peer.name, passage);
      }
    }
    tell(report, kind, 'attached', attached);
    tell(report, kind, 'detached', detached);
    rmSync(path);
  }
  compare(report);
}

async function passAttached(peer: Peer, path: string): Promise<Passage> {
  // The end is put together only when it is written: a command line shows in titles.
  const program = `echo READY; read -r go; cat '${path}'; printf '\\033[m\\033[2J\\033[HTHE-END-%s' OF-IT; exec sleep 1000`;
  const viewer = openViewer(peer.create('flood', ['/bin/sh', '-c', program]), peer.env);
  await viewer.sees('READY');
  await pass(150);
  const before = processorSeconds(peer.processes());
  const start = performance.now();
  viewer.type('\r');
  const seconds = ((await viewer.sees(end)) - start) / 1_000;
  // A peer may have something to do still, and what is told of the time comes in steps.
  await pass(150);
  const used = processorSeconds(peer.processes()) - before;
  await viewer.close();
  await peer.end();
  return passageOf(path, seconds, used);
}

async function passDetached(peer: Peer, path: string): Promise<Passage | null> {
  const [go, done] = [join(peer.env.HOME!, 'go'), join(peer.env.HOME!, 'done')];
  for (const file of [go, done]) rmSync(file, { force: true });
  const program = `until [ -e '${go}' ]; do sleep 0.02; done; cat '${path}'; date +%s%N >'${done}.new'; mv '${done}.new' '${done}'; exec sleep 1000`;
  const command = peer.createDetached('flood', ['/bin/sh', '-c', program]);
  if (command === null) return null;
  runCommand(peer, command);
  await pass(300);
  const before = processorSeconds(peer.processes());
  writeFileSync(go, '');
  const start = Date.now();
  await until(() => existsSync(done));
  const seconds = (Number(await Bun.file(done).text()) / 1e6 - start) / 1_000;
  await pass(150);
  const used = processorSeconds(peer.processes()) - before;
  await peer.end();
  return passageOf(path, seconds, used);
}

function passageOf(path: string, seconds: number, used: number): Passage {
  const megabytes = Bun.file(path).size / 1e6;
  return { megabytesPerSecond: megabytes / seconds, cost: (1_000 * used) / megabytes };
}

const speedOf = (kind: FloodKind, how: string) => `throughput, ${floodNames[kind]}, ${how}`;
const costOf = (kind: FloodKind, how: string) => `processor time, ${floodNames[kind]}, ${how}`;

function tell(report: Report, kind: FloodKind, how: string, passages: Map<PeerName, Passage[]>): void {
  for (const [who, runs] of passages) {
    report.addRuns(
      { what: speedOf(kind, how), who, unit: 'MB/s' },
      runs.map((run) => run.megabytesPerSecond),
    );
    if (who !== 'bare')
      report.addRuns(
        { what: costOf(kind, how), who, unit: 'ms/MB' },
        runs.map((run) => run.cost),
      );
  }
}

function compare(report: Report): void {
  const ratios = (what: (kind: FloodKind) => string, to: string) =>
    floodKinds.flatMap((kind) => {
      const [ours, theirs] = [report.find(what(kind), 'stay'), report.find(what(kind), to)];
      return ours === undefined || theirs === undefined ? [] : [{ kind, ratio: ours / theirs }];
    });
  const toTmux = ratios((kind) => speedOf(kind, 'attached'), 'tmux');
  for (const { kind, ratio } of toTmux) report.compare(speedOf(kind, 'attached'), 'to tmux', ratio, { atLeast: 1 });
  const toDtach = ratios((kind) => speedOf(kind, 'attached'), 'dtach');
  if (toTmux.length > 0) {
    const mean = geometricMean(toTmux.map(({ ratio }) => ratio));
    report.compare('throughput, all kinds, attached', 'to tmux, geometric mean', mean, { atLeast: 2 });
  }
  for (const { kind, ratio } of toDtach)
    report.compare(speedOf(kind, 'attached'), 'to dtach', ratio, { atLeast: 0.35 });
  for (const { kind, ratio } of ratios((kind) => costOf(kind, 'attached'), 'tmux'))
    report.compare(costOf(kind, 'attached'), 'to tmux', ratio, { atMost: 1 });
  for (const kind of floodKinds) {
    const [apart, together] = [
      report.find(speedOf(kind, 'detached'), 'stay'),
      report.find(speedOf(kind, 'attached'), 'stay'),
    ];
    if (apart !== undefined && together !== undefined)
      report.compare(speedOf(kind, 'detached'), 'to attached', apart / together, { atLeast: 1.3 });
  }
}
