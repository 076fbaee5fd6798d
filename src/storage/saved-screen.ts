// A session's screen and history on disk: the bytes that paint them into a fresh terminal of their size.

import { join } from 'node:path/posix';
import * as v from 'valibot';
import { readFileIfAny, writeFileAtomic } from '../platform/files.ts';
import { seal, unseal } from './sealed-file.ts';

const screenVersion = 1;
const screenFile = 'screen.msgpack';

const screenSchema = v.object({
  cols: v.number(),
  rows: v.number(),
  /** A repaint onto a fresh terminal, all history included. */
  paint: v.custom<Uint8Array>((value) => value instanceof Uint8Array),
  savedAt: v.number(),
});

export type SavedScreen = v.InferOutput<typeof screenSchema>;

export function saveScreen(folder: string, screen: SavedScreen): void {
  writeFileAtomic(join(folder, screenFile), seal('screen', screenVersion, screen));
}

/** The saved screen, or null when there is none that can be read. */
export function loadScreen(folder: string): SavedScreen | null {
  const bytes = readFileIfAny(join(folder, screenFile));
  if (bytes === null) return null;
  const opened = unseal('screen', screenVersion, bytes);
  if (opened.kind !== 'value') return null;
  const parsed = v.safeParse(screenSchema, opened.value);
  return parsed.success ? parsed.output : null;
}
