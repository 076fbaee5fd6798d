// The history of an emulator's normal screen: how long it is, how many lines are new (without listening to every one of
// them), and forgetting it.

import type { Emulator } from './emulator.ts';

/** A place in the history that knows how many lines came after it. */
export interface HistoryMark {
  /** Lines that have scrolled into the history since the mark was set; infinitely many when all of it is new. */
  newLines(): number;
  dispose(): void;
}

/** Marks the present end of the history of `emulator`'s normal screen. */
export function markHistory(emulator: Emulator): HistoryMark {
  const { core } = emulator.parts;
  const { normal } = core.buffers;
  const length = normal.ybase;
  const line = lineToMark(emulator);
  const marker = line === null ? null : normal.addMarker(line);
  return {
    newLines() {
      // A full reset makes a new screen below the old history; nobody follows its lines.
      if (core.buffers.normal !== normal) return Math.max(0, historyLength(emulator) - length);
      if (marker?.isDisposed) return Number.POSITIVE_INFINITY;
      return Math.max(0, normal.ybase - 1 - (marker?.line ?? -1));
    },
    dispose: () => marker?.dispose(),
  };
}

/**
 * The last line of the history: editing on the screen below never moves it. Where none is kept, the first of the screen,
 * which is gone once anything has scrolled away. None as long as a history that is kept has no lines.
 */
function lineToMark(emulator: Emulator): number | null {
  const { lines, ybase } = emulator.parts.core.buffers.normal;
  if (ybase > 0) return ybase - 1;
  return lines.maxLength > emulator.rows ? null : 0;
}

/** Lines in the history of `emulator`'s normal screen. */
export function historyLength(emulator: Emulator): number {
  return emulator.parts.core.buffers.normal.ybase;
}

/** Forgets all but the newest `lines` lines of the history; the screen stays. */
export function keepNewestHistory(emulator: Emulator, lines: number): void {
  const excess = historyLength(emulator) - lines;
  if (excess > 0) dropOldest(emulator, excess);
}

/** Forgets the oldest `count` lines of the history, which must be there. */
export function dropOldest(emulator: Emulator, count: number): void {
  const { normal } = emulator.parts.core.buffers;
  normal.lines.splice(0, count);
  normal.ybase -= count;
  normal.ydisp = normal.ybase;
}
