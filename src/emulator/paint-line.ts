// One line of cells as the text and the sequences that make it, on a line that is blank.

import type { Brush } from './brush.ts';
import { plainTextOf, unpacked } from './packed-line.ts';
import { cellPen, eraseColour, erasePen, type Pen, plainPen } from './pen.ts';
import { isWidthDisputed, wouldJoin } from './unicode.ts';
import type { CoreLine } from './xterm-core.ts';

const cellSize = 3;
const codePointMask = 0x1f_ffff;
const combinedBit = 0x20_0000;
const contentMask = 0x3f_ffff;
const widthShift = 22;

/** A control without effect, here: it keeps two cells from melting into one. */
const separator = '\x0f';

/** Where a line ends: the cells from here on are blank as in a new terminal. */
export function paintedLength(line: CoreLine): number {
  const data = line._data;
  for (let x = line.length - 1; x >= 0; x--) {
    const at = x * cellSize;
    if ((data[at]! & contentMask) !== 0 || data[at + 1] !== 0 || data[at + 2] !== 0) return x + 1;
  }
  return 0;
}

export function cellWidth(line: CoreLine, x: number): number {
  return line._data[x * cellSize]! >>> widthShift;
}

/** The colour that erasing leaves in this cell, 0 for the default; -1 when the cell must be written instead. */
export function blankColour(line: CoreLine, x: number): number {
  const at = x * cellSize;
  const content = line._data[at]!;
  if ((content & contentMask) !== 0) return isCutOff(line, x) ? 0 : -1;
  if (content >>> widthShift === 0 && x > 0 && cellWidth(line, x - 1) === 2) return -1;
  return eraseColour(line._data[at + 1]!, line._data[at + 2]!);
}

// A wide character at the very edge, or an accent with nothing before it: no sequence of bytes can make such a cell.
function isCutOff(line: CoreLine, x: number): boolean {
  const width = cellWidth(line, x);
  return (width === 2 && x === line.length - 1) || (width === 0 && x > 0);
}

/** The characters of a cell. */
export function cellText(line: CoreLine, x: number): string {
  const content = line._data[x * cellSize]!;
  if ((content & combinedBit) !== 0) return line._combined[x] ?? ' ';
  const codePoint = content & codePointMask;
  return codePoint === 0 ? ' ' : String.fromCodePoint(codePoint);
}

export function cellPenAt(line: CoreLine, x: number): Pen {
  const at = x * cellSize;
  return cellPen(line._data[at + 1]!, line._data[at + 2]!, line._extendedAttrs[x]);
}

/** Whether the cell at `x` surely has the pen of the one before it: a quick look, for most do. */
export function hasPenOfCellBefore(line: CoreLine, x: number): boolean {
  const at = x * cellSize;
  const bg = line._data[at + 2]!;
  return (bg & 0x1000_0000) === 0 && line._data[at + 1] === line._data[at - 2] && bg === line._data[at - 1];
}

/** Takes up the pen of the cell at `x`. */
export function takeCellPen(brush: Brush, line: CoreLine, x: number): void {
  const at = x * cellSize;
  const fg = line._data[at + 1]!;
  const bg = line._data[at + 2]!;
  // The hot path: no extended attributes, and the same pen as the cell before.
  if ((bg & 0x1000_0000) === 0 && brush.has(fg, bg, 0, 0)) return;
  brush.use(cellPenAt(line, x));
}

/**
 * Paints `line` from column 0, where the cursor is (or from a wrap that the first character makes), and leaves
 * the cursor after the last cell that had to be written: with the wrap pending if that was the line's last one.
 *
 * Terminals disagree on the width of emoji and clusters. In lines that were written as a flow, what follows one stays
 * next to it in each terminal's own way; where `isGrid`, as full-screen programs draw, it is put in its column.
 */
export function paintLine(brush: Brush, packed: CoreLine, isGrid: boolean): void {
  const text = plainTextOf(packed);
  if (text !== null) {
    brush.use(plainPen);
    brush.write(text);
  } else paintCells(brush, unpacked(packed), isGrid);
}

function paintCells(brush: Brush, line: CoreLine, isGrid: boolean): void {
  const end = paintedLength(line);
  let column = 0; // where the receiver's cursor is
  let isSure = true; // that it is there
  let previous = ''; // what the cell before holds
  for (let x = 0; x < end; ) {
    const colour = blankColour(line, x);
    if (colour === 0) {
      x++;
      continue;
    }
    if (!isSure) brush.write(`\x1b[${x + 1}G`);
    else if (column !== x) brush.write(forward(x - column));
    else if (colour < 0 && wouldJoin(previous, cellCodePoint(line, x))) brush.write(separator);
    isSure = true;
    column = x;
    if (colour > 0) {
      x = eraseRun(brush, line, { x, end, colour });
      continue;
    }
    takeCellPen(brush, line, x);
    const text = cellText(line, x);
    brush.write(text);
    previous = text;
    isSure = !(isGrid && isWidthDisputed(text));
    x += Math.max(1, cellWidth(line, x));
    column = x;
  }
}

export function cellCodePoint(line: CoreLine, x: number): number {
  const content = line._data[x * cellSize]!;
  return (content & combinedBit) !== 0 ? (line._combined[x]?.codePointAt(0) ?? 0) : content & codePointMask;
}

function forward(columns: number): string {
  return columns === 1 ? '\x1b[C' : `\x1b[${columns}C`;
}

/** Erases cells of one colour from `x` on, without moving; returns the column after them. */
function eraseRun(brush: Brush, line: CoreLine, run: { x: number; end: number; colour: number }): number {
  let x = run.x + 1;
  while (x < run.end && blankColour(line, x) === run.colour) x++;
  brush.use(erasePen(run.colour));
  // Not `K` in column 0: that would make the line forget that the one before it continues here.
  brush.write(x === line.length && run.x > 0 ? '\x1b[K' : `\x1b[${x - run.x}X`);
  return x;
}
