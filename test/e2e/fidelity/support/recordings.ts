// The recordings that are shown in two ways and compared: other projects' where their folder is there, else a few of our own.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRecordings } from '../../../emulator/own-recordings.ts';
import { projectRoot } from '../../support/stay-command.ts';

export interface Recording {
  id: string;
  cols: number;
  rows: number;
  bytes: Uint8Array;
  /** `raw`: for a terminal without output processing; `onlcr`: every LF stands for CR LF. */
  newline: 'raw' | 'onlcr';
}

interface ManifestEntry extends Omit<Recording, 'bytes'> {
  file: string;
}

/** `STAY_RECORDINGS`, or the folder beside the repository. */
const folder = process.env.STAY_RECORDINGS ?? join(projectRoot, '../shared/fixtures/recordings');

/** All recordings, or those whose id contains `STAY_RECORDING`. */
export function recordingsToShow(): Recording[] {
  const wanted = process.env.STAY_RECORDING ?? '';
  return allRecordings().filter(({ id }) => id.includes(wanted));
}

function allRecordings(): Recording[] {
  const own = ownRecordings.map((recording): Recording => ({ ...recording, newline: 'raw' }));
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    console.warn(`No recordings of other projects in ${folder} (set STAY_RECORDINGS): testing with our own only.`);
    return own;
  }
  const entries: ManifestEntry[] = JSON.parse(readFileSync(manifest, 'utf8'));
  const others = entries.map(({ file, ...entry }) => ({ ...entry, bytes: readFileSync(join(folder, file)) }));
  return [...others, ...own];
}
