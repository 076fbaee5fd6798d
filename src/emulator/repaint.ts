// The bytes that make another terminal equal to the emulator: screen, history, modes, titles, colours, and the middle
// of whatever sequence the program has begun. Also the form in which a session's screen is written to disk.

import { Brush, type Link } from './brush.ts';
import { colourResetSequence, colourSequence } from './colours.ts';
import type { KeyModifiers, KittyStack } from './keyboard.ts';
import type { ModeTracker } from './mode-tracker.ts';
import { eraseRows, paintFlow, paintInPlace } from './paint-screen.ts';
import { placeCursor, standAt } from './place-cursor.ts';
import { drawLine, regionAboveLine } from './status-line.ts';
import type { EmulatorLook } from './surroundings.ts';
import { defaultTabStops, tabStopSequence, tabStops } from './tab-stops.ts';
import { currentTitleSequence, namedTitleSequence, titleSequence } from './titles.ts';
import type { Core, CoreBuffer, CoreLine } from './xterm-core.ts';

export interface RepaintOptions {
  /** History lines to replay above the screen, at most; where it is painted in place: those that scroll into the history. */
  historyLines: number;
  /**
   * What the receiving terminal holds.
   * `fresh`: a new, empty terminal in its initial state (a file, a test).
   * `used`: somebody's terminal: what it shows is first scrolled into its own history, which is never erased.
   * `same`: a terminal that shows this session already: the screen is painted in place, and only what it has not been
   * shown of the history scrolls.
   * `restored`: a terminal that showed this session until it was sent `restoration`: likewise.
   */
  onto: 'fresh' | 'used' | 'same' | 'restored';
}

export interface RepaintSource {
  core: Core;
  tracker: ModeTracker;
  linkOf: (linkId: number) => Link | undefined;
  cols: number;
  rows: number;
  look: EmulatorLook | null;
}

const synchronise = '\x1b[?2026h';
const synchroniseEnd = '\x1b[?2026l';
/** CAN drops a half-sent sequence or string without carrying it out; ST is for those that only listen to that. */
export const cancel = '\x18\x1b\\';
// DECSTR, and by hand what some terminals do not reset with it: region and origin (which would move the cursor), wrap,
// insert, newline, charsets. The region is the whole screen, or what is above our line.
const neutral = (region: string) => `\x1b[!p\x1b7${region}\x1b[?6l\x1b8\x1b[?7h\x1b[4l\x1b[20l\x1b(B\x1b)B\x0f`;

/** Everything but the pending bytes, which follow it. */
export function repaintBytes(given: RepaintSource, options: RepaintOptions): Uint8Array {
  // A file or a test has nothing of ours.
  const source = options.onto === 'fresh' ? { ...given, look: null } : given;
  const brush = new Brush(source.linkOf);
  if (options.onto === 'same') brush.write(cancel);
  // Onto a used terminal all rows scroll first.
  brush.write(synchronise + neutral(options.onto === 'used' ? '\x1b[r' : regionOf(source)));
  brush.reset();
  paintScreens(brush, source, options);
  writeState(brush, source, options);
  if (source.look?.kind === 'line') drawLine(brush, source.look, source);
  placeCursor(brush, source, synchroniseEnd);
  return brush.bytes;
}

function paintScreens(brush: Brush, source: RepaintSource, options: RepaintOptions): void {
  const { core, tracker, rows } = source;
  const { normal, alt } = core.buffers;
  if (options.onto === 'same' || options.onto === 'restored') {
    brush.write('\x1b[?1047l');
    if (source.look?.kind === 'line') brush.write(regionOf(source));
    paintAgain(brush, normal, { rows, historyLines: options.historyLines });
  } else {
    // From where the cursor is: what stands above it goes into the terminal's history, and no blank rows. Below it is
    // what a shell would erase at its next prompt.
    const linesBelow = source.look?.kind === 'line' ? 1 : 0;
    if (options.onto === 'used') brush.write(`\x1b[J\r${'\n'.repeat(rows + linesBelow)}`);
    if (linesBelow > 0) brush.write(regionOf(source));
    paintFlow(brush, historyAndScreen(normal, { rows, historyLines: options.historyLines }), rows);
  }
  standAt(brush, tracker.savedCursors.normal, { buffer: normal, act: '\x1b7' });
  brush.write(keySequence(tracker.normalKeys, options.onto));
  if (!tracker.isAlternate) return;
  enterAlternate(brush, tracker, normal);
  if (source.look?.kind === 'line') brush.write(regionOf(source));
  paintInPlace(brush, screenLines(alt, rows), { rows, isGrid: true });
  standAt(brush, tracker.savedCursors.alternate, { buffer: alt, act: '\x1b7' });
  brush.write(keySequence(tracker.alternateKeys, options.onto));
}

