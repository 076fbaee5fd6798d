// A line of the history in a few bytes: what xterm.js keeps in 12 bytes for every cell is here text and runs of colours,
// together with its neighbours in one block. Whoever reads it gets cells as ever, unpacked for the moment; whoever is to
// write to it needs `unpacked()`.

import { blankCell } from './mend-text.ts';
import type { CoreExtended, CoreLine } from './xterm-core.ts';

/** In place of a cell's character: a blank cell; one that is written out whole; a wide character with its second half. */
const marks = { blank: 0, raw: 1, wide: 2 } as const;
const oneColumn = 1 << 22;
const twoColumns = 2 << 22;
const codePointMask = 0x1f_ffff;
const combinedBit = 1 << 21;
const cellSize = 3;
const latin1 = new TextDecoder('latin1');

/** What few lines have: characters of several code points, underline styles and links. */
interface Sides {
  combined: Record<number, string>;
  extended: Record<number, CoreExtended | undefined>;
}

/** Packs lines into one block, in order. */
export function packLines(lines: readonly CoreLine[]): CoreLine[] {
  const writer = new ByteWriter();
  const places = lines.map((line) => {
    const start = writer.length;
    const text = writeCells(writer, line._data);
    return { start, text, end: writer.length };
  });
  const block = writer.finish();
  // With its prototype it has everything that xterm.js's own lines have.
  return lines.map((line, index) => new PackedLine(line, block, places[index]!) as unknown as CoreLine);
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

/** The cells that were read last: a line is read cell by cell. */
let read: { line: PackedLine; data: Uint32Array } | null = null;

/** Where a line stands in its block: its cells, and their characters if it is nothing but ASCII in plain attributes, else -1. */
interface Place {
  start: number;
  text: number;
  end: number;
}

export class PackedLine {
  readonly #block: Uint8Array;
  readonly #start: number;
  readonly #text: number;
  readonly #end: number;
  readonly #sides: Sides | null;
  readonly length: number;
  isWrapped: boolean;

  constructor(line: CoreLine, block: Uint8Array, place: Place) {
    this.#block = block;
    this.#start = place.start;
    this.#text = place.text;
    this.#end = place.end;
    const [combined, extended] = [line._combined, line._extendedAttrs];
    this.#sides = isEmpty(combined) && isEmpty(extended) ? null : { combined, extended };
    this.length = line.length;
    this.isWrapped = line.isWrapped;
  }

  /** Where it stands with its neighbours. */
  get buffer(): ArrayBufferLike {
    return this.#block.buffer;
  }

  /** All that there is to it, where that is ASCII in plain attributes. */
  get plainText(): string | null {
    return this.#text < 0 ? null : latin1.decode(this.#block.subarray(this.#text, this.#end));
  }

  /** A copy. */
  get _data(): Uint32Array {
    if (read?.line !== this) read = { line: this, data: readCells(this.#block, this.#start, this.length) };
    return read.data;
  }

  get _combined(): Record<number, string> {
    return this.#sides?.combined ?? {};
  }

  get _extendedAttrs(): Record<number, CoreExtended | undefined> {
    return this.#sides?.extended ?? {};
  }
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/** Returns where its characters are, if they are all there is to it, else -1. */
function writeCells(writer: ByteWriter, data: Uint32Array): number {
  const end = usedEnd(data);
  let text = isPlain(data, end) ? 0 : -1;
  writer.number(end / cellSize);
  for (let at = 0; at < end; ) {
    const runEnd = endOfRun(data, at, end);
    writer.number((runEnd - at) / cellSize);
    writeColour(writer, data[at + 1]!);
    writeColour(writer, data[at + 2]!);
    if (text === 0) text = writer.length;
    while (at < runEnd) at = writeCell(writer, data, at, runEnd);
  }
  return text;
}

function isPlain(data: Uint32Array, end: number): boolean {
  for (let at = 0; at < end; at += cellSize) {
    const character = data[at]! - oneColumn;
    if (character < 0x20 || character > 0x7e || data[at + 1] !== 0 || data[at + 2] !== 0) return false;
  }
  return end > 0;
}

/** Without the cells at the end that nothing was ever written to. */
function usedEnd(data: Uint32Array): number {
  let end = data.length;
  while (end > 0 && data[end - 3] === blankCell && data[end - 2] === 0 && data[end - 1] === 0) end -= cellSize;
  return end;
}

function endOfRun(data: Uint32Array, from: number, end: number): number {
  let at = from + cellSize;
  while (at < end && data[at + 1] === data[from + 1] && data[at + 2] === data[from + 2]) at += cellSize;
  return at;
}

/** Returns where the next cell is. */
function writeCell(writer: ByteWriter, data: Uint32Array, at: number, runEnd: number): number {
  const content = data[at]!;
  const character = content - oneColumn;
  if (character >= 0x20 && character < combinedBit) writer.number(character);
  else if (content === blankCell) writer.number(marks.blank);
  else if (
    content >>> 22 === 2 &&
    (content & combinedBit) === 0 &&
    at + cellSize < runEnd &&
    data[at + cellSize] === 0
  ) {
    writer.number(marks.wide);
    writer.number(content & codePointMask);
    return at + 2 * cellSize;
  } else {
    writer.number(marks.raw);
    writer.number(content);
  }
  return at + cellSize;
}

function readCells(block: Uint8Array, start: number, cols: number): Uint32Array {
  const data = new Uint32Array(cellSize * cols);
  readFrom = start;
  const end = cellSize * readNumber(block);
  let at = 0;
  while (at < end) {
    const runEnd = at + cellSize * readNumber(block);
    const [fg, bg] = [readColour(block), readColour(block)];
    for (; at < runEnd; at += cellSize) {
      data[at + 1] = fg;
      data[at + 2] = bg;
      const mark = readNumber(block);
      if (mark >= 0x20) data[at] = mark | oneColumn;
      else if (mark === marks.blank) data[at] = blankCell;
      else if (mark === marks.raw) data[at] = readNumber(block);
      else {
        data[at] = readNumber(block) | twoColumns;
        at += cellSize;
        data[at + 1] = fg;
        data[at + 2] = bg;
      }
    }
  }
  for (; at < data.length; at += cellSize) data[at] = blankCell;
  return data;
}

/** Where the next number is read. */
let readFrom = 0;

/** See `ByteWriter`. */
function readNumber(block: Uint8Array): number {
  const byte = block[readFrom++]!;
  return byte < 0x80 ? byte : readLongNumber(block, byte & 0x7f);
}

function readLongNumber(block: Uint8Array, lowest: number): number {
  let value = lowest;
  for (let shift = 7; ; shift += 7) {
    const byte = block[readFrom++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
}

// Colours and attributes are in the highest byte, a palette's index is in the lowest: those two first, the rest is most often 0.
function writeColour(writer: ByteWriter, colour: number): void {
  writer.number((colour & 0xff) | ((colour >>> 24) << 8) | (((colour >>> 8) & 0xffff) << 16));
}

function readColour(block: Uint8Array): number {
  const number = readNumber(block);
  return ((number & 0xff) | (((number >>> 8) & 0xff) << 24) | ((number >>> 16) << 8)) >>> 0;
}

/** Numbers of up to 32 bits, without sign, seven bits in a byte: the lowest first, the top bit says that more follow. */
class ByteWriter {
  #bytes = new Uint8Array(16 * 1024);
  length = 0;

  number(value: number): void {
    if (this.length + 5 > this.#bytes.length) this.#grow();
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.length++] = rest;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
