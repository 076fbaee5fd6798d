// A screen as a picture of at most so many cells, for those who only look: lines with colours and nothing else in them.

import { type Cells, type CropWindow, cropWindow } from './crop-window.ts';
import type { Emulator } from './emulator.ts';
import { cellCodePoint, cellPenAt, cellText, cellWidth, hasPenOfCellBefore, paintedLength } from './paint-line.ts';
import { type Pen, plainPen, samePen, sgrParameters, withoutProtection } from './pen.ts';
import { linesFrom } from './repaint.ts';
import { plainLine } from './text-lines.ts';
import { wouldJoin } from './unicode.ts';
import type { CoreLine } from './xterm-core.ts';

export interface Preview {
  /** At most as many as wanted, each at most as wide: text and SGR, from plain attributes to plain attributes. */
  lines: string[];
  /** The size of the whole screen. */
  cols: number;
  rows: number;
  /** Within `lines`, from 0; null when it is hidden. */
  cursor: { col: number; row: number } | null;
}

/** The part of the shown screen that fits into `wanted`, both at least 1. */
export function preview(emulator: Emulator, wanted: Cells): Preview {
  const { cols, rows, cursor, isAlternateScreen } = emulator;
  const { active } = emulator.parts.core.buffers;
  const lines = linesFrom(active, { start: active.ybase, count: rows });
  // What draws a whole screen without a cursor leaves it anywhere; elsewhere a hidden one still stands where text goes on.
  const hasPlace = cursor.isVisible || !isAlternateScreen;
  const crop = cropWindow(
    {
      cols: lines[0]?.length ?? cols,
      rows: lines.length,
      cursor: hasPlace ? { ...cursor, width: widthAt(lines[cursor.row], cursor.col) } : null,
      lastUsedRow: lines.findLastIndex((line) => plainLine(line) !== ''),
    },
    wanted,
  );
  return {
    lines: lines.slice(crop.top, crop.top + crop.rows).map((line) => croppedLine(line, crop)),
    cols,
    rows,
    cursor: cursor.isVisible ? { col: cursor.col - crop.left, row: cursor.row - crop.top } : null,
  };
}

function widthAt(line: CoreLine | undefined, col: number): number {
  return line === undefined ? 1 : Math.max(1, cellWidth(line, col));
}

/** The columns of the window. A wide character that is half outside is blank, as is what would melt into its neighbour. */
function croppedLine(line: CoreLine, { left, cols }: CropWindow): string {
  const end = Math.min(paintedLength(line), left + cols);
  let text = '';
  let pen: Readonly<Pen> = plainPen;
  let previous = '';
  for (let x = left; x < end; ) {
    const width = cellWidth(line, x);
    const isWhole = width > 0 && x + width <= Math.min(left + cols, line.length);
    const isBlank = !isWhole || wouldJoin(previous, cellCodePoint(line, x));
    const next = x > left && hasPenOfCellBefore(line, x) ? pen : shownPen(line, x);
    if (!samePen(pen, next)) text += `\x1b[${sgrParameters(next)}m`;
    pen = next;
    previous = isBlank ? ' ' : cellText(line, x);
    text += isBlank && width === 2 && isWhole ? '  ' : previous;
    x += isWhole ? width : 1;
  }
  return samePen(pen, plainPen) ? text : `${text}\x1b[0m`;
}

/** What SGR alone can say of a cell's attributes. */
function shownPen(line: CoreLine, x: number): Pen {
  return withoutProtection({ ...cellPenAt(line, x), linkId: 0 });
}
