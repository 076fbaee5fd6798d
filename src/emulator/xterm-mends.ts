// Where xterm.js does otherwise than the terminals that our users have, its emulator is mended here, so that the screen
// it keeps is the one they would have seen. (The saved cursor, which is mended too, has its own file.)

import type { Terminal } from '@xterm/headless';
import type { Links } from './links.ts';
import { isJoining, isMark, joinedWidth, widening, widthOfCharacter } from './unicode.ts';
import type { Core, CoreBuffer, CoreInput, CoreLine, CoreParams } from './xterm-core.ts';

export function mendXterm(terminal: Terminal, core: Core, links: Links): void {
  mendLinks(core, links);
  mendUnderlineColour(core);
  mendMarks(core);
  mendColours(core);
  mendWrapScroll(core);
  mendScrollUp(core);
  mendEraseAbove(core);
  mendAlignmentPattern(core);
  mendScreenSwitch(core);
  mendFullReset(terminal, core);
}

function mendLinks(core: Core, links: Links): void {
  core._oscLinkService.registerLink = (link) => links.register({ id: link.id, uri: link.uri });
  core._oscLinkService.addLineToLink = () => {};
}

/** Content of a cell without a character. */
const blankCell = 1 << 22;

/** Prototypes are shared by all terminals of a process and are mended once. */
const mended = new WeakSet<object>();

function prototypeOnce(instance: object, mend: (prototype: object) => void): void {
  const prototype = Object.getPrototypeOf(instance) as object;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  mend(prototype);
}

// SGR 59 stores -1, which reads as white; it means the colour of the text.
function mendUnderlineColour(core: Core): void {
  const colourMask = 0x3ff_ffff;
  prototypeOnce(core._inputHandler._curAttrData.extended, (prototype) =>
    Object.defineProperty(prototype, 'underlineColor', {
      get(this: { _ext: number }) {
        return this._ext & colourMask;
      },
      set(this: { _ext: number }, colour: number) {
        this._ext = (this._ext & ~colourMask) | (colour === -1 ? 0 : colour & colourMask);
      },
    }),
  );
}

// An accent on a blank cell stands on a space, one in column 0 on nothing, and one in the middle of a wide character
// belongs to it. xterm.js makes cells of an accent alone, and cuts the wide character in two.
function mendMarks(core: Core): void {
  prototypeOnce(core.buffers.normal.lines.get(0)!, (prototype) => {
    const line = prototype as CoreLine;
    const original = line.addCodepointToCell;
    const insertCells = line.insertCells;
    // Inserting inside of a wide character pushes its second half along, alone.
    line.insertCells = function (this: CoreLine, column, count, fill) {
      if (this._data[column * 3] === 0) this._data[column * 3] = blankCell;
      insertCells.call(this, column, count, fill);
    };
    line.addCodepointToCell = function (this: CoreLine, index, codePoint, width) {
      if ((this._data[index * 3]! & 0x3f_ffff) === 0) this._data[index * 3] = 0x20 | blankCell;
      original.call(this, index, codePoint, width);
    };
  });
  const input = core._inputHandler;
  const print = input.print.bind(input);
  input.print = (codePoints, start, end) => {
    const from = codePoints[start]! < 0x300 ? start : joinMarks(core, print, { codePoints, start, end });
    if (from >= end) return;
    if (core.coreService.decPrivateModes.wraparound) print(codePoints, from, end);
    else printWithoutWrap(core, print, { codePoints, start: from, end });
  };
}

// Without autowrap, what no longer fits is written over the last column, and a wide character is not shown at all.
// xterm.js then leaves half of a wide character, and joins what follows to the one it did not show.
function printWithoutWrap(core: Core, print: Print, run: Run): void {
  const { active } = core.buffers;
  const line = active.lines.get(active.ybase + active.y)!;
  const last = line.length - 1;
  const parser = core._inputHandler._parser;
  let isSkipping = false;
  for (let at = run.start; at < run.end; at++) {
    const codePoint = run.codePoints[at]!;
    const isJoined = isJoining(codePoint, parser.precedingJoinState);
    if (isJoined && (isSkipping || active.x + widening(codePoint, parser.precedingJoinState) > line.length)) continue;
    isSkipping = !isJoined && widthOfCharacter(codePoint) === 2 && active.x >= last;
    if (isSkipping) {
      active.x = last;
      parser.precedingJoinState = 0;
      continue;
    }
    if (!isJoined && active.x >= last && line._data[(last - 1) * 3]! >>> 22 === 2)
      line._data[(last - 1) * 3] = blankCell;
    print(run.codePoints, at, at + 1);
  }
}

type Print = CoreInput['print'];

interface Run {
  codePoints: Uint32Array;
  start: number;
  end: number;
}

/** Lets marks at the start of a run join the cell before the cursor, or drops them; returns where the rest starts. */
function joinMarks(core: Core, print: Print, run: Run): number {
  const { active } = core.buffers;
  let end = run.start;
  while (end < run.end && isMark(run.codePoints[end]!)) end++;
  const line = active.lines.get(active.ybase + active.y);
  const isInsideWide = active.x > 0 && line !== undefined && line._data[(active.x - 1) * 3]! >>> 22 === 2;
  if (isInsideWide) active.x++;
  if (active.x > 0 && end > run.start) print(run.codePoints, run.start, end);
  if (isInsideWide) active.x--;
  // Nothing to repeat or to join where the mark followed a control, or the cursor does not stand behind the cell.
  const parser = core._inputHandler._parser;
  if (isInsideWide || active.x === 0 || joinedWidth(parser.precedingJoinState) === 0) parser.precedingJoinState = 0;
  return end;
}

