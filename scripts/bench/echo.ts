// How long a key takes to come back: quiet, beside a flood in another session, and inside a flood with a slow viewer.

import { addTo, pass, quantile } from './measure.ts';
import { type Peer, type PeerName, type PeerSet, runCommand } from './peers.ts';
import type { Report } from './report.ts';
import { openViewer, type Viewer } from './viewer.ts';

export interface EchoOptions {
  keys: number;
  rounds: number;
}

/** Takes keys one by one and writes them back, as an editor does. */
const echoing = ['/bin/sh', '-c', 'stty raw -echo; printf READY; exec cat'];
const flooding = ['/bin/sh', '-c', 'exec yes "a line of a flood in another session"'];

const quiet = 'key to echo, quiet';
const beside = 'key to echo while another session floods';

export async function benchEcho(set: PeerSet, report: Report, options: EchoOptions): Promise<void> {
  for (const [what, isBesideFlood] of [
    [quiet, false],
    [beside, true],
  ] as const) {
    const times = new Map<PeerName, number[]>();
    for (let round = 0; round < options.rounds; round++)
      for (const peer of set.peers) {
        const found = await echoTimes(peer, options.keys, isBesideFlood);
        if (found !== null) addTo(times, peer.name, ...found);
      }
    for (const [who, all] of times) {
      report.add({ what: `${what}, median`, who, unit: 'ms', value: quantile(all, 0.5), runs: all.length });
      report.add({ what: `${what}, p99`, who, unit: 'ms', value: quantile(all, 0.99), runs: all.length });
    }
  }
  for (const [what, atMost] of [
    [`${quiet}, median`, 1.25],
    [`${quiet}, p99`, 1.25],
    [`${beside}, p99`, 1],
  ] as const)
    report.compareTo(what, 'tmux', { atMost });
}

/** Milliseconds from the writing of each key until it is read again; null where the peer cannot flood beside it. */
async function echoTimes(peer: Peer, keys: number, isBesideFlood: boolean): Promise<number[] | null> {
  const flood = isBesideFlood ? peer.createDetached('flood', flooding) : null;
  if (isBesideFlood && flood === null) return null;
  const viewer = openViewer(peer.create('echo', echoing), peer.env);
  await viewer.sees('READY');
  if (flood !== null) runCommand(peer, flood);
  await pass(500);
  try {
    return await typeAll(viewer, keys);
  } finally {
    await viewer.close();
    await peer.end();
  }
}

async function typeAll(viewer: Viewer, keys: number): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < keys; key++) {
    const typed = String.fromCharCode(97 + (key % 26));
    const start = performance.now();
    const seen = viewer.sees(typed);
    viewer.type(typed);
    times.push((await seen) - start);
    // A person's keys do not come at once, and not at the same moment of anything.
    await pass(3 + (key % 5));
  }
  return times;
}
