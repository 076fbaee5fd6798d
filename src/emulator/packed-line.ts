// A line of the history in a few bytes, together with its neighbours in one compressed block. Whoever reads it gets cells as
// ever, unpacked for the moment; whoever is to write to it needs `unpacked()`.

import { entryBytes, type PackedBlock } from './packed-block.ts';
import { readCells } from './packed-cells.ts';
import type { CoreExtended, CoreLine } from './xterm-core.ts';

/** Adds the block's lines, in order, to `lines`. */
export function addLinesOf(block: PackedBlock, lines: CoreLine[]): void {
  // With its prototype each has everything that xterm.js's own lines have.
  for (let index = 0; index < block.count; index++) lines.push(new PackedLine(block, index) as unknown as CoreLine);
}

/** Has packed lines do what those of `prototype`, xterm.js's own, do. */
export function packLike(prototype: object): void {
  if (Object.getPrototypeOf(Unpacking.prototype) !== prototype) Object.setPrototypeOf(Unpacking.prototype, prototype);
}

/** A line without cells, for what is copied into it. */
export function emptyLine(): CoreLine {
  const plain = Object.getPrototypeOf(Unpacking.prototype) as { constructor: new (cols: number) => CoreLine };
  return new plain.constructor(0);
}

/** What a packed line shows, where that is ASCII in plain attributes and has not to be unpacked for it. */
export function plainTextOf(line: CoreLine): string | null {
  return line instanceof PackedLine ? line.plainText : null;
}

/** The same with its cells, to be written to, or to be read more than once. */
export function unpacked(line: CoreLine): CoreLine {
  return line instanceof PackedLine ? line.clone() : line;
}

const latin1 = new TextDecoder('latin1');

/** The block that was read last: lines are read in order. */
let opened: { block: PackedBlock; bytes: Uint8Array; entries: DataView } | null = null;

/** The cells that were read last: a line is read cell by cell. */
let read: { line: Unpacking; data: Uint32Array } | null = null;

/** What a packed line tells of itself, from its block. */
abstract class Unpacking {
  abstract readonly block: PackedBlock;
  abstract readonly index: number;

  get length(): number {
    return this.block.lengths[this.index]!;
  }

  get isWrapped(): boolean {
    return this.block.wrapped[this.index] === 1;
  }

  set isWrapped(isWrapped: boolean) {
    this.block.wrapped[this.index] = isWrapped ? 1 : 0;
  }

  /** All that there is to it, where that is ASCII in plain attributes. */
  get plainText(): string | null {
    const { bytes, entries } = open(this.block);
    const entry = this.index * entryBytes;
    const text = entries.getUint32(entry + 4, true);
    if (text === 0) return null;
    const isLast = this.index === this.block.count - 1;
    const end = isLast ? entries.byteOffset - bytes.byteOffset : entries.getUint32(entry + entryBytes, true);
    return latin1.decode(bytes.subarray(text, end));
  }

  /** A copy. */
  get _data(): Uint32Array {
    if (read?.line !== this) {
      const { bytes, entries } = open(this.block);
      const start = entries.getUint32(this.index * entryBytes, true);
      read = { line: this, data: readCells(bytes, start, this.length) };
    }
    return read.data;
  }

  /** As xterm.js does it, but asking for each part once: they are made when they are asked for. */
  clone(): CoreLine {
    return Object.assign(emptyLine(), {
      _data: this._data.slice(),
      _combined: { ...this._combined },
      _extendedAttrs: { ...this._extendedAttrs },
      length: this.length,
      isWrapped: this.isWrapped,
    });
  }

  get _combined(): Record<number, string> {
    return this.block.sidesOf(this.index)?.combined ?? {};
  }

  get _extendedAttrs(): Record<number, CoreExtended | undefined> {
    return this.block.sidesOf(this.index)?.extended ?? {};
  }
}

/**
 * Small, for there are a hundred thousand of them: all that it knows is in its block. It takes 32 bytes, and would take 64 with
 * the getters in its own prototype: JavaScriptCore makes room for a value of each.
 */
export class PackedLine extends Unpacking {
  readonly block: PackedBlock;
  readonly index: number;

  constructor(block: PackedBlock, index: number) {
    super();
    this.block = block;
    this.index = index;
  }
}

function open(block: PackedBlock): { bytes: Uint8Array; entries: DataView } {
  if (opened?.block !== block) {
    const bytes = block.expand();
    const cells = bytes.length - block.count * entryBytes;
    opened = { block, bytes, entries: new DataView(bytes.buffer, bytes.byteOffset + cells) };
  }
  return opened;
}