function regionOf({ look, rows }: RepaintSource): string {
  return look?.kind === 'line' ? regionAboveLine(rows) : '\x1b[r';
}

/** Over what the receiver shows; lines that it has not been shown scroll out at the top. */
function paintAgain(brush: Brush, normal: CoreBuffer, size: { rows: number; historyLines: number }): void {
  const lines = historyAndScreen(normal, size);
  if (lines.length <= size.rows) {
    paintInPlace(brush, lines, { rows: size.rows, isGrid: false });
    return;
  }
  eraseRows(brush, size.rows);
  paintFlow(brush, lines, size.rows);
}

function screenLines(buffer: CoreBuffer, rows: number): CoreLine[] {
  return linesFrom(buffer, { start: buffer.ybase, count: rows });
}

function historyAndScreen(buffer: CoreBuffer, size: { rows: number; historyLines: number }): CoreLine[] {
  const history = Math.min(buffer.ybase, Math.max(0, size.historyLines));
  return linesFrom(buffer, { start: buffer.ybase - history, count: history + size.rows });
}

export function linesFrom(buffer: CoreBuffer, range: { start: number; count: number }): CoreLine[] {
  const lines: CoreLine[] = [];
  for (let index = range.start; index < range.start + range.count; index++) {
    const line = buffer.lines.get(index);
    if (line !== undefined && index < buffer.lines.length) lines.push(line);
  }
  return lines;
}

// 1049 saves the cursor once more, which some terminals do in a slot of its own: it is taken from the saved place.
function enterAlternate(brush: Brush, tracker: ModeTracker, normal: CoreBuffer): void {
  const act = `\x1b[?${tracker.alternateMode}h`;
  standAt(brush, tracker.savedCursors.normal, { buffer: normal, act });
}

function writeState(brush: Brush, source: RepaintSource, options: RepaintOptions): void {
  const { tracker } = source;
  writeTabStops(brush, source);
  brush.write(modeSequence(tracker));
  brush.write(keyModifierSequence(tracker.keyModifiers));
  if (tracker.cursorStyle !== undefined) brush.write(`\x1b[${tracker.cursorStyle} q`);
  if (options.onto === 'used' || options.onto === 'restored') brush.write('\x1b[22;0t');
  brush.write(options.onto === 'same' ? currentTitleSequence(tracker.titles) : titleSequence(tracker.titles));
  if (source.look?.kind === 'title') brush.write(namedTitleSequence(tracker.titles, source.look.name));
  if (tracker.cwdUrl !== undefined) brush.write(`\x1b]7;${tracker.cwdUrl}\x1b\\`);
  if (options.onto === 'same') brush.write(colourResetSequence(tracker.colours));
  brush.write(colourSequence(tracker.colours));
}

function writeTabStops(brush: Brush, source: RepaintSource): void {
  const stops = tabStops(source.core.buffers.active, source.cols);
  const isUsual = String(stops) === String(defaultTabStops(source.cols));
  if (source.tracker.hasTouchedTabs || !isUsual) brush.write(tabStopSequence(stops));
}

function modeSequence(tracker: ModeTracker): string {
  let text = '';
  for (const [mode, isOn] of tracker.modes.savedModes) text += `${privateMode(mode, isOn)}\x1b[?${mode}s`;
  for (const [mode, isOn] of tracker.modes.privateModes) text += privateMode(mode, isOn);
  for (const [mode, isOn] of tracker.modes.ansiModes) text += `\x1b[${mode}${isOn ? 'h' : 'l'}`;
  if (tracker.sideMargins !== undefined) text += `\x1b[${tracker.sideMargins.left};${tracker.sideMargins.right || ''}s`;
  return text;
}

function privateMode(mode: number, isOn: boolean): string {
  if (mode === 66) return isOn ? '\x1b=' : '\x1b>';
  return `\x1b[?${mode}${isOn ? 'h' : 'l'}`;
}

function keyModifierSequence(modifiers: KeyModifiers): string {
  let text = '';
  for (const [resource, value] of modifiers.values) {
    if (value === -1) text += `\x1b[>${resource}n`;
    else text += value === undefined ? `\x1b[>${resource}m` : `\x1b[>${resource};${value}m`;
  }
  return text;
}

// Of the screen that is shown. A terminal that shows this session has its stack already; a second push would never be
// popped, so only the flags in force are set.
function keySequence(keys: KittyStack, onto: RepaintOptions['onto']): string {
  if (onto === 'same') return keys.isTouched ? `\x1b[=${keys.flags}u` : '';
  const [base, ...pushed] = keys.entries;
  return (base ? `\x1b[=${base}u` : '') + pushed.map((flags) => `\x1b[>${flags}u`).join('');
}
