// Cells in a few bytes: what xterm.js keeps in 12 bytes for every cell is here text and runs of colours.

/** Content of a cell without a character. */
export const blankCell = 1 << 22;

/** In place of a cell's character: a blank cell; one that is written out whole; a wide character with its second half. */
const marks = { blank: 0, raw: 1, wide: 2 } as const;
const oneColumn = 1 << 22;
const twoColumns = 2 << 22;
const codePointMask = 0x1f_ffff;
const combinedBit = 1 << 21;
const cellSize = 3;

/** Writes a line's cells. Returns where its characters are if it is nothing but ASCII in plain attributes, else 0. */
export function writeCells(writer: ByteWriter, data: Uint32Array): number {
  const end = usedEnd(data);
  const isText = isPlain(data, end);
  let text = 0;
  writer.number(end / cellSize);
  for (let at = 0; at < end; ) {
    const runEnd = endOfRun(data, at, end);
    writer.number((runEnd - at) / cellSize);
    writeColour(writer, data[at + 1]!);
    writeColour(writer, data[at + 2]!);
    if (isText) text = writer.length;
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

/** Of a pen, or a cell. */
interface Colours {
  fg: number;
  bg: number;
}

/** Opens a run of cells in one pen; how many they are is said at its end, with `writer.close`. Returns its place. */
export function openRun(writer: ByteWriter, { fg, bg }: Colours): number {
  const place = writer.open();
  writeColour(writer, fg);
  writeColour(writer, bg);
  return place;
}

/** A character that takes one or two columns, and that nothing joins. */
export function writeCharacter(writer: ByteWriter, codePoint: number, width: 1 | 2): void {
  if (width === 2) writer.number(marks.wide);
  writer.number(codePoint);
}

/** Cells that nothing was written to. */
export function writeGap(writer: ByteWriter, cells: number): void {
  const place = openRun(writer, { fg: 0, bg: 0 });
  for (let left = cells; left > 0; left--) writer.number(marks.blank);
  writer.close(place, cells);
}

/** The cells of a line of `cols` that were written at `start`. */
export function readCells(block: Uint8Array, start: number, cols: number): Uint32Array {
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
export class ByteWriter {
  #bytes: Uint8Array;
  /** Bytes written so far; made less, it takes the last ones back. */
  length = 0;

  /** Makes room for so many bytes at first. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  number(value: number): void {
    if (this.length + 5 > this.#bytes.length) this.#grow(5);
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.length++] = rest;
  }

  /** Leaves room for a number below 16,384 that is told later, by `close`. */
  open(): number {
    if (this.length + 2 > this.#bytes.length) this.#grow(2);
    this.length += 2;
    return this.length - 2;
  }

  close(place: number, value: number): void {
    this.#bytes[place] = (value & 0x7f) | 0x80;
    this.#bytes[place + 1] = value >>> 7;
  }

  /** Copies printable ASCII from `from` on, until something else comes or `end`. Returns where that is. */
  ascii(bytes: Uint8Array, from: number, end: number): number {
    if (this.length + end - from > this.#bytes.length) this.#grow(end - from);
    const target = this.#bytes;
    let to = this.length;
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte < 0x20 || byte > 0x7e) break;
      target[to++] = byte;
    }
    this.length = to;
    return at;
  }

  /** A copy of what was written from `start` up to `end`, and `room` bytes behind it, whatever is in them. */
  copy(start: number, end: number, room: number): Uint8Array {
    if (end + room > this.#bytes.length) this.#grow(room);
    return this.#bytes.slice(start, end + room);
  }

  #grow(room: number): void {
    const larger = new Uint8Array(2 * this.#bytes.length + room);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
