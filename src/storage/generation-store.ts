// Writing a session's checkpoints and journals. Each checkpoint begins a generation, whose journal goes on where that of the
// generation before ends: until the checkpoint is whole, and also should it spoil later, the older ones give the same state.
// Journals that are not needed any more go into the archive of the session's history.

import { join } from 'node:path/posix';
import type { Compress } from '../platform/compression.ts';
import { type FileLayer, replaceFile, type WritableFile } from '../platform/file-layer.ts';
import { decodeCheckpoint, encodeCheckpoint, type SavedScreen } from './checkpoint.ts';
import {
  generationOf,
  isAside,
  journalFile,
  journalGenerations,
  screenFile,
  screenGenerations,
} from './generation-files.ts';
import { HistoryArchive } from './history-archive.ts';
import { encodeJournal, type JournalStart, manyLines } from './journal.ts';
import { retireJournals } from './retire-journals.ts';

export interface NewGeneration {
  screen: SavedScreen;
  /** A repaint of the same without history: the journal begins with it. */
  paint: Uint8Array;
  /** Whether the journal holds everything up to this screen. */
  isContinuous: boolean;
}

export interface StoreOptions {
  files: FileLayer;
  /** Bytes of history in the archive, at most. */
  historyBytes: number;
  compress: Compress;
  /** The archive cannot be written: the history will have a hole, and nothing else suffers. */
  onArchiveFault(error: unknown): void;
}

interface OpenJournal {
  generation: number;
  file: WritableFile;
  length: number;
  /** How much of it is what every journal begins with. */
  headLength: number;
}

export class GenerationStore {
  readonly #folder: string;
  readonly #files: FileLayer;
  readonly #archive: HistoryArchive;
  readonly #onArchiveFault: (error: unknown) => void;
  /** The oldest generation that this store made. */
  readonly #first: number;
  #newest: number;
  /** That of the last journal, also of another server; 0 when there is none. */
  #newestJournal: number;
  #newestWhole: number | null = null;
  #journal: OpenJournal | null = null;
  /** All work on journals, one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  /** All work on what is not needed any more. */
  #retiring: Promise<void> = Promise.resolve();
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosing = false;

  private constructor(
    folder: string,
    options: StoreOptions & { archive: HistoryArchive; first: number; journal: number },
  ) {
    this.#folder = folder;
    this.#files = options.files;
    this.#archive = options.archive;
    this.#onArchiveFault = options.onArchiveFault;
    this.#first = options.first;
    this.#newest = options.first - 1;
    this.#newestJournal = options.journal;
  }

  /**
   * For the session's one server. The newest whole checkpoint in the folder, and the journals since, are kept until two newer
   * ones are whole; what is older goes at the first, so that a session that is only ever resumed does not pile up files.
   */
  static async open(folder: string, options: StoreOptions): Promise<GenerationStore> {
    const { files, historyBytes, compress } = options;
    const names = await files.list(folder);
    const archive = await HistoryArchive.open(folder, { files, maxBytes: historyBytes, compress });
    const first = Math.max(archive.newest, ...names.map((name) => generationOf(name) ?? 0)) + 1;
    const journal = Math.max(archive.newest, journalGenerations(names).at(-1) ?? 0);
    return new GenerationStore(folder, { ...options, archive, first, journal });
  }

  /** Bytes appended to the present journal, 0 while there is none. */
  get journalBytes(): number {
    return this.#journal === null ? 0 : this.#journal.length - this.#journal.headLength;
  }

