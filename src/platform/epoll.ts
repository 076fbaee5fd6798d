// How Bun hears of its files: the entries of its epoll(7), which Linux shows in /proc. Each is known by the number of a
// descriptor, so that another file put under that number is heard of in its place.

import * as fs from 'node:fs';
import type { LinuxLibrary } from './c-library.ts';
import { ownFileName, ownFiles } from './own-files.ts';

/** One descriptor's entry. It is disarmed whenever Bun was told of something. */
export interface EpollEntry {
  epoll: number;
  file: number;
  /** By which Bun knows whom to tell. */
  data: bigint;
}

const operations = { add: 1, modify: 3 } as const;
const [readable, hungUp, once] = [0x1, 0x10, 0x4000_0000];

/** The entries of this process that tell of something to read. */
export function readingEntries(): EpollEntry[] {
  return ownEpolls().flatMap((epoll) => {
    const lines = fdinfoOf(epoll).matchAll(/^tfd:\s*(\d+) events:\s*(\w+) data:\s*(\w+)/gm);
    return [...lines].flatMap(([, file, events, data]) => {
      const isReading = (Number.parseInt(events ?? '', 16) & readable) !== 0;
      return isReading ? [{ epoll, file: Number(file), data: BigInt(`0x${data}`) }] : [];
    });
  });
}

/**
 * Makes Bun hear once of what there is to read behind the entry's descriptor (`for: 'reading'`), or know of it alone. `add` where
 * another file was put under its number. False where that cannot be done.
 */
export function control(
  library: LinuxLibrary,
  entry: EpollEntry,
  { operation, for: purpose }: { operation: keyof typeof operations; for: 'reading' | 'nothing' },
): boolean {
  const events = purpose === 'reading' ? readable | hungUp | once : once;
  return library.controlEpoll(entry.epoll, operations[operation], entry.file, eventOf(events, entry)) === 0;
}

function ownEpolls(): number[] {
  return ownFiles().filter((file) => ownFileName(file) === 'anon_inode:[eventpoll]');
}

function fdinfoOf(file: number): string {
  return fs.readFileSync(`/proc/self/fdinfo/${file}`, 'utf8');
}

/** A `struct epoll_event`: packed on x86-64 alone (epoll_ctl(2)). */
function eventOf(events: number, { data }: EpollEntry): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, events, true);
  view.setBigUint64(process.arch === 'x64' ? 4 : 8, data, true);
  return bytes;
}
