// Compares everything that two emulators know. Returns the first differences as text, so that a failure reads well.

import type { CharsetState } from '../../src/emulator/charsets.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { cellPen, eraseColour, type Pen } from '../../src/emulator/pen.ts';
import type { SavedCursor } from '../../src/emulator/saved-cursor.ts';
import { tabStops } from '../../src/emulator/tab-stops.ts';
import type { CoreBuffer, CoreLine } from '../../src/emulator/xterm-core.ts';

const maxReported = 6;

/**
 * True in a state that no terminal shows: the wrap is pending, and the cell it hangs on was erased. A repaint has to
 * write something there to get the wrap, and a space is what shows the same.
 */
export function hasBlankUnderPendingWrap(emulator: Emulator): boolean {
  const { active } = emulator.parts.core.buffers;
  const line = active.lines.get(active.ybase + active.y)!;
  return active.x >= line.length && (line._data[(line.length - 1) * 3]! & 0x3f_ffff) === 0;
}

export interface CompareOptions {
  /** Compare only this many lines above the screen. */
  historyLines?: number;
  /** A space and a blank count as the same: see `hasBlankUnderPendingWrap`. */
  areBlanksAlike?: boolean;
  /** Rows at the bottom of the actual one that are not compared. */
  rowsBelow?: number;
  /** What is not restored by the repaint that is tested, by the name of the fact. */
  except?: readonly string[];
}

/** Differences between two emulators, one per line; empty when they are equal. */
export function differences(expected: Emulator, actual: Emulator, options: CompareOptions = {}): string[] {
  const found: string[] = [];
  const except = new Set(options.except);
  const facts = { expected: factsOf(expected), actual: factsOf(actual) };
  for (const name of Object.keys(facts.expected)) {
    if (except.has(name)) continue;
    const [a, b] = [JSON.stringify(facts.expected[name]), JSON.stringify(facts.actual[name])];
    if (a !== b) found.push(`${name}: expected ${a}, got ${b}`);
  }
  const screens = expected.isAlternateScreen ? (['normal', 'alt'] as const) : (['normal'] as const);
  for (const screen of screens) found.push(...lineDifferences(expected, actual, { screen, ...options }));
  return found.slice(0, maxReported);
}

function factsOf(emulator: Emulator): Record<string, unknown> {
  const { core, tracker, pending, isNewlineMode } = emulator.parts;
  const { active } = core.buffers;
  const { decPrivateModes, modes, isCursorHidden } = core.coreService;
  const input = core._inputHandler;
  return {
    cols: emulator.cols,
    rows: emulator.rows,
    isAlternate: emulator.isAlternateScreen,
    cursor: [active.x, active.y],
    pen: visiblePen(
      emulator,
      cellPen(input._curAttrData.fg, input._curAttrData.bg | 0x1000_0000, input._curAttrData.extended),
    ),
    region: [active.scrollTop, active.scrollBottom],
    tabs: tabStops(active, emulator.cols),
    origin: decPrivateModes.origin,
    wraparound: decPrivateModes.wraparound,
    reverseWraparound: decPrivateModes.reverseWraparound,
    insert: modes.insertMode,
    newline: isNewlineMode,
    isCursorHidden,
    charsets: visibleCharsets(tracker.charsets.capture()),
    charset: core._charsetService.charset,
    savedNormal: visibleCursor(tracker.savedCursors.normal),
    savedAlternate: emulator.isAlternateScreen ? visibleCursor(tracker.savedCursors.alternate) : undefined,
    alternateMode: emulator.isAlternateScreen ? tracker.alternateMode : undefined,
    privateModes: [...tracker.modes.privateModes],
    ansiModes: [...tracker.modes.ansiModes],
    savedModes: [...tracker.modes.savedModes].sort(([a], [b]) => a - b),
    sideMargins: tracker.sideMargins,
    cursorStyle: tracker.cursorStyle,
    normalKeys: tracker.normalKeys.entries,
    alternateKeys: emulator.isAlternateScreen ? tracker.alternateKeys.entries : undefined,
    keyModifiers: [...tracker.keyModifiers.values],
    title: tracker.titles.window.current,
    titleStack: tracker.titles.window.entries.map((title) => title ?? ''),
    icon: tracker.titles.icon.current,
    iconStack: tracker.titles.icon.entries.map((title) => title ?? ''),
    cwd: tracker.cwdUrl,
    palette: [...tracker.colours.palette],
    special: [...tracker.colours.special],
    parserState: input._parser.currentState,
    pending: [...pending],
    canJoin: input._parser.precedingJoinState !== 0,
    unfinishedCharacter: [...input._utf8Decoder.interim],
  };
}

