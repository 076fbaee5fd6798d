// Lines on their way into packed blocks: written one after the other, taken back if need be, and divided into blocks at the end.

import { entryBytes, PackedBlock, type Sides } from './packed-block.ts';
import { ByteWriter, writeCells } from './packed-cells.ts';
import { addLinesOf } from './packed-line.ts';
import type { CoreLine } from './xterm-core.ts';

/** What a packed line takes, about: the room to make for lines whose cells are to be packed. */
export const packedLineBytes = 128;

export interface LineFacts {
  /** Where its characters are if it is nothing but ASCII in plain attributes, else 0. */
  text: number;
  cols: number;
  isWrapped: boolean;
  sides: Sides | null;
}

/** Memory that was written to last: new memory for each piece of a flood would cost more than packing it. */
let spare: ByteWriter | null = null;

/** Gives that memory back, once little is packed. */
export function releaseSpareMemory(): void {
  spare = null;
}

function takeWriter(capacity: number): ByteWriter {
  const writer = spare ?? new ByteWriter(capacity);
  spare = null;
  writer.length = 0;
  return writer;
}

export class LinePacker {
  /** Takes the cells of the next line; see packed-cells.ts. */
  readonly writer: ByteWriter;
  // Of each line, one after the other: numbers are quicker than objects, and there are many.
  readonly #starts = [0];
  readonly #texts: number[] = [];
  /** Twice the columns, and 1 where it goes on with the line before. */
  readonly #shapes: number[] = [];
  readonly #sides = new Map<number, Sides>();

  /** Makes room for so many bytes at first. */
  constructor(capacity: number) {
    this.writer = takeWriter(capacity);
  }

  /** Lines that were added. */
  get count(): number {
    return this.#texts.length;
  }

  /** Adds the line whose cells were written since the last one. */
  add({ text, cols, isWrapped, sides }: LineFacts): void {
    if (sides !== null) this.#sides.set(this.count, sides);
    this.#starts.push(this.writer.length);
    this.#texts.push(text);
    this.#shapes.push(2 * cols + (isWrapped ? 1 : 0));
  }

  /** Adds a line that has cells. */
  addLine(line: CoreLine): void {
    const text = writeCells(this.writer, line._data);
    this.add({ text, cols: line.length, isWrapped: line.isWrapped, sides: sidesOf(line) });
  }

  /** Takes back all but the first `count` lines, and what was written of the next. */
  cutTo(count: number): void {
    this.writer.length = this.#starts[count]!;
    this.#starts.length = count + 1;
    this.#texts.length = count;
    this.#shapes.length = count;
    for (const line of this.#sides.keys()) if (line >= count) this.#sides.delete(line);
  }

  /** All lines, in blocks of `blockLines`; the last `apart` in blocks of their own. Nothing is added afterwards. */
  finish({ blockLines, apart = 0 }: { blockLines: number; apart?: number }): CoreLine[] {
    const lines: CoreLine[] = [];
    const edge = this.count - apart;
    for (let from = 0, to = 0; from < this.count; from = to) {
      to = Math.min(from + blockLines, from < edge ? edge : this.count);
      addLinesOf(this.#block(from, to), lines);
    }
    if (spare === null || spare.capacity < this.writer.capacity) spare = this.writer;
    return lines;
  }

  #block(from: number, to: number): PackedBlock {
    const [start, end] = [this.#starts[from]!, this.#starts[to]!];
    const bytes = this.writer.copy(start, end, (to - from) * entryBytes);
    const view = new DataView(bytes.buffer, end - start);
    const lengths = new Uint16Array(to - from);
    const wrapped = new Uint8Array(to - from);
    for (let index = 0; index < to - from; index++) {
      const text = this.#texts[from + index]!;
      const shape = this.#shapes[from + index]!;
      view.setUint32(index * entryBytes, this.#starts[from + index]! - start, true);
      view.setUint32(index * entryBytes + 4, text === 0 ? 0 : text - start, true);
      lengths[index] = shape >> 1;
      wrapped[index] = shape & 1;
    }
    return new PackedBlock({ bytes, lengths, wrapped, sides: this.#sidesOf(from, to) });
  }

  #sidesOf(from: number, to: number): (Sides | null)[] | null {
    if (this.#sides.size === 0) return null;
    const sides = Array.from({ length: to - from }, (_, index) => this.#sides.get(from + index) ?? null);
    return sides.some((side) => side !== null) ? sides : null;
  }
}

function sidesOf({ _combined: combined, _extendedAttrs: extended }: CoreLine): Sides | null {
  return isEmpty(combined) && isEmpty(extended) ? null : { combined, extended };
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
