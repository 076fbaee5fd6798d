// A folder in memory with a disk below it. Counts what is done to it, and lets any one thing fail, be cut short, or be the last.

import type { FileLayer, WritableFile } from '../../src/platform/file-layer.ts';
import type { SyncFiles, WritableSyncFile } from '../../src/platform/files.ts';

/**
 * What happens to the operation that is chosen.
 * `fail`: it is not done and fails. `cut`: it is done, a write only by half, and fails all the same.
 * `crash`: it is done, a write only by half, and nothing that comes after it is.
 */
export type FaultKind = 'fail' | 'cut' | 'crash';

export interface Fault {
  kind: FaultKind;
  /** Which operation, counted from 1. */
  at: number;
  /** How many in a row; one unless told. */
  times?: number;
}

interface Entry {
  bytes: Uint8Array;
  /** What of it has reached the disk. */
  synced: Uint8Array;
}

/** Thrown to synchronous work at and after a crash, which nobody lives to catch. */
export class Crash extends Error {}

export interface MemoryFiles extends FileLayer {
  /** The same folder, for work that waits for nothing. */
  readonly sync: SyncFiles;
  /** Changes so far: creations, writes, syncs, renames, removals. */
  readonly operations: string[];
  /** The bytes of all data written. */
  readonly writtenBytes: number;
  /** Every file as it is, by its name without the folder. */
  contents(): Map<string, Uint8Array>;
  /** Another folder with what a power cut now would leave: only what was synced. */
  afterPowerCut(): MemoryFiles;
  /** From now on, operations are counted anew and this one goes wrong. */
  arm(fault: Fault): void;
}

export const memoryFolder = '/session';

export function memoryFiles(contents: ReadonlyMap<string, Uint8Array> = new Map()): MemoryFiles {
  let names = new Map<string, Entry>([...contents].map(([name, bytes]) => [name, { bytes, synced: bytes }]));
  let durable = new Map(names);
  let operations: string[] = [];
  let writtenBytes = 0;
  let fault: Fault | null = null;
  let hasCrashed = false;

  /** Runs `work`, wholly or by half, as the fault wants it. */
  function now(name: string, work: (isHalf: boolean) => void): void {
    if (hasCrashed) throw new Crash();
    operations.push(name);
    const number = operations.length;
    const isChosen = fault !== null && number >= fault.at && number < fault.at + (fault.times ?? 1);
    if (!isChosen || fault === null) {
      work(false);
      return;
    }
    if (fault.kind !== 'fail') work(true);
    if (fault.kind === 'crash') {
      hasCrashed = true;
      throw new Crash();
    }
    throw Object.assign(new Error(`no space left (${name})`), { code: 'ENOSPC' });
  }

  /** The same, of work that is waited for: of a crash one hears nothing any more. */
  async function later(work: () => void): Promise<void> {
    try {
      work();
    } catch (error) {
      if (error instanceof Crash) return new Promise(() => {});
      throw error;
    }
  }

  const sync: SyncFiles = {
    read: (path) => names.get(nameOf(path))?.bytes ?? null,
    create(path) {
      const entry = { bytes: new Uint8Array(), synced: new Uint8Array() };
      now(`create ${nameOf(path)}`, () => names.set(nameOf(path), entry));
      return fileOf(nameOf(path), entry);
    },
    rename: (from, to) =>
      now(`rename ${nameOf(from)} ${nameOf(to)}`, () => {
        names.set(nameOf(to), names.get(nameOf(from))!);
        names.delete(nameOf(from));
      }),
    remove: (path) =>
      now(`remove ${nameOf(path)}`, () => {
        names.delete(nameOf(path));
        // The disk may have heard of it at once.
        durable.delete(nameOf(path));
      }),
    syncFolder: () =>
      now('sync the folder', () => {
        durable = new Map(names);
        names = new Map(names);
      }),
  };

  function fileOf(name: string, entry: Entry): WritableSyncFile {
    return {
      write: (bytes) =>
        now(`write ${name}`, (isHalf) => {
          const taken = isHalf ? bytes.subarray(0, bytes.length >> 1) : bytes;
          writtenBytes += taken.length;
          entry.bytes = Buffer.concat([entry.bytes, taken]);
        }),
      sync: () =>
        now(`sync ${name}`, () => {
          entry.synced = entry.bytes;
        }),
      close: () => {},
    };
  }

  function waitedFor(file: WritableSyncFile): WritableFile {
    return {
      write: (bytes) => later(() => file.write(bytes)),
      sync: () => later(() => file.sync()),
      close: async () => file.close(),
    };
  }

  const nameOf = (path: string) => path.slice(memoryFolder.length + 1);
  return {
    sync,
    get operations() {
      return operations;
    },
    get writtenBytes() {
      return writtenBytes;
    },
    contents: () => new Map([...names].map(([name, { bytes }]) => [name, bytes])),
    afterPowerCut: () => memoryFiles(new Map([...durable].map(([name, { synced }]) => [name, synced]))),
    arm(wanted) {
      operations = [];
      fault = wanted;
    },
    list: async () => [...names.keys()],
    size: async (path) => names.get(nameOf(path))?.bytes.length ?? null,
    read: async (path) => names.get(nameOf(path))?.bytes ?? null,
    async create(path) {
      let file: WritableSyncFile | null = null;
      await later(() => {
        file = sync.create(path);
      });
      return waitedFor(file!);
    },
    makeFolder: async () => {},
    rename: (from, to) => later(() => sync.rename(from, to)),
    remove: (path) => later(() => sync.remove(path)),
    syncFolder: (path) => later(() => sync.syncFolder(path)),
  };
}
