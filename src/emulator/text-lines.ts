// Lines of the screen and its history for people and scripts: as plain text, or with SGR colours and hyperlinks.

import { Brush, type Link } from './brush.ts';
import { plainTextOf, unpacked } from './packed-line.ts';
import { blankColour, cellText, cellWidth, paintedLength, takeCellPen } from './paint-line.ts';
import { plainPen } from './pen.ts';
import type { CoreLine } from './xterm-core.ts';

export function plainLine(line: CoreLine): string {
  return (plainTextOf(line) ?? unpacked(line).translateToString(true)).trimEnd();
}

/** Rows that are one line: each but the first goes on where the one before was full. */
export function plainWrappedLine(rows: readonly CoreLine[]): string {
  return rows
    .map((row, index) => {
      const next = rows[index + 1];
      return next === undefined ? plainLine(row) : row.translateToString(false).slice(0, fullEnd(row, next));
    })
    .join('');
}

/** The same as `ansiLine` is for a line of one row. */
export function ansiWrappedLine(rows: readonly CoreLine[], linkOf: (linkId: number) => Link | undefined): string {
  return rows
    .map((row, index) => {
      const next = rows[index + 1];
      const blanks =
        next === undefined ? 0 : row.length - paintedLength(row) - (fullEnd(row, next) === undefined ? 0 : 1);
      return ansiLine(row, linkOf) + ' '.repeat(Math.max(0, blanks));
    })
    .join('');
}

/** -1 for a full row whose last cell is none of the line's: a wide character did not fit into it; else undefined. */
function fullEnd(row: CoreLine, next: CoreLine): -1 | undefined {
  return cellWidth(next, 0) === 2 && blankColour(row, row.length - 1) === 0 ? -1 : undefined;
}

/** Each line by itself: it starts from, and ends with, plain attributes. */
export function ansiLine(packed: CoreLine, linkOf: (linkId: number) => Link | undefined): string {
  const line = unpacked(packed);
  const brush = new Brush(linkOf);
  const end = paintedLength(line);
  for (let x = 0; x < end; x += Math.max(1, cellWidth(line, x))) {
    takeCellPen(brush, line, x);
    brush.write(cellText(line, x));
  }
  brush.use(plainPen);
  return brush.text;
}
