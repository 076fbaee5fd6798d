// Writing the archive: what retired journals told, in files of blocks that grow to some size each. Together they stay
// within a bound; the oldest go first.

import { join } from 'node:path/posix';
import { archiveFileBytes } from '../base/limits.ts';
import type { Compress } from '../platform/compression.ts';
import type { FileLayer, WritableFile } from '../platform/file-layer.ts';
import { encodeBlock, findBlocks, isOfNewer } from './archive-block.ts';
import { archiveFile, archiveGenerations } from './generation-files.ts';
import type { RetiredJournal } from './retired-journal.ts';

export interface ArchiveOptions {
  files: FileLayer;
  /** Bytes of all its files, at most; 0 for none. */
  maxBytes: number;
  compress: Compress;
}

interface OpenFile {
  name: string;
  file: WritableFile;
}

export class HistoryArchive {
  readonly #folder: string;
  readonly #files: FileLayer;
  readonly #maxBytes: number;
  readonly #compress: Compress;
  /** The length of each file, the oldest first. */
  readonly #lengths: Map<string, number>;
  #newest: number;
  #present: OpenFile | null = null;

  private constructor(folder: string, options: ArchiveOptions & { lengths: Map<string, number>; newest: number }) {
    this.#folder = folder;
    this.#files = options.files;
    this.#maxBytes = options.maxBytes;
    this.#compress = options.compress;
    this.#lengths = options.lengths;
    this.#newest = options.newest;
  }

  /** For the session's one server, which begins a file of its own: what was left behind may be torn. */
  static async open(folder: string, options: ArchiveOptions): Promise<HistoryArchive> {
    const { files } = options;
    const generations = archiveGenerations(await files.list(folder));
    const lengths = new Map<string, number>();
    for (const one of generations) {
      const name = archiveFile(one);
      lengths.set(name, (await files.size(join(folder, name)).catch(() => null)) ?? 0);
    }
    const newest = await newestIn(folder, { files, generations });
    return new HistoryArchive(folder, { ...options, lengths, newest });
  }

  /** The newest generation in it, 0 while there is none. Older ones are in it, or never will be. */
  get newest(): number {
    return this.#newest;
  }

  /** Whether anything is kept at all. */
  get isKept(): boolean {
    return this.#maxBytes > 0;
  }

  /** Takes a journal in; resolves once that is on the disk. Only of a generation newer than all before. */
  async add(journal: RetiredJournal): Promise<void> {
    const block = await encodeBlock(journal, this.#compress);
    await this.#makeRoom(block.length);
    if (block.length <= this.#maxBytes) await this.#append(journal.generation, block);
    this.#newest = journal.generation;
  }

  /** Removes as many of the oldest files as it takes for `bytes` more; all of them where nothing is to be kept. */
  async #makeRoom(bytes: number): Promise<void> {
    for (const name of [...this.#lengths.keys()]) {
      const sum = [...this.#lengths.values()].reduce((total, length) => total + length, bytes);
      if (sum <= this.#maxBytes) return;
      await this.#remove(name);
    }
  }

  async removeAll(): Promise<void> {
    for (const name of [...this.#lengths.keys()]) await this.#remove(name);
  }

  async close(): Promise<void> {
    const present = this.#present;
    this.#present = null;
    await present?.file.close();
  }

  async #append(generation: number, block: Uint8Array): Promise<void> {
    const { name, file } = await this.#fileFor(generation);
    try {
      await file.write(block);
      await file.sync();
      if (this.#lengths.get(name) === 0) await this.#files.syncFolder(this.#folder);
    } catch (error) {
      // What follows would stand behind a torn block.
      this.#lengths.set(name, (this.#lengths.get(name) ?? 0) + block.length);
      await this.close().catch(() => {});
      throw error;
    }
    const length = (this.#lengths.get(name) ?? 0) + block.length;
    this.#lengths.set(name, length);
    // A small bound is kept in small steps.
    if (length >= Math.min(archiveFileBytes, this.#maxBytes / 8)) await this.close();
  }

  async #fileFor(generation: number): Promise<OpenFile> {
    const present = this.#present;
    // Somebody may have removed it.
    if (present !== null && (await this.#files.list(this.#folder)).includes(present.name)) return present;
    await this.close();
    const name = archiveFile(generation);
    this.#lengths.delete(name);
    this.#present = { name, file: await this.#files.create(join(this.#folder, name)) };
    this.#lengths.set(name, 0);
    return this.#present;
  }

  async #remove(name: string): Promise<void> {
    if (this.#present?.name === name) await this.close();
    await this.#files.remove(join(this.#folder, name));
    this.#lengths.delete(name);
  }
}

/** The generation of the last block that is whole. A file that we cannot read has at least the one that it is named for. */
async function newestIn(
  folder: string,
  { files, generations }: { files: FileLayer; generations: readonly number[] },
): Promise<number> {
  for (const generation of generations.toReversed()) {
    const bytes = await files.read(join(folder, archiveFile(generation))).catch(() => null);
    if (bytes === null || isOfNewer(bytes)) return generation;
    const last = findBlocks(bytes).at(-1);
    if (last !== undefined) return last.generation;
  }
  return 0;
}