// `38:2:r:g:b`, without the place for a colour space, is what many programs send and every terminal takes.
function mendColours(core: Core): void {
  const input = core._inputHandler;
  const original = input.charAttributes.bind(input);
  input.charAttributes = (params) =>
    params._subParamsLength === 0 ? original(params) : original(withColourSpaces(params));
}

function withColourSpaces(params: CoreParams): CoreParams {
  return {
    length: params.length,
    params: params.params,
    _subParamsLength: params._subParamsLength,
    hasSubParams: (index) => params.hasSubParams(index),
    getSubParams: (index) => {
      const sub = params.getSubParams(index);
      return sub?.length === 4 && sub[0] === 2 && params.params[index] !== 4
        ? [2, -1, ...Array.from(sub).slice(1)]
        : sub;
    },
  };
}

// A line that scrolls in because text wraps is plain, as in VTE and tmux; only a line feed colours it.
function mendWrapScroll(core: Core): void {
  const service = core._bufferService;
  const original = service.scroll.bind(service);
  const plain = { fg: 0, bg: 0, extended: core._inputHandler._curAttrData.extended.clone() };
  service.scroll = (attributes, isWrapped = false) => original(isWrapped ? plain : attributes, isWrapped);
}

// SU from the top row of the normal screen fills the history, as in xterm, VTE and tmux; xterm.js drops the lines.
function mendScrollUp(core: Core): void {
  const input = core._inputHandler;
  const original = input.scrollUp.bind(input);
  input.scrollUp = (params: CoreParams) => {
    const { active, normal } = core.buffers;
    if (active !== normal || active.scrollTop > 0) return original(params);
    const count = Math.min(params.params[0] || 1, active.scrollBottom + 1);
    for (let left = count; left > 0; left--) core._bufferService.scroll(input._eraseAttrData());
    return true;
  };
}

// ED 1 from the last column looks for the next line in the wrong place, and throws when there is none.
function mendEraseAbove(core: Core): void {
  const input = core._inputHandler;
  const original = input.eraseInDisplay.bind(input);
  input.eraseInDisplay = (params: CoreParams, respectProtect = false) => {
    const { active } = core.buffers;
    const cols = active.lines.get(active.ybase)?.length ?? 0;
    if (params.params[0] !== 1 || active.x + 1 < cols) return original(params, respectProtect);
    input._restrictCursor(cols);
    for (let row = 0; row <= active.y; row++) input._resetBufferLine(row, respectProtect);
    unwrap(active, active.y + 1);
    return true;
  };
}

function unwrap(buffer: CoreBuffer, row: number): void {
  const line = buffer.ybase + row < buffer.lines.length ? buffer.lines.get(buffer.ybase + row) : undefined;
  if (line !== undefined) line.isWrapped = false;
}

// The pattern is plain and takes the whole screen; xterm.js draws it with the pen and inside of the region.
function mendAlignmentPattern(core: Core): void {
  const input = core._inputHandler;
  const original = input.screenAlignmentPattern.bind(input);
  input.screenAlignmentPattern = () => {
    const pen = input._curAttrData;
    const { fg, bg } = pen;
    const { active } = core.buffers;
    active.scrollTop = 0;
    active.scrollBottom = core._bufferService.rows - 1;
    core.coreService.decPrivateModes.origin = false;
    Object.assign(pen, { fg: 0, bg: 0 });
    original();
    Object.assign(pen, { fg, bg });
    return true;
  };
}

// A terminal has one scroll region and one set of tab stops; xterm.js has them per screen.
function mendScreenSwitch(core: Core): void {
  const { buffers } = core;
  for (const activate of ['activateNormalBuffer', 'activateAltBuffer'] as const) {
    const original = buffers[activate].bind(buffers);
    buffers[activate] = (fill) => {
      const { scrollTop, scrollBottom, tabs } = buffers.active;
      original(fill);
      Object.assign(buffers.active, { scrollTop, scrollBottom, tabs });
    };
  }
}

// RIS clears the screen, but neither xterm, VTE nor tmux throw the history away with it. Newline mode and a hidden cursor
// end with it, which xterm.js forgets.
function mendFullReset(terminal: Terminal, core: Core): void {
  const service = core._bufferService;
  const original = service.reset.bind(service);
  service.reset = () => {
    const { normal } = core.buffers;
    const history = Array.from({ length: normal.ybase }, (_, index) => normal.lines.get(index)!);
    original();
    keepHistory(core.buffers.normal, history);
    core.coreService.isCursorHidden = false;
    terminal.options.convertEol = false;
  };
}

/** Lines moved at a time: they travel as arguments of one call. */
const linesPerSplice = 1_000;

function keepHistory(buffer: CoreBuffer, history: readonly CoreLine[]): void {
  for (let at = 0; at < history.length; at += linesPerSplice) {
    buffer.lines.splice(at, 0, ...history.slice(at, at + linesPerSplice));
  }
  buffer.ybase = history.length;
  buffer.ydisp = history.length;
}

/**
 * After a resize. xterm.js keeps the cut-off part of the alternate screen's lines, lets that screen have a history if it
 * was empty, and leaves half of a wide character at the edge.
 */
export function mendResized(core: Core, size: { cols: number; rows: number }): void {
  const { normal, alt } = core.buffers;
  if (alt.lines.length === 0) alt.lines.maxLength = size.rows;
  for (const { lines } of [normal, alt]) {
    for (let index = 0; index < lines.length; index++) {
      const line = lines.get(index)!;
      if (line.length > size.cols) line.resize(size.cols, alt.getNullCell());
      const last = (size.cols - 1) * 3;
      if (line._data[last]! >>> 22 === 2) line._data[last] = blankCell;
    }
  }
}
