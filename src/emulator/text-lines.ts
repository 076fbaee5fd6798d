// Lines of the screen and its history for people and scripts: as plain text, or with SGR colours and hyperlinks.

import { Brush, type Link } from './brush.ts';
import { cellText, cellWidth, paintedLength, takeCellPen } from './paint-line.ts';
import { plainPen } from './pen.ts';
import type { CoreLine } from './xterm-core.ts';

export function plainLine(line: CoreLine): string {
  return line.translateToString(true).trimEnd();
}

/** Each line by itself: it starts from, and ends with, plain attributes. */
export function ansiLine(line: CoreLine, linkOf: (linkId: number) => Link | undefined): string {
  const brush = new Brush(linkOf);
  const end = paintedLength(line);
  for (let x = 0; x < end; x += Math.max(1, cellWidth(line, x))) {
    takeCellPen(brush, line, x);
    brush.write(cellText(line, x));
  }
  brush.use(plainPen);
  return brush.text;
}
