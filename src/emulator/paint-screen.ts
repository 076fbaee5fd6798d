// Lines, one below the other: as a flow that scrolls into the receiver's history, or in place. A line that continues
// the one before is reached by letting the receiver wrap, so that it too knows the two as one.

import type { Brush } from './brush.ts';
import { blankColour, cellCodePoint, cellText, cellWidth, paintLine } from './paint-line.ts';
import { erasePen, plainPen } from './pen.ts';
import { wouldJoin } from './unicode.ts';
import type { CoreLine } from './xterm-core.ts';

/** Paints `lines` from the top of a blank screen of `rows` rows; those that do not fit scroll into history. */
export function paintFlow(brush: Brush, lines: readonly CoreLine[], rows: number): void {
  brush.use(plainPen);
  brush.write('\x1b[H');
  const isContinued = rows > 1 && lines[0]?.isWrapped === true;
  if (isContinued) makeFirstRowContinued(brush, lines[0]!.length);
  paintGroup(brush, lines, { rows, isFirstCellUsed: isContinued, isGrid: false });
}

/** Blanks the rows of the screen one by one: what is erased as a whole, some terminals keep in their history. */
export function eraseRows(brush: Brush, rows: number): void {
  brush.use(plainPen);
  for (let row = rows; row >= 1; row--) brush.write(`\x1b[${row};1H\x1b[2K`);
}

/** Paints `lines` over whatever the rows of the screen hold. Nothing scrolls, so no terminal keeps the old content. */
export function paintInPlace(
  brush: Brush,
  lines: readonly CoreLine[],
  options: { rows: number; isGrid: boolean },
): void {
  brush.use(plainPen);
  const isContinued = lines[0]?.isWrapped === true;
  if (isContinued && options.rows > 1) {
    brush.write('\x1b[H');
    makeFirstRowContinued(brush, lines[0]!.length);
  }
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && lines[end]!.isWrapped) end++;
    brush.use(plainPen);
    for (let row = end - 1; row >= start; row--) {
      // `X` instead of `K`, which would make a first row forget that it continues a line of the history.
      const erase = row === 0 && isContinued ? `\x1b[${lines[0]!.length}X` : '\x1b[2K';
      brush.write(`\x1b[${row + 1};1H${erase}`);
    }
    paintGroup(brush, lines.slice(start, end), { rows: options.rows, isFirstCellUsed: false, isGrid: options.isGrid });
    start = end;
  }
}

function paintGroup(
  brush: Brush,
  lines: readonly CoreLine[],
  options: { rows: number; isFirstCellUsed: boolean; isGrid: boolean },
): void {
  if (options.isFirstCellUsed) brush.write('\x1b[X');
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    if (previous !== undefined) {
      if (line.isWrapped) wrapInto(brush, line, { previous, rows: options.rows });
      else startLine(brush);
    }
    paintLine(brush, line, options.isGrid);
  });
}

// With a plain pen: the line that scrolls in is erased with the pen's background.
function startLine(brush: Brush): void {
  brush.use(plainPen);
  brush.write('\r\n');
}

// Row 0 continues a line that no longer exists: make one, wrap it, delete it. No terminal keeps deleted lines.
function makeFirstRowContinued(brush: Brush, cols: number): void {
  brush.write(`${' '.repeat(cols + 1)}\x1b[H\x1b[M`);
}

function wrapInto(brush: Brush, line: CoreLine, context: { previous: CoreLine; rows: number }): void {
  const last = context.previous.length - 1;
  const lastColour = blankColour(context.previous, last);
  const isPending = lastColour === -1;
  const canWrapByItself = startsPlainly(line) && !wouldJoin(lastText(context.previous), cellCodePoint(line, 0));
  if (canWrapByItself && (isPending || leavesLastCellBlank(line, lastColour))) {
    if (!isPending) brush.write(`\x1b[${last + 1}G`);
    return; // the line's own first character wraps
  }
  brush.use(plainPen);
  // A blank in the last column, one that wraps, and both away again.
  brush.write(isPending ? ' ' : `\x1b[${last + 1}G  `);
  if (!isPending && context.rows > 1) {
    brush.write(`\x1b[A\x1b[${last + 1}G`);
    brush.use(erasePen(lastColour));
    brush.write('\x1b[X\x1b[B');
    brush.use(plainPen);
  }
  brush.write('\r\x1b[X');
}

function lastText(line: CoreLine): string {
  const last = line.length - 1;
  return cellText(line, cellWidth(line, last) === 0 ? last - 1 : last);
}

// A coloured first character would colour the whole line that scrolls in when it wraps.
function startsPlainly(line: CoreLine): boolean {
  return blankColour(line, 0) === -1 && cellWidth(line, 0) > 0 && (line._data[2]! & 0x3ff_ffff) === 0;
}

// A wide character that does not fit wraps by itself and leaves a blank with its own attributes.
function leavesLastCellBlank(line: CoreLine, lastColour: number): boolean {
  return cellWidth(line, 0) === 2 && lastColour === 0 && line._data[1] === 0 && line._data[2] === 0;
}
