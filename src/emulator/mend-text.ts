// Where xterm.js writes text otherwise than other terminals do: accents, halves of wide characters, colours.

import { mendOnce } from './mend-once.ts';
import { blankCell } from './packed-cells.ts';
import { printAscii, type Run } from './print-ascii.ts';
import { applySgr } from './sgr.ts';
import { isJoining, isMark, joinedWidth, widening, widthOfCharacter } from './unicode.ts';
import type { Core, CoreInput, CoreLine, CoreParams } from './xterm-core.ts';

export function mendText(core: Core): void {
  mendCells(core);
  mendPrint(core);
  mendUnderlineColour(core);
  mendColours(core);
}

// An accent on a blank cell stands on a space; xterm.js makes a cell of it alone.
function mendCells(core: Core): void {
  mendOnce(core.buffers.normal.lines.get(0)!, (prototype) => {
    const line = prototype as CoreLine;
    const original = line.addCodepointToCell;
    const insertCells = line.insertCells;
    const setCell = line.setCellFromCodepoint;
    // What is left of a wide character when its other half is written over is a blank in its own colours, not the pen's.
    line.setCellFromCodepoint = function (this: CoreLine, index, codePoint, width, pen) {
      const isCut = codePoint === 0 && width === 1 && this._data[index * 3]! >>> 22 !== 1;
      if (isCut) this._data[index * 3] = blankCell;
      else setCell.call(this, index, codePoint, width, pen);
    };
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
}

type Print = CoreInput['print'];

// An accent in column 0 stands on nothing, one in the middle of a wide character belongs to it; xterm.js gives the one a
// cell, and cuts the wide character in two for the other.
function mendPrint(core: Core): void {
  const input = core._inputHandler;
  const print = input.print.bind(input);
  input.print = (codePoints, start, end) => {
    const { wraparound } = core.coreService.decPrivateModes;
    const run = { codePoints, start, end };
    let from = start;
    if (codePoints[start]! >= 0x300) from = joinMarks(core, print, run);
    else if (wraparound) from = printAscii(core, print, run);
    if (from >= end) return;
    if (wraparound) print(codePoints, from, end);
    else printWithoutWrap(core, print, { codePoints, start: from, end });
  };
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

// SGR 59 stores -1, which reads as white; it means the colour of the text.
function mendUnderlineColour(core: Core): void {
  const colourMask = 0x3ff_ffff;
  mendOnce(core._inputHandler._curAttrData.extended, (prototype) =>
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

// `38:2:r:g:b`, without the place for a colour space, is what many programs send and every terminal takes. What has no colons
// is set without xterm.js, where that can be.
function mendColours(core: Core): void {
  const input = core._inputHandler;
  const original = input.charAttributes.bind(input);
  input.charAttributes = (params) => {
    if (params._subParamsLength > 0) return original(withColourSpaces(params));
    return applySgr(input._curAttrData, params.params, params.length) || original(params);
  };
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
