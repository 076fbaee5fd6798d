// The recordings that the emulator is tested with: those of other projects where their folder is there, and our own.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRecordings } from './own-recordings.ts';

export interface Recording {
  id: string;
  cols: number;
  rows: number;
  bytes: Uint8Array;
}

interface ManifestEntry {
  id: string;
  cols: number;
  rows: number;
  file: string;
  newline: 'raw' | 'onlcr';
}

/** `STAY_RECORDINGS`, or the folder beside the repository. */
const folder = process.env.STAY_RECORDINGS ?? join(import.meta.dirname, '../../../shared/fixtures/recordings');

export function allRecordings(): Recording[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    console.warn(`No recordings of other projects in ${folder} (set STAY_RECORDINGS): testing with our own only.`);
    return ownRecordings;
  }
  const entries = JSON.parse(readFileSync(manifest, 'utf8')) as ManifestEntry[];
  return [...entries.map(load), ...ownRecordings];
}

function load(entry: ManifestEntry): Recording {
  const bytes = new Uint8Array(readFileSync(join(folder, entry.file)));
  return { ...entry, bytes: entry.newline === 'onlcr' ? withCarriageReturns(bytes) : bytes };
}

/** What a terminal line with ONLCR makes of it. */
function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x0a) out.push(0x0d);
    out.push(byte);
  }
  return Uint8Array.from(out);
}
