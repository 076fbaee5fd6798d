// A line of the history in a few bytes, together with its neighbours in one compressed block. Whoever reads it gets cells as
// ever, unpacked for the moment; whoever is to write to it needs `unpacked()`.

import { ByteWriter, readCells, writeCells } from './packed-cells.ts';
import type { CoreExtended, CoreLine } from './xterm-core.ts';

/** What makes bytes fewer, and those the same again: at once, for lines are read one by one. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  expand(bytes: Uint8Array): Uint8Array;
}

/** What few lines have: characters of several code points, underline styles and links. */
interface Sides {
  combined: Record<number, string>;
  extended: Record<number, CoreExtended | undefined>;
}

/** Two numbers for each line, in front of the cells: where those begin, and their characters if they are mere text, else 0. */
const entryBytes = 8;

/** Lines that are kept together. */
export class PackedBlock {
  readonly #bytes: Uint8Array;
  readonly #codec: Codec | null;
  readonly #sides: (Sides | null)[] | null;
  readonly lengths: Uint16Array;
  readonly wrapped: Uint8Array;

  constructor(lines: readonly CoreLine[], codec: Codec | null) {
    const bytes = bytesOf(lines);
    // A copy: what a library hands out is the beginning of something larger, and a Buffer's `slice` would keep that.
    this.#bytes = codec === null ? bytes : new Uint8Array(codec.compress(bytes));
    this.#codec = codec;
    const sides = lines.map(sidesOf);
    this.#sides = sides.some((side) => side !== null) ? sides : null;
    this.lengths = Uint16Array.from(lines, (line) => line.length);
    this.wrapped = Uint8Array.from(lines, (line) => (line.isWrapped ? 1 : 0));
  }

  get byteLength(): number {
    return this.#bytes.byteLength + this.lengths.byteLength + this.wrapped.byteLength;
  }

  expand(): Uint8Array {
    return this.#codec === null ? this.#bytes : this.#codec.expand(this.#bytes);
  }

  sidesOf(index: number): Sides | null {
    return this.#sides?.[index] ?? null;
  }
}

/** Packs lines into one block, in order. */
export function packLines(lines: readonly CoreLine[], codec: Codec | null): CoreLine[] {
  const block = new PackedBlock(lines, codec);
  // With its prototype it has everything that xterm.js's own lines have.
  return lines.map((_, index) => packedLine(block, index) as unknown as CoreLine);
}

/** Has packed lines do what those of `prototype`, xterm.js's own, do. */
export function packLike(prototype: object): void {
  if (Object.getPrototypeOf(PackedLine.prototype) !== prototype) Object.setPrototypeOf(PackedLine.prototype, prototype);
}

/** A line without cells, for what is copied into it. */
export function emptyLine(): CoreLine {
  const plain = Object.getPrototypeOf(PackedLine.prototype) as { constructor: new (cols: number) => CoreLine };
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
let read: { line: PackedLine; data: Uint32Array } | null = null;

/** Small, for there are a hundred thousand of them: all that it knows is in its block. Made by `packedLine` alone. */
export class PackedLine {
  declare readonly block: PackedBlock;
  declare readonly index: number;

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
    const text = entries.getUint32(this.index * entryBytes + 4, true);
    if (text === 0) return null;
    const isLast = this.index === this.block.lengths.length - 1;
    const end = isLast ? bytes.length : entries.getUint32((this.index + 1) * entryBytes, true);
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

  get _combined(): Record<number, string> {
    return this.block.sidesOf(this.index)?.combined ?? {};
  }

  get _extendedAttrs(): Record<number, CoreExtended | undefined> {
    return this.block.sidesOf(this.index)?.extended ?? {};
  }
}

/** Takes 32 bytes; a constructor would take 64: JavaScriptCore makes room for a value of its own for each getter. */
function packedLine(block: PackedBlock, index: number): PackedLine {
  return Object.setPrototypeOf({ block, index }, PackedLine.prototype);
}

function open(block: PackedBlock): { bytes: Uint8Array; entries: DataView } {
  if (opened?.block !== block) {
    const bytes = block.expand();
    opened = { block, bytes, entries: new DataView(bytes.buffer, bytes.byteOffset) };
  }
  return opened;
}

function bytesOf(lines: readonly CoreLine[]): Uint8Array {
  const writer = new ByteWriter(lines.length * entryBytes);
  const entries = lines.map((line) => [writer.length, writeCells(writer, line._data)] as const);
  const bytes = writer.finish();
  const view = new DataView(bytes.buffer);
  for (const [index, [start, text]] of entries.entries()) {
    view.setUint32(index * entryBytes, start, true);
    view.setUint32(index * entryBytes + 4, text, true);
  }
  return bytes;
}

function sidesOf({ _combined: combined, _extendedAttrs: extended }: CoreLine): Sides | null {
  return isEmpty(combined) && isEmpty(extended) ? null : { combined, extended };
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
