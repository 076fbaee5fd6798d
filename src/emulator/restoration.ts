// The bytes that undo, in the user's terminal, what the program turned on and what the repaint did there.
//
// Resets that do no harm when they are not needed are given once the program has touched the thing at all, even if it is
// back to normal: the user's terminal may be some bytes behind. What counts (leaving the alternate screen, popping key
// flags and titles) is given exactly as often as it is due.

import { colourResetSequence } from './colours.ts';
import type { ModeTracker } from './mode-tracker.ts';
import { onByDefault } from './modes.ts';
import { cancel } from './repaint.ts';
import { defaultTabStops, tabStopSequence } from './tab-stops.ts';

export interface RestorationFacts {
  cols: number;
  hasPushedTitle: boolean;
  /** The row of our line, from 1, where there is one. */
  lineRow: number | null;
}

export function restorationText(tracker: ModeTracker, facts: RestorationFacts): string {
  return (
    cancel +
    '\x1b[?2026l' +
    leaveAlternate(tracker, facts) +
    popKeys(tracker.normalKeys) +
    resetKeyModifiers(tracker) +
    resetModes(tracker) +
    resetLayout(tracker, facts) +
    resetAppearance(tracker) +
    popTitles(tracker, facts.hasPushedTitle)
  );
}

function leaveAlternate(tracker: ModeTracker, { lineRow }: RestorationFacts): string {
  if (!tracker.isAlternate) return '';
  return `${popKeys(tracker.alternateKeys)}${eraseLine(lineRow)}\x1b[?${tracker.alternateMode}l`;
}

function popKeys(keys: ModeTracker['normalKeys']): string {
  const pop = keys.depth > 0 ? `\x1b[<${keys.depth}u` : '';
  return keys.entries[0] ? `${pop}\x1b[=0u` : pop;
}

function resetKeyModifiers(tracker: ModeTracker): string {
  return [...tracker.keyModifiers.values.keys()].map((resource) => `\x1b[>${resource}m`).join('');
}

function resetModes(tracker: ModeTracker): string {
  let text = '';
  for (const [mode, isOn] of tracker.modes.privateModes) {
    if (mode === 66) text += '\x1b>';
    else if (onByDefault.has(mode)) text += isOn ? '' : `\x1b[?${mode}h`;
    else text += `\x1b[?${mode}l`;
  }
  for (const [mode] of tracker.modes.ansiModes) if (mode !== 12 && mode !== 20) text += `\x1b[${mode}l`;
  return text;
}

// Setting the region moves the cursor, so it is saved around that. Ending origin mode moves it too, and where it was
// cannot be had back: the last row is where nothing is written over.
function resetLayout(tracker: ModeTracker, { cols, lineRow }: RestorationFacts): string {
  const tabs = tracker.hasTouchedTabs ? tabStopSequence(defaultTabStops(cols)) : '';
  const origin = isOriginLeft(tracker) ? '\x1b[r\x1b[?6l\x1b[999;1H' : '';
  const reverseWrap = tracker.isPrivateSet(45) ? '\x1b[?45l' : '';
  return `${reverseWrap}\x1b[4l\x1b[20l\x1b(B\x1b)B\x0f\x1b[0m\x1b]8;;\x1b\\${origin}\x1b7\x1b[r${eraseLine(lineRow)}${tabs}\x1b8\x1b[?7h\x1b[?25h`;
}

/** Also where leaving the alternate screen brings it back, with the cursor that was saved on the way there. */
function isOriginLeft(tracker: ModeTracker): boolean {
  const isRestored = tracker.isAlternate && tracker.alternateMode === 1049 && tracker.savedCursors.normal.isOrigin;
  return isRestored || tracker.isPrivateSet(6) === true;
}

/** Moves the cursor, and takes the region away. */
function eraseLine(row: number | null): string {
  return row === null ? '' : `\x1b[0m\x1b[?6l\x1b[r\x1b[${row};1H\x1b[2K`;
}

function resetAppearance(tracker: ModeTracker): string {
  const text = tracker.cursorStyle === undefined ? '' : '\x1b[0 q';
  return text + colourResetSequence(tracker.colours);
}

function popTitles(tracker: ModeTracker, hasPushedTitle: boolean): string {
  const { icon, window } = tracker.titles;
  const pushed = Math.max(icon.entries.length, window.entries.length) + (hasPushedTitle ? 1 : 0);
  return '\x1b[23;0t'.repeat(pushed);
}
