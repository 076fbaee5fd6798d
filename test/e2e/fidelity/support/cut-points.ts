// Where a recording is cut: where the session is left and attached again.

import type { Recording } from './recordings.ts';

const escapeByte = 0x1b;

/** How many places, chosen by `STAY_SEED`; without it two that are always the same. */
const askedCount = Number(process.env.STAY_CUTS ?? 0);
const seed = Number(process.env.STAY_SEED ?? 1);

/** Offsets in ascending order. Unless more are asked for: the half, and the inside of a sequence after three quarters. */
export function cutPoints({ bytes }: Recording): number[] {
  if (askedCount === 0) return [Math.floor(bytes.length / 2), insideOfSequence(bytes, Math.floor(bytes.length * 0.75))];
  const random = randomNumbers(seed);
  const cuts = Array.from({ length: askedCount }, () => Math.floor(random() * (bytes.length + 1)));
  return cuts.sort((one, other) => one - other);
}

/** Behind the second byte of the first escape sequence from there on; just there when none follows. */
function insideOfSequence(bytes: Uint8Array, from: number): number {
  const start = bytes.indexOf(escapeByte, from);
  return start === -1 ? from : Math.min(start + 2, bytes.length);
}

/** mulberry32 (public domain): the same numbers for the same seed, between 0 and 1. */
function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
