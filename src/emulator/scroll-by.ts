// Lines that scroll by, many at a time: those that nobody sees on the screen any more when all is written go into the
// history packed, as they came. The few that stay are unpacked onto the screen.

import { memoryBound } from '../base/limits.ts';
import { LinePacker, packedLineBytes } from './line-packer.ts';
import { OutputLines } from './output-lines.ts';
import { blankCell } from './packed-cells.ts';
import { unpacked } from './packed-line.ts';
import { type Core, type CoreLine, isBetween } from './xterm-core.ts';

/**
 * What must scroll by at once, in screens full of bytes, of which the end of a line counts as many more: with less, what is done
 * for the screen itself (20 ns a cell) is more than what is spared. Once they are read, half of them will do.
 */
const least = { screens: 8, lineBytes: 100 } as const;
const lineFeed = 0x0a;
/** Bytes of CR LF. */
const shortestLine = 2;
const { blockLines } = memoryBound.packing;

/** The first part of what does not scroll by that is printed before looking again; the next is twice as long, and so on. */
const firstStretch = 1_024;

/** Parses and prints all of `bytes`. True when lines of it scrolled by. */
export function print(core: Core, bytes: Uint8Array): boolean {
  let hasScrolledBy = false;
  let stretch = firstStretch;
  for (let at = 0; at < bytes.length; ) {
    const start = scrollBy(core, bytes, at);
    hasScrolledBy ||= start > at;
    stretch = start > at ? firstStretch : 2 * stretch;
    at = endOfStretch(bytes, start + stretch);
    core._inputHandler.parse(start === 0 && at === bytes.length ? bytes : bytes.subarray(start, at));
  }
  return hasScrolledBy;
}

/** Behind the first line's end from `from` on. */
function endOfStretch(bytes: Uint8Array, from: number): number {
  const end = from < bytes.length ? bytes.indexOf(lineFeed, from) : -1;
  return end === -1 ? bytes.length : end + 1;
}

/**
 * Takes the lines at `from` if many of them scroll by: the last of them are then on the screen, with the cursor below them, and
 * what begins at the returned place is to be printed. That is `from` where there are few.
 */
function scrollBy(core: Core, bytes: Uint8Array, from: number): number {
  const { _curAttrData: pen, _parser: parser } = core._inputHandler;
  const fewest = fewestLines(core, { bytes: bytes.length - from, screens: least.screens });
  // A key's echo goes no further.
  if (bytes.length - from < fewest * shortestLine || !isAtRest(core) || !hasLines(bytes, from, fewest)) return from;
  const { fg, bg, extended } = pen;
  const packer = new LinePacker(roomFor(bytes.length - from));
  const end = readLines(core, packer, { bytes, from });
  if (packer.count < fewestLines(core, { bytes: end - from, screens: least.screens / 2 })) {
    Object.assign(pen, { fg, bg, extended });
    return from;
  }
  scrollScreen(core, packer.finish({ blockLines, apart: core._bufferService.rows - 1 }));
  // Nothing joins what stands before the end of a line.
  parser.precedingJoinState = 0;
  return end;
}

/** How many lines so many bytes must be; never fewer than a screen's. */
function fewestLines(core: Core, { bytes, screens }: { bytes: number; screens: number }): number {
  const { cols, rows } = core._bufferService;
  return Math.max(rows, (screens * cols * rows - bytes) / least.lineBytes);
}

/** Packed, short lines and wide characters take somewhat more than they did. */
function roomFor(bytes: number): number {
  return bytes + (bytes >> 1) + firstStretch;
}

/** Whether what comes next is written to an empty last row, and scrolls all of the screen into the history. */
function isAtRest(core: Core): boolean {
  const { buffers, coreService, _charsetService: charsets, _inputHandler: input } = core;
  const { active, normal } = buffers;
  const { rows } = core._bufferService;
  if (active !== normal || active.x !== 0 || active.y !== rows - 1 || rows < 2) return false;
  if (active.scrollTop !== 0 || active.scrollBottom !== rows - 1 || !coreService.decPrivateModes.wraparound)
    return false;
  if (!isBetween(input)) return false;
  if (charsets.charset !== undefined || coreService.modes.insertMode) return false;
  const last = normal.lines.get(normal.ybase + active.y)!;
  return normal.lines.length === normal.ybase + rows && !last.isWrapped && isBlank(last._data);
}

function isBlank(cells: Uint32Array): boolean {
  for (let at = 0; at < cells.length; at += 3)
    if (cells[at] !== blankCell || cells[at + 1] !== 0 || cells[at + 2] !== 0) return false;
  return true;
}

function hasLines(bytes: Uint8Array, from: number, count: number): boolean {
  let at = from;
  for (let left = count; left > 0; left--) {
    at = bytes.indexOf(lineFeed, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Where the first line begins that is left to others. */
function readLines(core: Core, packer: LinePacker, { bytes, from }: { bytes: Uint8Array; from: number }): number {
  const lines = new OutputLines(core, packer, bytes);
  let at = from;
  for (let next = lines.read(at); next !== null; next = lines.read(at)) at = next;
  return at;
}

/** The rows of the screen but the last one, which is empty, go into the history, and `lines` but for the last, which take their place. */
function scrollScreen(core: Core, lines: readonly CoreLine[]): void {
  const { normal } = core.buffers;
  const { rows } = core._bufferService;
  const packer = new LinePacker(rows * packedLineBytes);
  const last = normal.ybase + rows - 1;
  for (let at = normal.ybase; at < last; at++) packer.addLine(normal.lines.get(at)!);
  const scrolled = [...packer.finish({ blockLines }), ...lines.slice(0, 1 - rows)];
  const screen = [...lines.slice(1 - rows).map(unpacked), normal.lines.get(last)!];
  append(core.buffers, [...scrolled, ...screen], rows);
}

/** Puts `added`, the screen at last, below the history. What is followed in the old screen is followed into the history. */
function append({ normal }: Core['buffers'], added: readonly CoreLine[], rows: number): void {
  const { lines, ybase } = normal;
  const excess = Math.max(0, ybase + added.length - lines.maxLength);
  lines.trimStart(excess);
  let at = Math.max(0, ybase - excess);
  for (const line of added.slice(Math.max(0, excess - ybase))) {
    if (at < lines.length) lines.set(at, line);
    else lines.push(line);
    at++;
  }
  normal.ybase = at - rows;
  normal.ydisp = normal.ybase;
}