function visibleCharsets(state: CharsetState): unknown {
  return [state.names, state.level];
}

function visibleCursor(saved: Readonly<SavedCursor>): unknown {
  return [saved.x, saved.y, saved.pen, visibleCharsets(saved.charsets), saved.isOrigin];
}

function visiblePen(emulator: Emulator, pen: Pen): unknown {
  const link = pen.linkId === 0 ? undefined : emulator.parts.links.get(pen.linkId);
  return [pen.fg, pen.bg, pen.ext, link];
}

function lineDifferences(
  expected: Emulator,
  actual: Emulator,
  options: CompareOptions & { screen: 'normal' | 'alt' },
): string[] {
  const a = linesOf(expected, options);
  const b = linesOf(actual, options);
  b.length -= Math.min(b.length, options.rowsBelow ?? 0);
  if (a.length !== b.length) return [`${options.screen}: expected ${a.length} lines, got ${b.length}`];
  const found: string[] = [];
  for (let row = 0; row < a.length && found.length < maxReported; row++) {
    const where = `${options.screen} line ${row} of ${a.length}`;
    const [first, second] = [a[row]!, b[row]!];
    if (first.isWrapped !== second.isWrapped) found.push(`${where}: expected isWrapped ${first.isWrapped}`);
    if (isSameLine(first, second)) continue;
    for (let x = 0; x < first.length; x++) {
      const [one, other] = [cellFact(expected, first, { x, ...options }), cellFact(actual, second, { x, ...options })];
      if (one !== other) {
        found.push(`${where}, column ${x}: expected ${one}, got ${other}`);
        break;
      }
    }
  }
  return found;
}

function linesOf(emulator: Emulator, options: CompareOptions & { screen: 'normal' | 'alt' }): CoreLine[] {
  const buffer: CoreBuffer = emulator.parts.core.buffers[options.screen];
  const history = Math.min(buffer.ybase, options.historyLines ?? Number.POSITIVE_INFINITY);
  const lines: CoreLine[] = [];
  for (let index = buffer.ybase - history; index < buffer.lines.length; index++) lines.push(buffer.lines.get(index)!);
  return lines;
}

function isSameLine(a: CoreLine, b: CoreLine): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a._data.length; at++) if (a._data[at] !== b._data[at]) return false;
  return (
    Object.keys(a._combined).length === 0 &&
    Object.keys(a._extendedAttrs).length === 0 &&
    Object.keys(b._combined).length === 0 &&
    Object.keys(b._extendedAttrs).length === 0
  );
}

/** A cell as text. Kept apart: what a terminal shows apart. */
function cellFact(emulator: Emulator, line: CoreLine, options: { x: number; areBlanksAlike?: boolean }): string {
  const { x } = options;
  const [content, fg, bg] = [line._data[x * 3]!, line._data[x * 3 + 1]!, line._data[x * 3 + 2]!];
  let width = content >>> 22;
  const codePoint = content & 0x1f_ffff;
  let text = (content & 0x20_0000) !== 0 ? line._combined[x]! : codePoint === 0 ? '' : String.fromCodePoint(codePoint);
  const isSecondHalf = width === 0 && text === '' && x > 0 && line._data[(x - 1) * 3]! >>> 22 === 2;
  if (isSecondHalf) return 'second half';
  // No bytes can make these cells; they show as blanks. See paint-line.ts.
  const isCutOff = text !== '' && ((width === 2 && x === line.length - 1) || (width === 0 && x > 0));
  if (isCutOff) return JSON.stringify(['', 1, 0, 0, 0, undefined]);
  if (text === '') width = 1;
  // A blank that is more than its background is written as a space: no terminal shows the two apart.
  if (text === '' && (options.areBlanksAlike || eraseColour(fg, bg) === -1)) text = ' ';
  const pen = cellPen(fg, bg, line._extendedAttrs[x]);
  const link = pen.linkId === 0 ? undefined : emulator.parts.links.get(pen.linkId);
  return JSON.stringify([text, width, pen.fg, pen.bg, pen.ext, link]);
}
