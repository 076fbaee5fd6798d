// A journal as it goes into the archive, and as a history is read: with the screen that it begins with.

import { join } from 'node:path/posix';
import type { FileLayer } from '../platform/file-layer.ts';
import type { BlockFacts } from './archive-block.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import { journalFile, screenFile } from './generation-files.ts';
import {
  decodeJournal,
  encodeRecords,
  type JournalRecord,
  type JournalStart,
  journalHeaderBytes,
  manyLines,
} from './journal.ts';

export interface RetiredJournal extends BlockFacts {
  records: JournalRecord[];
  /** The same as they lie in the file. */
  bytes: Uint8Array;
}

/**
 * The journal of `generation` in a session's folder, as far as it verifies; null when there is none, or none that can be
 * read. One of older stays, which did not begin with the screen, gets that from its checkpoint.
 */
export async function readJournal(
  folder: string,
  generation: number,
  files: FileLayer,
): Promise<RetiredJournal | null> {
  const bytes = await files.read(join(folder, journalFile(generation)));
  const read = bytes === null ? null : decodeJournal(bytes);
  if (bytes === null || read === null || read.kind === 'damaged' || read.kind === 'newer') return null;
  // Cut in its very beginning: nothing was told, and nothing is missing.
  if (read.kind === 'cut') return withFacts([], { generation, continues: 0, length: 0, bytes: new Uint8Array() });
  if (read.header.generation !== generation) return null;
  const whole = { ...read.header, length: read.end.at, bytes: bytes.subarray(journalHeaderBytes, read.end.at) };
  if (read.records[0]?.kind === 'start') return withFacts(read.records, whole);
  const start = await readStart(folder, generation, files);
  if (start === null) return withFacts(read.records, whole);
  const records = [start, ...read.records];
  return withFacts(records, { ...whole, bytes: encodeRecords(records) });
}

/** The checkpoint of `generation` as the beginning of a journal, with all its history; null when it cannot be read. */
export async function readStart(folder: string, generation: number, files: FileLayer): Promise<JournalStart | null> {
  const bytes = await files.read(join(folder, screenFile(generation)));
  const read = bytes === null ? null : decodeCheckpoint(bytes);
  if (read?.kind !== 'screen') return null;
  const { cols, rows, paint, savedAt } = read.screen;
  const told = { follows: generation - 1, missedLines: 0, historyLines: manyLines };
  return { kind: 'start', at: savedAt, cols, rows, paint, ...told };
}

type JournalFacts = Pick<RetiredJournal, 'generation' | 'continues' | 'length' | 'bytes'>;

function withFacts(records: JournalRecord[], facts: JournalFacts): RetiredJournal {
  const times = { firstAt: records[0]?.at ?? 0, lastAt: records.at(-1)?.at ?? 0 };
  return { ...facts, ...times, isSelfContained: records[0]?.kind === 'start', records };
}
