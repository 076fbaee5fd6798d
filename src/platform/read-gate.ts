// Keeping Bun from reading a terminal for a while, which it has no call for. Its descriptor is made to be something that is never
// readable: Bun finds nothing, and waits. The program then waits as well, once the kernel's buffers are full.
// (tcflow(3) would stop the program without that; but Linux loses a line's end that is being written just then.)

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { LinuxLibrary } from './c-library.ts';
import type { PtyMaster } from './pty-master.ts';

/** Disposed, it does nothing any more: the descriptor may be closed at any time. */
export interface ReadGate extends Disposable {
  /** Nothing is read from now on. False where that cannot be done. */
  shut(): boolean;
  /** What is there is read again. */
  open(): void;
}

/** How Bun hears of a terminal: an entry of its epoll(7), which is disarmed whenever it was told of something. */
interface Entry {
  epoll: number;
  file: number;
  data: bigint;
}

const [add, modify] = [1, 3];
const [readable, hungUp, once] = [0x1, 0x10, 0x4000_0000];

/** The gate of the terminal whose other side is `master`, right after Bun has opened it; null where there can be none. */
export function findReadGate(library: LinuxLibrary | null, master: PtyMaster | null): ReadGate | null {
  if (library === null || master === null) return null;
  const entry = findEntry(master.others);
  if (entry === null) return null;
  const { epoll, file } = entry;
  const never = library.neverReadable();
  // Known to the epoll by the same number: Bun arms whatever its number stands for.
  let isUsable = never >= 0 && library.duplicateOnto(never, file) >= 0;
  isUsable &&= library.controlEpoll(epoll, add, file, eventOf(once, entry)) === 0;
  isUsable = library.duplicateOnto(master.file, file) >= 0 && isUsable;
  let isShut = false;
  let isDisposed = false;
  return {
    shut() {
      if (!isUsable || isDisposed) return false;
      isShut ||= library.duplicateOnto(never, file) >= 0;
      return isShut;
    },
    open() {
      if (!isShut || isDisposed) return;
      isShut = false;
      library.duplicateOnto(master.file, file);
      library.controlEpoll(epoll, modify, file, eventOf(readable | hungUp | once, entry));
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      if (never >= 0) fs.closeSync(never);
    },
  };
}

/** The entry of one of `files` that is to tell when there is something to read. */
function findEntry(files: readonly number[]): Entry | null {
  for (const epoll of ownEpolls()) {
    for (const [, file, events, data] of fdinfoOf(epoll).matchAll(/^tfd:\s*(\d+) events:\s*(\w+) data:\s*(\w+)/gm)) {
      if (files.includes(Number(file)) && (Number.parseInt(events ?? '', 16) & readable) !== 0)
        return { epoll, file: Number(file), data: BigInt(`0x${data}`) };
    }
  }
  return null;
}

function ownEpolls(): number[] {
  const files = fs.readdirSync('/proc/self/fd');
  return files.filter((file) => linkOf(file) === 'anon_inode:[eventpoll]').map(Number);
}

function linkOf(file: string): string {
  try {
    return fs.readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return ''; // what we read the folder with
  }
}

function fdinfoOf(file: number): string {
  return fs.readFileSync(`/proc/self/fdinfo/${file}`, 'utf8');
}

/** A `struct epoll_event`: packed on x86-64 alone (epoll_ctl(2)). */
function eventOf(events: number, { data }: Entry): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, events, true);
  view.setBigUint64(process.arch === 'x64' ? 4 : 8, data, true);
  return bytes;
}
