// The history of the normal screen, packed while nothing is written: all but its newest lines. See packed-line.ts; what
// scrolls by many lines at a time is packed already (scroll-by.ts).

import type { Emulator } from './emulator.ts';
import { LinePacker, packedLineBytes, releaseSpareMemory } from './line-packer.ts';
import { mendOnce } from './mend-once.ts';
import type { Codec } from './packed-block.ts';
import { emptyLine, PackedLine, packLike, unpacked } from './packed-line.ts';
import type { Core, CoreBuffer, CoreLine } from './xterm-core.ts';

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

/**
 * Packs lines of the history of `emulator`, oldest first, and compresses those that were packed as they scrolled by. True when
 * there are no more: but for the newest, fewer than a block.
 */
export function packHistory(emulator: Emulator, options: PackingOptions): boolean {
  const { core } = emulator.parts;
  const isDone = packSome(core, options);
  releaseSpareMemory();
  giveRoomBack(core.buffers.normal.lines);
  return isDone;
}

/** xterm.js makes room for all lines that there may ever be, 8 bytes each; it grows as well while they come. */
function giveRoomBack(lines: CoreBuffer['lines']): void {
  if (lines._startIndex === 0 && lines._array.length > lines.length) lines._array = lines._array.slice(0, lines.length);
}

function packSome(core: Core, { limit, codec, blockLines }: PackingOptions): boolean {
  const { lines, ybase } = core.buffers.normal;
  let budget = limit;
  for (let at = 0; at < ybase; ) {
    const line = lines.get(at)!;
    if (line instanceof PackedLine) {
      const { block, index } = line;
      if (codec !== null && !block.isCompressed) {
        if (budget < block.count) return false;
        budget -= block.count;
        block.compress(codec);
      }
      at += block.count - index;
      continue;
    }
    const end = endOfPlain(core, at, blockLines);
    // What more is to come will share a block with these.
    if (end === ybase && end - at < blockLines) return true;
    if (budget < end - at) return false;
    budget -= end - at;
    packLines(core, { at, end, codec });
    at = end;
  }
  return true;
}

/** Where the lines end that have cells, from the one at `at` on: so many at most. */
function endOfPlain(core: Core, at: number, most: number): number {
  const { lines, ybase } = core.buffers.normal;
  let end = at + 1;
  while (end < ybase && end - at < most && !(lines.get(end) instanceof PackedLine)) end++;
  return end;
}

function packLines(core: Core, { at, end, codec }: { at: number; end: number; codec: Codec | null }): void {
  const { lines } = core.buffers.normal;
  const packer = new LinePacker(packedLineBytes * (end - at));
  for (let index = at; index < end; index++) packer.addLine(lines.get(index)!);
  const packed = packer.finish({ blockLines: end - at });
  for (const [index, line] of packed.entries()) lines.set(at + index, line);
  if (codec !== null) (lines.get(at) as unknown as PackedLine).block.compress(codec);
}

/** Gives every line its cells back, for whoever is about to write to all of them. */
export function unpackHistory(core: Core): void {
  const { lines, ybase } = core.buffers.normal;
  for (let index = 0; index < ybase; index++) {
    const line = lines.get(index)!;
    if (line instanceof PackedLine) lines.set(index, unpacked(line));
  }
}
