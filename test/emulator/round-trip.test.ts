// Round trip: bytes -> emulator -> repaint -> emulator. Both must know the same, and go on knowing the same.

import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { newEmulator, repainted, type TestSize } from './new-emulator.ts';
import { allRecordings, type Recording } from './recordings.ts';

/** Places to cut each recording at, besides its end. */
const cutsPerRecording = Number(process.env.STAY_CUTS ?? 6);

describe('a repainted emulator knows what the first one knows', () => {
  for (const recording of allRecordings()) {
    it(recording.id, () => {
      for (const cut of cutsOf(recording))
        expectRoundTrip(recording, { cut, cols: recording.cols, rows: recording.rows });
    });
  }
});

function cutsOf(recording: Recording): number[] {
  const { length } = recording.bytes;
  const random = randomFrom(length);
  const cuts = Array.from({ length: cutsPerRecording }, () => Math.floor(random() * length));
  return [...new Set([...cuts, length])];
}

function expectRoundTrip(recording: Recording, options: TestSize & { cut: number }): void {
  const first = newEmulator(options);
  first.feed(recording.bytes.subarray(0, options.cut));
  const second = repainted(first, options);
  const where = `${recording.id} cut at ${options.cut} of ${recording.bytes.length}`;
  expect(differences(first, second), where).toEqual([]);
  const rest = recording.bytes.subarray(options.cut);
  first.feed(rest);
  second.feed(rest);
  expect(differences(first, second), `${where}, then the rest`).toEqual([]);
}

/** The same numbers on each run. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
