// A checkpoint: a session's whole screen and history as they were at one moment, in one file.

import * as v from 'valibot';
import { seal, unseal } from './sealed-file.ts';

/** Raised when the file's form changes; older forms are still read. 1 lay in `screen.msgpack` and had no generations. */
const screenVersion = 2;

const screenSchema = v.object({
  cols: v.number(),
  rows: v.number(),
  /** A repaint onto a fresh terminal of that size, all history included. */
  paint: v.custom<Uint8Array>((value) => value instanceof Uint8Array),
  savedAt: v.number(),
});

/** What a checkpoint holds. */
export type SavedScreen = v.InferOutput<typeof screenSchema>;

export type ReadCheckpoint =
  | { kind: 'screen'; screen: SavedScreen }
  | { kind: 'damaged'; why: string }
  | { kind: 'newer'; version: number };

export function encodeCheckpoint({ cols, rows, paint, savedAt }: SavedScreen): Uint8Array {
  return seal('screen', screenVersion, { cols, rows, paint, savedAt });
}

export function decodeCheckpoint(bytes: Uint8Array): ReadCheckpoint {
  const opened = unseal('screen', screenVersion, bytes);
  if (opened.kind !== 'value') return opened;
  const parsed = v.safeParse(screenSchema, opened.value);
  return parsed.success
    ? { kind: 'screen', screen: parsed.output }
    : { kind: 'damaged', why: 'a field is missing or wrong' };
}
