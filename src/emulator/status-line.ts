// Our line in the row below the session's screen. The session has the scroll region above it to itself; whenever something
// may have touched the line or the region, both are made anew, and the cursor goes back to where the program has it.

import type { LineText } from '../base/look.ts';
import { Brush } from './brush.ts';
import { placeCursor } from './place-cursor.ts';
import type { RepaintSource } from './repaint.ts';
import { widthOfCharacter } from './unicode.ts';

/** What the line says. */
export interface StatusLine extends LineText {
  /** The session's name. */
  name: string;
}

/** Makes the rows of the session the scroll region; moves the cursor. */
export function regionAboveLine(rows: number): string {
  return `\x1b[1;${rows}r`;
}

/** Draws the line. The pen is plain and so it is afterwards; the cursor is anywhere, the region above the line. */
export function drawLine(brush: Brush, line: StatusLine | null, size: { cols: number; rows: number }): void {
  const text = line === null ? '' : styledText(line, size.cols);
  // Without wrapping: terminals differ about the width of some names.
  brush.write(`${regionAboveLine(size.rows)}\x1b[?7l\x1b[${size.rows + 1};1H\x1b[2K${text}\x1b[?7h`);
}

/** Not filled to the edge: a resize to a width that it fits in does not wrap it. */
function styledText(line: StatusLine, cols: number): string {
  const name = fitting(` ${line.name} `, cols);
  const rest = fitting(` ${line.time}  ${line.keys}`, cols - widthOf(name));
  return `\x1b[7m${name}\x1b[27;2m${rest}\x1b[0m`;
}

/** The line, or a blank one, and the region anew, in a terminal that shows the session's screen, wherever its cursor is. */
export function lineText(source: RepaintSource, line: StatusLine | null): string {
  const brush = new Brush(source.linkOf);
  brush.write('\x1b[?25l\x1b[?6l\x1b[4l\x1b(B\x0f');
  brush.reset();
  drawLine(brush, line, source);
  placeCursor(brush, source, '');
  return brush.text;
}

/** As much of `text` as has room. */
function fitting(text: string, cols: number): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += widthOfCharacter(character.codePointAt(0)!);
    if (width > cols) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + widthOfCharacter(character.codePointAt(0)!), 0);
}
