// Writing a session's checkpoints and journals. Each checkpoint begins a generation, whose journal goes on where that of the
// generation before ends: until the checkpoint is whole, and also should it spoil later, the older ones give the same state.

import { join } from 'node:path/posix';
import { type FileLayer, replaceFile, type WritableFile } from '../platform/file-layer.ts';
import { decodeCheckpoint, encodeCheckpoint, type SavedScreen } from './checkpoint.ts';
import { generationOf, isAside, journalFile, screenFile, screenGenerations } from './generation-files.ts';
import { decodeJournal, encodeJournalHeader } from './journal.ts';

export interface NewGeneration {
  screen: SavedScreen;
  /** Whether the journal holds everything up to this screen. */
  isContinuous: boolean;
}

interface OpenJournal {
  generation: number;
  file: WritableFile;
  bytes: number;
}

export class GenerationStore {
  readonly #folder: string;
  readonly #files: FileLayer;
  /** The oldest generation that this store made. */
  readonly #first: number;
  #newest: number;
  #newestWhole: number | null = null;
  #journal: OpenJournal | null = null;
  /** All work on journals, one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  readonly #underWay = new Set<Promise<unknown>>();

  private constructor(folder: string, { files, first }: { files: FileLayer; first: number }) {
    this.#folder = folder;
    this.#files = files;
    this.#first = first;
    this.#newest = first - 1;
  }

  /**
   * For the session's one server. The newest whole checkpoint in the folder, and the journals since, are kept until two newer
   * ones are whole; what is older goes at the first, so that a session that is only ever resumed does not pile up files.
   */
  static async open(folder: string, files: FileLayer): Promise<GenerationStore> {
    const names = await files.list(folder);
    const first = Math.max(0, ...names.map((name) => generationOf(name) ?? 0)) + 1;
    return new GenerationStore(folder, { files, first });
  }

  /** Bytes in the present journal, 0 while there is none. */
  get journalBytes(): number {
    return this.#journal?.bytes ?? 0;
  }

  /** Records from now on go into a new journal. Resolves once the checkpoint is whole and on the disk. */
  async begin({ screen, isContinuous }: NewGeneration): Promise<void> {
    const generation = ++this.#newest;
    const path = join(this.#folder, screenFile(generation));
    const journal = this.#inTurn(() => this.#openJournal(generation, isContinuous));
    const checkpoint = this.#track(replaceFile(this.#files, path, encodeCheckpoint(screen)));
    for (const one of await Promise.allSettled([journal, checkpoint])) if (one.status === 'rejected') throw one.reason;
    const kept = this.#newestWhole ?? (await this.#newestFound());
    this.#newestWhole = generation;
    if (kept !== null) await this.#removeBefore(kept);
  }

  /** Appends to the journal. Once this fails nothing more is appended: it would stand behind a torn record. */
  append(records: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      const journal = this.#journal;
      if (journal === null) throw new Error('there is no journal');
      try {
        await journal.file.write(records);
        journal.bytes += records.length;
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

  /** Removes everything older than the present generation, also what was set aside. */
  async forgetOlder(): Promise<void> {
    for (const name of await this.#files.list(this.#folder)) {
      const its = generationOf(name);
      if (its !== null && (its < this.#newest || isAside(name))) await this.#files.remove(join(this.#folder, name));
    }
    await this.#files.syncFolder(this.#folder);
  }

  /** Resolves once nothing is being written any more. */
  async close(): Promise<void> {
    await this.#inTurn(async () => this.#leaveJournal());
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async #openJournal(generation: number, isContinuous: boolean): Promise<void> {
    const continues = isContinuous ? this.journalBytes : 0;
    this.#leaveJournal();
    const file = await this.#files.create(join(this.#folder, journalFile(generation)));
    const header = encodeJournalHeader({ generation, continues });
    this.#journal = { generation, file, bytes: header.length };
    try {
      await file.write(header);
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

  /** The newest generation of an earlier store whose checkpoint is whole; null when there is none. */
  async #newestFound(): Promise<number | null> {
    const names = await this.#files.list(this.#folder).catch(() => []);
    for (const generation of screenGenerations(names).filter((one) => one < this.#first)) {
      const bytes = await this.#files.read(join(this.#folder, screenFile(generation))).catch(() => null);
      if (bytes !== null && decodeCheckpoint(bytes).kind === 'screen') return generation;
    }
    return null;
  }

  /** Removes what older generations left, but what was set aside and what a newer stay wrote. */
  async #removeBefore(generation: number): Promise<void> {
    for (const name of await this.#files.list(this.#folder).catch(() => [])) {
      const its = generationOf(name);
      if (its === null || its >= generation || isAside(name)) continue;
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
  return decodeCheckpoint(bytes).kind === 'newer' || decodeJournal(bytes).kind === 'newer';
}
