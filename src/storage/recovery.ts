// Reading a session's screen back after its server went away, however it went: the newest checkpoint that verifies, and
// what the journals tell since then. A file gone bad costs what it held, and is set aside with its reason, never removed.

import { join } from 'node:path/posix';
import { messageOf, StayError } from '../base/stay-error.ts';
import { type FileLayer, replaceFile, systemFiles } from '../platform/file-layer.ts';
import { decodeCheckpoint, type SavedScreen } from './checkpoint.ts';
import {
  asideMark,
  journalFile,
  journalGenerations,
  newestGeneration,
  screenFile,
  screenGenerations,
} from './generation-files.ts';
import { decodeJournal, type JournalChange } from './journal.ts';

export interface Recovery {
  /** The state to begin with, or null when none was saved or none is left. */
  screen: SavedScreen | null;
  /** What happened since then, in order. */
  records: JournalChange[];
  /** Files that were spoiled, by the name they had, and in which way. */
  setAside: SpoiledFile[];
  /** The file that a newer stay saved a later state in, which we cannot read; null when there is none. */
  newer: string | null;
  /** Whether this is the newest state that was saved, so far as the files tell: spoiled ones may have held a newer. */
  isNewest: boolean;
}

export interface SpoiledFile {
  file: string;
  why: string;
  /** The name that it has now; null where it could not be set aside, and is told of again. */
  keptAs: string | null;
}

/** Reads the newest state that verifies from a session's folder. Only for a session without a server. Never throws. */
export async function recover(folder: string, files: FileLayer = systemFiles): Promise<Recovery> {
  const reader = new Reader(folder, files);
  const names = await files.list(folder).catch(() => []);
  const { setAside } = reader;
  for (const generation of screenGenerations(names)) {
    const screen = await reader.screen(generation);
    if (screen === null) continue;
    const spoiledBefore = setAside.length;
    const { records, reached } = await reader.records(generation);
    await reader.lookAtJournals(journalGenerations(names).filter((later) => later > generation));
    const isNewest = reached === newestGeneration(names) && setAside.length === spoiledBefore;
    return { screen, records, setAside, newer: reader.newer, isNewest };
  }
  await reader.lookAtJournals(journalGenerations(names));
  return { screen: null, records: [], setAside, newer: reader.newer, isNewest: setAside.length === 0 };
}

/** Throws when what was recovered is older than what a newer stay saved since. `cannot` begins the sentence. */
export function requireNewest({ newer }: Recovery, cannot: string): void {
  if (newer === null) return;
  throw new StayError('otherVersion', `${cannot}: its screen was saved by a newer stay (${newer})`, {
    hint: 'Use that one',
  });
}

/** When the last thing that is known of happened; null when nothing is. */
export function recoveredUntil({ screen, records }: Pick<Recovery, 'screen' | 'records'>): number | null {
  return records.at(-1)?.at ?? screen?.savedAt ?? null;
}

/** All of a spoiled file, and its good beginning if it has one. */
interface SpoiledContent {
  bytes: Uint8Array;
  keep: Uint8Array | null;
}

class Reader {
  readonly setAside: SpoiledFile[] = [];
  newer: string | null = null;
  readonly #seenJournals = new Set<number>();
  readonly #folder: string;
  readonly #files: FileLayer;

  constructor(folder: string, files: FileLayer) {
    this.#folder = folder;
    this.#files = files;
  }

  async screen(generation: number): Promise<SavedScreen | null> {
    const file = screenFile(generation);
    const bytes = await this.#read(file);
    if (bytes === null) return null;
    const read = decodeCheckpoint(bytes);
    if (read.kind === 'screen') return read.screen;
    // What a newer stay wrote is left for it, untouched.
    if (read.kind === 'newer') this.newer ??= file;
    else await this.#putAside({ file, why: read.why }, { bytes, keep: null });
    return null;
  }

  /**
   * All records since the checkpoint of `generation`, also those of later journals whose own checkpoint is missing, and the
   * generation that they reach.
   */
  async records(generation: number): Promise<{ records: JournalChange[]; reached: number }> {
    const records: JournalChange[] = [];
    for (let length = 0, next = generation; ; next++) {
      const far = { records, reached: Math.max(generation, next - 1) };
      const file = journalFile(next);
      const bytes = await this.#read(file);
      this.#seenJournals.add(next);
      const read = bytes === null ? null : decodeJournal(bytes);
      if (bytes === null || read === null) return far;
      if (read.kind === 'newer') this.newer ??= file;
      if (read.kind === 'damaged') await this.#putAside({ file, why: read.why }, { bytes, keep: null });
      if (read.kind !== 'journal' || read.header.generation !== next) return far;
      if (next > generation && read.header.continues !== length) return far;
      for (const record of read.records) if (record.kind !== 'start') records.push(record);
      const { end } = read;
      if (end.kind === 'damaged')
        await this.#putAside({ file, why: end.why }, { bytes, keep: bytes.subarray(0, end.at) });
      if (end.kind !== 'whole') return { records, reached: next };
      length = end.at;
    }
  }

  /** Finds out whether any of these journals, which do not go on from what we have, is a newer stay's. */
  async lookAtJournals(generations: readonly number[]): Promise<void> {
    for (const generation of generations.filter((one) => !this.#seenJournals.has(one))) {
      const file = journalFile(generation);
      const bytes = await this.#read(file);
      if (bytes !== null && decodeJournal(bytes).kind === 'newer') this.newer ??= file;
    }
  }

  async #read(file: string): Promise<Uint8Array | null> {
    try {
      return await this.#files.read(join(this.#folder, file));
    } catch (error) {
      this.setAside.push({ file, why: `it cannot be read: ${messageOf(error)}`, keptAs: null });
      return null;
    }
  }

  /** Keeps a spoiled file under another name, its reason beside it; its good beginning, if any, stays in place. */
  async #putAside(spoiled: Omit<SpoiledFile, 'keptAs'>, content: SpoiledContent): Promise<void> {
    const told: SpoiledFile = { ...spoiled, keptAs: null };
    this.setAside.push(told);
    const path = join(this.#folder, spoiled.file);
    try {
      const aside = await this.#freePath(path);
      await replaceFile(this.#files, `${aside}.txt`, new TextEncoder().encode(`${spoiled.file}: ${spoiled.why}\n`));
      if (content.keep === null) await this.#files.rename(path, aside);
      else await replaceFile(this.#files, aside, content.bytes);
      told.keptAs = aside.slice(this.#folder.length + 1);
      if (content.keep !== null) await replaceFile(this.#files, path, content.keep);
    } catch {
      // A full or read-only disk, or somebody who looks at the same time: it stays where it is and is told of again.
    }
  }

  async #freePath(path: string): Promise<string> {
    const names = new Set(await this.#files.list(this.#folder));
    for (let number = 1; ; number++) {
      const aside = `${path}${asideMark}${number}`;
      if (!names.has(aside.slice(this.#folder.length + 1))) return aside;
    }
  }
}
