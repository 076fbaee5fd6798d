// Reading back all that was recorded of a session: its archive and its journals, part by part. It may be read while the
// session's server writes: a journal that has gone meanwhile is in the archive.

import { join } from 'node:path/posix';
import { type FileLayer, systemFiles } from '../platform/file-layer.ts';
import { type ArchiveBlock, type BlockFacts, findBlocks, recordsIn } from './archive-block.ts';
import { archiveFile, archiveGenerations, journalGenerations, screenGenerations } from './generation-files.ts';
import type { JournalChange, JournalRecord, JournalStart } from './journal.ts';
import { readJournal, readStart } from './retired-journal.ts';

/** What one journal told. */
export interface HistoryPart {
  /** How the screen was at its beginning; null where only the part before says so. */
  start: JournalStart | null;
  /**
   * How it follows the part before. `seamless`: the start changes nothing. `resumed`: another server went on with the
   * screen. `hole`: nobody knows what was between. Without a start it is always seamless.
   */
  follows: 'nothing' | 'seamless' | 'resumed' | 'hole';
  changes: JournalChange[];
}

/** Whether to begin with a part, which is the newest one so far; `bytes` are those of all records from there on. */
export type IsEnough = (part: BlockFacts, bytes: number) => boolean;

export interface HistoryOptions {
  /** Asked from the last part back; the first ever is where it begins when this is never so. */
  isEnough: IsEnough;
  files?: FileLayer;
}

/** The parts of a session's history, oldest first. What is damaged is left out, and the next part knows of a hole. */
export async function* readHistory(
  folder: string,
  { isEnough, files = systemFiles }: HistoryOptions,
): AsyncGenerator<HistoryPart> {
  const reader = new Reader(folder, files);
  let before: BlockFacts | null = null;
  for (const generation of await reader.generations(isEnough)) {
    const part = await reader.part(generation);
    if (part === null) continue;
    const first = part.records[0];
    const start = first?.kind === 'start' ? first : null;
    const follows = before === null ? 'nothing' : howFollows(before, part, start);
    // A journal that was only just begun says nothing, and nothing is missing.
    if (isEmpty(part) && before?.generation === generation - 1) before = part;
    if (start === null && follows !== 'seamless') continue;
    before = part;
    yield { start, follows, changes: part.records.filter((record) => record.kind !== 'start') };
  }
}

/** Whether anything is recorded of a session at all. */
export async function hasHistory(folder: string, files: FileLayer = systemFiles): Promise<boolean> {
  const names = await files.list(folder);
  return [archiveGenerations, journalGenerations, screenGenerations].some((of) => of(names).length > 0);
}

function isEmpty({ records, length }: ReadPart): boolean {
  return records.length === 0 && length === 0;
}

function howFollows(before: BlockFacts, next: BlockFacts, start: JournalStart | null): HistoryPart['follows'] {
  if ((start?.follows ?? next.generation - 1) !== before.generation) return 'hole';
  if (next.continues > 0) return next.continues === before.length ? 'seamless' : 'hole';
  return start?.missedLines === 0 ? 'resumed' : 'hole';
}

interface ReadPart extends BlockFacts {
  records: JournalRecord[];
}

class Reader {
  readonly #folder: string;
  readonly #files: FileLayer;
  /** The archive file that was read last: the next part is usually in it, too. */
  #last: { name: string; blocks: ArchiveBlock[] } | null = null;

  constructor(folder: string, files: FileLayer) {
    this.#folder = folder;
    this.#files = files;
  }

  /** The generations to read, oldest first. */
  async generations(isEnough: IsEnough): Promise<number[]> {
    const found: number[] = [];
    let bytes = 0;
    for await (const { length, ...part } of this.#newestFirst()) {
      if (found.includes(part.generation)) continue;
      found.push(part.generation);
      bytes += length;
      if (part.isSelfContained && isEnough({ length, ...part }, bytes)) break;
    }
    return found.sort((a, b) => a - b);
  }

  /** What the journal of a generation told, wherever that is now; null when it is nowhere to be read. */
  async part(generation: number): Promise<ReadPart | null> {
    return (
      (await this.#journal(generation)) ?? (await this.#archived(generation)) ?? (await this.#checkpoint(generation))
    );
  }

  async *#newestFirst(): AsyncGenerator<BlockFacts> {
    // In this order: a journal that is archived meanwhile is then seen twice rather than not at all.
    const names = await this.#files.list(this.#folder);
    let hasAny = false;
    for (const generation of journalGenerations(names).toReversed()) {
      const journal = await this.#journal(generation);
      if (journal !== null) yield journal;
      hasAny ||= journal !== null;
    }
    for (const generation of archiveGenerations(await this.#files.list(this.#folder)).toReversed()) {
      for (const block of (await this.#blocks(generation)).toReversed()) yield block;
      hasAny = true;
    }
    const [newest] = screenGenerations(names);
    const screen = hasAny || newest === undefined ? null : await this.#checkpoint(newest);
    if (screen !== null) yield screen;
  }

  async #journal(generation: number): Promise<ReadPart | null> {
    return readJournal(this.#folder, generation, this.#files).catch(() => null);
  }

  /** A checkpoint without a journal, as older stays left it. */
  async #checkpoint(generation: number): Promise<ReadPart | null> {
    const start = await readStart(this.#folder, generation, this.#files).catch(() => null);
    if (start === null) return null;
    const facts = { generation, continues: 0, length: 0, firstAt: start.at, lastAt: start.at };
    return { ...facts, isSelfContained: true, records: [start] };
  }

  async #archived(generation: number): Promise<ReadPart | null> {
    const names = await this.#files.list(this.#folder);
    const first = archiveGenerations(names).findLast((one) => one <= generation);
    if (first === undefined) return null;
    const isIts = (block: ArchiveBlock) => block.generation === generation;
    // It may have come into the file after that was read.
    if (!(await this.#blocks(first)).some(isIts)) this.#last = null;
    for (const block of (await this.#blocks(first)).filter(isIts)) {
      const records = await recordsIn(block);
      if (records !== null) return { ...block, records };
    }
    return null;
  }

  async #blocks(first: number): Promise<ArchiveBlock[]> {
    const name = archiveFile(first);
    if (this.#last?.name !== name) {
      const bytes = await this.#files.read(join(this.#folder, name)).catch(() => null);
      this.#last = { name, blocks: bytes === null ? [] : findBlocks(bytes) };
    }
    return this.#last.blocks;
  }
}
