// The cursor: where it is, what it writes with, whether the next character wraps or melts into the one before. What the
// last written character left behind can only be made by writing it again.

import type { Brush } from './brush.ts';
import { charsetSequence, isInitialCharsets } from './charsets.ts';
import type { ModeTracker } from './mode-tracker.ts';
import { blankColour, cellPenAt, cellText, cellWidth } from './paint-line.ts';
import { cellPen, erasePen, penOf, plainPen, samePen } from './pen.ts';
import type { SavedCursor } from './saved-cursor.ts';
import { widthOfCharacter } from './unicode.ts';
import type { Core, CoreBuffer, CoreLine } from './xterm-core.ts';

export interface CursorSource {
  core: Core;
  tracker: ModeTracker;
  cols: number;
  rows: number;
}

/** Ends a repaint: region, origin, wrap, insert, charsets, pen, cursor. `finish` is written before the very last text. */
export function placeCursor(brush: Brush, source: CursorSource, finish: string): void {
  const { core, tracker, cols, rows } = source;
  const { active } = core.buffers;
  const isOrigin = core.coreService.decPrivateModes.origin;
  if (active.scrollTop > 0 || active.scrollBottom < rows - 1) {
    brush.write(`\x1b[${active.scrollTop + 1};${active.scrollBottom + 1}r`);
  }
  if (isOrigin) brush.write('\x1b[?6h');
  const goTo = (x: number) => brush.write(position(x, isOrigin ? active.y - active.scrollTop : active.y));
  const line = active.lines.get(active.ybase + active.y);
  const last = line === undefined ? undefined : lastWritten(line, source);

  if (last === undefined) {
    if (active.x >= cols && line !== undefined) makeWrapPending(brush, line, goTo);
    else goTo(active.x);
  }
  writeManner(brush, core, tracker);
  brush.write(core.coreService.isCursorHidden ? '\x1b[?25l' : '\x1b[?25h');
  brush.write(finish);
  if (last === undefined) return;
  goTo(last.x);
  // In insert mode the character pushes the rest of the line along: make room for that.
  if (core.coreService.modes.insertMode) brush.write(`\x1b[${widthOfCharacter(last.text.codePointAt(0)!)}P`);
  brush.write(tracker.charsets.typed(last.text));
}

function position(x: number, y: number): string {
  return `\x1b[${y + 1};${x + 1}H`;
}

interface Written {
  x: number;
  text: string;
}

/** The character before the cursor, if nothing but characters came since: an accent or a repeat may still follow it. */
function lastWritten(line: CoreLine, source: CursorSource): Written | undefined {
  const { core } = source;
  const after = Math.min(core.buffers.active.x, source.cols);
  if (core._inputHandler._parser.precedingJoinState === 0 || after === 0) return undefined;
  const x = after > 1 && cellWidth(line, after - 1) === 0 ? after - 2 : after - 1;
  const isWritten = blankColour(line, x) === -1 && x + Math.max(1, cellWidth(line, x)) === after;
  const { fg, bg, extended } = core._inputHandler._curAttrData;
  if (!isWritten || !samePen(cellPenAt(line, x), cellPen(fg, bg, extended))) return undefined;
  return { x, text: cellText(line, x) };
}

/** Writes the last cell of `line` once more, so that the next character wraps. */
function makeWrapPending(brush: Brush, line: CoreLine, goTo: (x: number) => void): void {
  const last = line.length - 1;
  const colour = blankColour(line, last);
  const x = colour === -1 && cellWidth(line, last) === 0 ? last - 1 : last;
  goTo(x);
  brush.use(colour === -1 ? cellPenAt(line, x) : erasePen(colour));
  brush.write(cellText(line, x));
  // A line that was erased under the cursor: erasing up to the cursor takes the character away and not the wrap.
  if (colour !== -1 && isBlank(line, colour)) brush.write('\x1b[1K');
}

function isBlank(line: CoreLine, colour: number): boolean {
  for (let x = 0; x < line.length; x++) if (blankColour(line, x) !== colour) return false;
  return true;
}

function writeManner(brush: Brush, core: Core, tracker: ModeTracker): void {
  const { decPrivateModes, modes } = core.coreService;
  if (!decPrivateModes.wraparound) brush.write('\x1b[?7l');
  if (decPrivateModes.reverseWraparound) brush.write('\x1b[?45h');
  if (modes.insertMode) brush.write('\x1b[4h');
  const charsets = tracker.charsets.capture();
  if (!isInitialCharsets(charsets)) brush.write(charsetSequence(charsets));
  brush.use(penOf(core._inputHandler._curAttrData));
}

/**
 * Takes the place that was saved, does `act` there (which saves it again), and goes back to a neutral manner of writing.
 * The screen of `buffer` is painted already, and the region is the whole screen.
 */
export function standAt(
  brush: Brush,
  saved: Readonly<SavedCursor>,
  options: { buffer: CoreBuffer; act: string },
): void {
  if (saved.isOrigin) brush.write('\x1b[?6h');
  const { buffer, act } = options;
  const line = buffer.lines.get(buffer.ybase + saved.y);
  const isPending = line !== undefined && saved.x >= line.length;
  const colour = isPending ? blankColour(line, line.length - 1) : -1;
  if (isPending) makeWrapPending(brush, line, (x) => brush.write(position(x, saved.y)));
  else brush.write(position(saved.x, saved.y));
  if (!isInitialCharsets(saved.charsets)) brush.write(charsetSequence(saved.charsets));
  brush.use(saved.pen);
  brush.write(act);
  if (!isInitialCharsets(saved.charsets)) brush.write('\x1b(B\x1b)B\x1b*B\x1b+B\x0f');
  if (colour !== -1) {
    brush.use(erasePen(colour));
    brush.write(`${position(saved.x - 1, saved.y)}\x1b[X`);
  }
  brush.use(plainPen);
  if (saved.isOrigin) brush.write('\x1b[?6l');
}
