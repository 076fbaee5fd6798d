// A folder in memory with a disk below it. Counts what is done to it, and lets any one thing fail, be cut short, or be the last.

import type { FileLayer, WritableFile } from '../../src/platform/file-layer.ts';

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

export interface MemoryFiles extends FileLayer {
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
  async function operation(name: string, work: (isHalf: boolean) => void): Promise<void> {
    if (hasCrashed) return new Promise(() => {});
    operations.push(name);
    const number = operations.length;
    const isChosen = fault !== null && number >= fault.at && number < fault.at + (fault.times ?? 1);
    if (!isChosen || fault === null) return work(false);
    if (fault.kind !== 'fail') work(true);
    if (fault.kind === 'crash') {
      hasCrashed = true;
      return new Promise(() => {});
    }
    throw Object.assign(new Error(`no space left (${name})`), { code: 'ENOSPC' });
  }

  function fileOf(name: string, entry: Entry): WritableFile {
    return {
      write: (bytes) =>
        operation(`write ${name}`, (isHalf) => {
          const taken = isHalf ? bytes.subarray(0, bytes.length >> 1) : bytes;
          writtenBytes += taken.length;
          entry.bytes = Buffer.concat([entry.bytes, taken]);
        }),
      sync: () =>
        operation(`sync ${name}`, () => {
          entry.synced = entry.bytes;
        }),
      close: async () => {},
    };
  }

  const nameOf = (path: string) => path.slice(memoryFolder.length + 1);
  return {
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
      const entry = { bytes: new Uint8Array(), synced: new Uint8Array() };
      await operation(`create ${nameOf(path)}`, () => names.set(nameOf(path), entry));
      return fileOf(nameOf(path), entry);
    },
    makeFolder: async () => {},
    rename: (from, to) =>
      operation(`rename ${nameOf(from)} ${nameOf(to)}`, () => {
        names.set(nameOf(to), names.get(nameOf(from))!);
        names.delete(nameOf(from));
      }),
    remove: (path) =>
      operation(`remove ${nameOf(path)}`, () => {
        names.delete(nameOf(path));
        // The disk may have heard of it at once.
        durable.delete(nameOf(path));
      }),
    syncFolder: () =>
      operation('sync the folder', () => {
        durable = new Map(names);
        names = new Map(names);
      }),
  };
}
