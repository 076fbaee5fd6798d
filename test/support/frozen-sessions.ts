// Whole folders of sessions as older stays left them: see test/storage/fixtures/README.md.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeRecord } from '../../src/storage/session-record.ts';

export interface FrozenSession {
  /** Such as `record-1-exited`. */
  name: string;
  folder: string;
  id: string;
  /** Also the session's name. */
  state: 'stopped' | 'exited';
  /** What `peek --ansi --all` of that stay printed. */
  shown: string;
}

const fixtures = fileURLToPath(new URL('../storage/fixtures/sessions/', import.meta.url));

export function frozenSessions(): FrozenSession[] {
  return readdirSync(fixtures).map((name) => {
    const folder = join(fixtures, name);
    const read = decodeRecord(readFileSync(join(folder, 'session.msgpack')));
    if (read.kind !== 'record') throw new Error(`the record of ${name} cannot be read: ${JSON.stringify(read)}`);
    const shown = readFileSync(join(folder, 'shown.txt'), 'utf8');
    return { name, folder, id: read.record.id, state: name.endsWith('exited') ? 'exited' : 'stopped', shown };
  });
}