  /** Records from now on go into a new journal. Resolves once the checkpoint is whole and on the disk. */
  async begin(beginning: NewGeneration): Promise<void> {
    const { screen } = beginning;
    const generation = ++this.#newest;
    const path = join(this.#folder, screenFile(generation));
    const journal = this.#inTurn(() => this.#openJournal(generation, beginning));
    const checkpoint = this.#track(replaceFile(this.#files, path, encodeCheckpoint(screen)));
    for (const one of await Promise.allSettled([journal, checkpoint])) if (one.status === 'rejected') throw one.reason;
    const kept = this.#newestWhole ?? (await this.#newestFound());
    this.#newestWhole = generation;
    if (kept !== null) this.#retireBefore(kept);
  }

  /** Appends to the journal. Once this fails nothing more is appended: it would stand behind a torn record. */
  append(records: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      const journal = this.#journal;
      if (journal === null) throw new Error('there is no journal');
      try {
        await journal.file.write(records);
        journal.length += records.length;
      } catch (error) {
        this.#leaveJournal();
        throw error;
      }
    });
  }

  /** Resolves once what was appended is on the disk. Appending goes on meanwhile. Throws when the journal was removed. */
  async sync(): Promise<void> {
    const journal = this.#journal;
    if (journal === null) return;
    await this.#track(journal.file.sync());
    // A file that somebody removed can be written and synced for ever.
    const isThere = (await this.#files.list(this.#folder)).includes(journalFile(journal.generation));
    if (!isThere && this.#journal === journal) throw new Error('somebody removed its files');
  }

  /** Makes the folder again, should somebody have removed it. */
  async remakeFolder(): Promise<void> {
    await this.#files.makeFolder(this.#folder);
  }

  /** Removes everything older than the present generation, also the archive and what was set aside. */
  async forgetOlder(): Promise<void> {
    await this.#retiring;
    await this.#archive.removeAll();
    for (const name of await this.#files.list(this.#folder)) {
      const its = generationOf(name);
      if (its !== null && (its < this.#newest || isAside(name))) await this.#files.remove(join(this.#folder, name));
    }
    await this.#files.syncFolder(this.#folder);
  }

  /** Resolves once nothing is being written any more. */
  async close(): Promise<void> {
    // What is not archived yet will be when the session is resumed.
    this.#isClosing = true;
    await this.#inTurn(async () => this.#leaveJournal());
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.#archive.close().catch(() => {});
  }

  async #openJournal(generation: number, { screen, paint, isContinuous }: NewGeneration): Promise<void> {
    const before = this.#journal;
    const continues = isContinuous ? (before?.length ?? 0) : 0;
    // The first one begins with what was recovered.
    const isWhole = continues > 0 || (isContinuous && generation === this.#first);
    this.#leaveJournal();
    const file = await this.#files.create(join(this.#folder, journalFile(generation)));
    const { cols, rows, savedAt } = screen;
    const told = { follows: this.#newestJournal, missedLines: isWhole ? 0 : manyLines, historyLines: 0 };
    const start: JournalStart = { kind: 'start', at: savedAt, cols, rows, paint, ...told };
    const head = encodeJournal({ generation, continues }, [start]);
    this.#journal = { generation, file, length: head.length, headLength: head.length };
    this.#newestJournal = generation;
    try {
      await file.write(head);
    } catch (error) {
      this.#leaveJournal();
      throw error;
    }
  }

  /** Closes the journal once it is on the disk. */
  #leaveJournal(): void {
    const journal = this.#journal;
    this.#journal = null;
    // The next journal says whether this one is whole: a failure here need not be told.
    if (journal !== null) void this.#track(closeSynced(journal.file).catch(() => {}));
  }

  /** Nothing waits for it. */
  #retireBefore(generation: number): void {
    this.#retiring = this.#retiring.then(async () => {
      if (this.#isClosing) return;
      await this.#archiveBefore(generation);
      await this.#removeBefore(generation);
    });
    void this.#track(this.#retiring);
  }

  async #archiveBefore(generation: number): Promise<void> {
    const place = { folder: this.#folder, files: this.#files, archive: this.#archive, first: this.#first };
    await retireJournals(place, { before: generation, isStopped: () => this.#isClosing }).catch(this.#onArchiveFault);
  }

  /** The newest generation of an earlier store whose checkpoint is whole; null when there is none. */
  async #newestFound(): Promise<number | null> {
    const names = await this.#files.list(this.#folder).catch(() => []);
    for (const generation of screenGenerations(names).filter((one) => one < this.#first)) {
      const bytes = await this.#files.read(join(this.#folder, screenFile(generation))).catch(() => null);
      if (bytes !== null && decodeCheckpoint(bytes).kind === 'screen') return generation;
    }
    return null;
  }

  /** Removes what older generations left, but what was set aside, what a newer stay wrote and what waits for the archive. */
  async #removeBefore(generation: number): Promise<void> {
    for (const name of await this.#files.list(this.#folder).catch(() => [])) {
      const its = generationOf(name);
      if (its === null || its >= generation || isAside(name) || name === journalFile(its)) continue;
      // What cannot be removed now will be next time.
      await this.#removeOurs(name, its).catch(() => {});
    }
  }

  async #removeOurs(name: string, generation: number): Promise<void> {
    const path = join(this.#folder, name);
    if (generation < this.#first && isNewer(await this.#files.read(path))) return;
    await this.#files.remove(path);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return this.#track(done);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => {},
      () => {},
    );
    this.#underWay.add(settled);
    void settled.then(() => this.#underWay.delete(settled));
    return work;
  }
}

async function closeSynced(file: WritableFile): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function isNewer(bytes: Uint8Array | null): boolean {
  if (bytes === null) return false;
  return decodeCheckpoint(bytes).kind === 'newer';
}
