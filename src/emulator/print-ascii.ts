// Printing what most output is made of, many times quicker than one character at a time: ASCII that fits into the rest of a
// row, in attributes that a cell itself holds. What comes of it is what xterm.js's own `print` makes of it.

import { unicodeWidths } from './unicode.ts';
import type { Core, CoreInput } from './xterm-core.ts';

/** Code points from `start` up to, and without, `end`. */
export interface Run {
  codePoints: Uint32Array;
  start: number;
  end: number;
}

/** Bit of a pen's background: it has more than fits into a cell, an underline's style or a link (xterm.js, BgFlags). */
const hasExtended = 1 << 28;
/** Content of a cell of one column, but for its character. */
const oneColumn = 1 << 22;
const widthShift = 22;
const firstOther = 0x7f;

/** Prints the beginning of the run that is such text, if any; `print` takes it to the next row. Returns where the rest starts. */
export function printAscii(core: Core, print: CoreInput['print'], run: Run): number {
  const { codePoints, end } = run;
  const { active } = core.buffers;
  for (let at = fillRow(core, run); ; at = fillRow(core, { codePoints, start: at + 1, end })) {
    const isRowFull = active.x >= core._bufferService.cols;
    if (!isRowFull || at >= end || codePoints[at]! >= firstOther) return at;
    print(codePoints, at, at + 1);
  }
}

function fillRow(core: Core, { codePoints, start, end }: Run): number {
  const { active } = core.buffers;
  const { fg, bg } = core._inputHandler._curAttrData;
  if (core._charsetService.charset !== undefined || core.coreService.modes.insertMode || bg & hasExtended) return start;
  const line = active.lines.get(active.ybase + active.y)!;
  const data = line._data;
  const limit = Math.min(end, start + line.length - active.x);
  let at = start;
  let cell = 3 * active.x;
  for (; at < limit; at++) {
    const codePoint = codePoints[at]!;
    if (codePoint >= firstOther) break;
    data[cell++] = codePoint | oneColumn;
    data[cell++] = fg;
    data[cell++] = bg;
  }
  if (at === start) return start;
  clearHalves(data, 3 * active.x, cell);
  active.x += at - start;
  core._inputHandler._parser.precedingJoinState = unicodeWidths.charProperties(codePoints[at - 1]!, 0);
  return at;
}

/** Of a wide character that was written over in part, the other half becomes a blank in its own colours. */
function clearHalves(data: Uint32Array, from: number, to: number): void {
  if (from > 0 && data[from - 3]! >>> widthShift === 2) data[from - 3] = oneColumn;
  if (to < data.length && data[to] === 0) data[to] = oneColumn;
}
