// An emulator brought back from what was recorded of another: a paint of its screen, and what happened since then.

import { Emulator, type EmulatorOptions } from './emulator.ts';
import { keepNewestHistory } from './history-mark.ts';
import { cancel } from './repaint.ts';

/** How it was at the beginning: a repaint onto a fresh terminal. */
export interface RecordedScreen {
  cols: number;
  rows: number;
  paint: Uint8Array;
}

/** What happened since, in order. */
export type RecordedEvent =
  | { kind: 'output'; bytes: Uint8Array }
  | { kind: 'resize'; cols: number; rows: number }
  | RecordedRepaint;

/** How it was after output that was not kept: a repaint onto a fresh terminal, with such history lines as were kept. */
export interface RecordedRepaint extends RecordedScreen {
  kind: 'repaint';
  /** Lines that scrolled away unseen before those of `paint`. */
  missedLines: number;
  /** Lines of history at that moment; older ones were gone. */
  historyLength: number;
}

export type RestoreOptions = Pick<EmulatorOptions, 'historyLines' | 'onReply' | 'onFault'>;

/** What is in no reset: titles are popped, as often as they can have been pushed. */
const popTitles = '\x1b[23;0t'.repeat(10);
/** Makes a terminal a new one below its history, which RIS keeps. */
export const startOver = `${cancel}${popTitles}\x1bc`;
const encoder = new TextEncoder();

/** The emulator as it was when the last event happened. Questions in the recording stay unanswered, its bells do not ring again. */
export function restoredEmulator(
  { screen, events }: { screen: RecordedScreen; events: readonly RecordedEvent[] },
  options: RestoreOptions,
): Emulator {
  let isReplaying = true;
  const emulator = new Emulator({
    ...{ cols: screen.cols, rows: screen.rows, ...options },
    onReply: (bytes) => {
      if (!isReplaying) options.onReply(bytes);
    },
  });
  emulator.feed(screen.paint);
  for (const event of events) replay(emulator, event);
  isReplaying = false;
  emulator.takeNews();
  return emulator;
}

function replay(emulator: Emulator, event: RecordedEvent): void {
  switch (event.kind) {
    case 'output':
      emulator.feed(event.bytes);
      break;
    case 'resize':
      emulator.resize(event);
      break;
    case 'repaint':
      repaintBelowHistory(emulator, event);
  }
}

/** Starts the screen over with the paint; the history goes on above it, with a line that tells of a hole. */
function repaintBelowHistory(emulator: Emulator, repaint: RecordedRepaint): void {
  if (emulator.cols !== repaint.cols || emulator.rows !== repaint.rows) emulator.resize(repaint);
  const { cols, rows, missedLines, historyLength } = repaint;
  emulator.feed(encoder.encode(startOver));
  if (missedLines > 0) emulator.feed(encoder.encode(`${holeText(missedLines).slice(0, cols)}\x1b[${rows}H\n\x1b[H`));
  emulator.feed(repaint.paint);
  // Older ones were gone in the recorded terminal: somebody had cleared its history.
  keepNewestHistory(emulator, historyLength);
}

/** Stands in a history where lines are missing. */
export function holeText(missedLines: number): string {
  return missedLines >= 0xffff_ffff ? '[stay] lines are missing here' : `[stay] ${missedLines} lines are missing here`;
}
