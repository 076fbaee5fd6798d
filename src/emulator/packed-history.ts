// The history of the normal screen, packed while nothing is written: all but its newest lines. See packed-line.ts.

import type { Emulator } from './emulator.ts';
import { mendOnce } from './mend-once.ts';
import { type Codec, emptyLine, PackedLine, packLike, packLines, unpacked } from './packed-line.ts';
import type { Core, CoreLine } from './xterm-core.ts';

export interface PackingOptions {
  /** Lines at most. */
  limit: number;
  /** Blocks are compressed, where there is one. */
  codec: Codec | null;
  /** Lines that share a block: it goes when all of them are gone, and is expanded for any of them (some 50 us). */
  blockLines: number;
}

/** Lets the history of `core` be packed. */
export function mendForPacking(core: Core): void {
  const { lines } = core.buffers.normal;
  packLike(Object.getPrototypeOf(lines.get(0)));
  mendOnce(lines, (prototype) => {
    const list = prototype as typeof lines;
    const recycle = list.recycle;
    // The oldest line becomes the newest: a blank one is copied into it, and it is written to.
    list.recycle = function (this: typeof lines) {
      const line: CoreLine = recycle.call(this);
      if (!(line instanceof PackedLine)) return line;
      const fresh = emptyLine();
      this.set(this.length - 1, fresh);
      return fresh;
    };
  });
}

/** Packs lines of the history of `emulator`, oldest first. True when there are no more. */
export function packHistory(emulator: Emulator, { limit, codec, blockLines }: PackingOptions): boolean {
  const { core } = emulator.parts;
  const { lines, ybase } = core.buffers.normal;
  let budget = limit;
  for (let start = firstPlain(core); start + blockLines <= ybase; start += blockLines) {
    if (budget < blockLines) return false;
    budget -= blockLines;
    const block = Array.from({ length: blockLines }, (_, index) => lines.get(start + index)!);
    for (const [index, line] of packLines(block, codec).entries()) lines.set(start + index, line);
  }
  return true;
}

/** Gives every line its cells back, for whoever is about to write to all of them. */
export function unpackHistory(core: Core): void {
  const { lines } = core.buffers.normal;
  const end = firstPlain(core);
  for (let index = 0; index < end; index++) lines.set(index, unpacked(lines.get(index)!));
}

/** Packed lines are the oldest ones: where they end. */
function firstPlain(core: Core): number {
  const { lines, ybase } = core.buffers.normal;
  let [low, high] = [0, ybase];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines.get(middle) instanceof PackedLine) low = middle + 1;
    else high = middle;
  }
  return low;
}
