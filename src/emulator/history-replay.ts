// A recording played again for what scrolled away in it: every line once, in order, also those that a terminal would have
// forgotten by then, and at the end those that are still on the screen. What is on the alternate screen adds nothing.

import type { Disposable } from '../base/disposables.ts';
import { replayedLines } from '../base/limits.ts';
import { Emulator } from './emulator.ts';
import { dropOldest } from './history-mark.ts';
import { LineTimes } from './line-times.ts';
import { linesFrom } from './repaint.ts';
import {
  holeText,
  type RecordedEvent,
  type RecordedRepaint,
  type RecordedScreen,
  startOver,
} from './restored-emulator.ts';
import { ansiWrappedLine, plainWrappedLine } from './text-lines.ts';
import type { CoreBuffer, CoreLine } from './xterm-core.ts';

export interface HistoryLine {
  /** A whole line as it was written, however it wrapped, without blanks at its end. */
  text: string;
  /** The same with colours and links, where they are wanted. */
  ansi: string | null;
  /** When the output went on below it, in milliseconds since 1970; of what it never went below, when the output ended. */
  at: number;
}

/** A part of the recording begins. */
export interface RecordedStart extends RecordedScreen {
  at: number;
  /** Whether the paint holds history that the recording told already, if there is any. */
  hasHistory: boolean;
  /** How this part follows what was told before: the same terminal went on later, or nobody knows what was between. */
  follows: 'nothing' | 'the same' | 'a hole';
}

export interface ReplayOptions {
  isAnsi: boolean;
  /** Lines that are kept until they are told; see `replayedLines`. */
  keptLines?: number;
}

const encoder = new TextEncoder();
const lineFeed = 0x0a;
const quiet = { onReply: () => {}, onFault: () => {} };

export class HistoryReplay implements Disposable {
  readonly #isAnsi: boolean;
  readonly #kept: number;
  readonly #capacity: number;
  readonly #times = new LineTimes();
  #emulator: Emulator | null = null;
  #told: HistoryLine[] = [];
  #at = 0;

  constructor({ isAnsi, keptLines = replayedLines }: ReplayOptions) {
    this.#isAnsi = isAnsi;
    this.#kept = keptLines;
    this.#capacity = 5 * keptLines;
  }

  begin(start: RecordedStart): void {
    const before = this.#emulator;
    this.#at = start.at;
    if (before !== null && start.follows === 'the same') this.#goOn(before, start);
    else this.#beginAnew(before, start);
  }

  /** Something happened. Nothing is told of what happened before the first beginning. */
  play(event: RecordedEvent & { at: number }): void {
    const emulator = this.#emulator;
    if (emulator === null) return;
    this.#at = event.at;
    switch (event.kind) {
      case 'output':
        this.#feed(emulator, event.bytes);
        break;
      case 'resize':
        this.#resize(emulator, event);
        break;
      case 'repaint':
        this.#repaint(emulator, event);
    }
    this.#note(emulator);
  }

  /** The lines that are told by now, each once. */
  take(): HistoryLine[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }

  /** The recording ends: what is left of its lines is told, those of the screen as well. */
  finish(): void {
    this.#end();
  }

  dispose(): void {
    this.#emulator?.dispose();
    this.#emulator = null;
  }

  /** What was before is told, the old screen too: it scrolled away unseen, or nobody knows. */
  #beginAnew(before: Emulator | null, start: RecordedStart): void {
    this.#end();
    before?.dispose();
    if (start.follows === 'a hole') this.#tell(holeText(Number.POSITIVE_INFINITY));
    const { cols, rows } = start;
    const emulator = new Emulator({ cols, rows, historyLines: this.#capacity, ...quiet });
    this.#emulator = emulator;
    this.#watch(emulator);
    emulator.feed(before === null ? start.paint : newPaint(start));
    this.#note(emulator);
  }

  /** As the server did that took the session over: the program's traces go, the new size comes, the screen is painted. */
  #goOn(emulator: Emulator, start: RecordedStart): void {
    emulator.feed(emulator.restoration());
    this.#resize(emulator, start);
    emulator.feed(encoder.encode(startOver));
    emulator.feed(newPaint(start));
    this.#note(emulator);
  }

  /** Piece by piece: what scrolls by at once is told afterwards, before the emulator would forget it. */
  #feed(emulator: Emulator, bytes: Uint8Array): void {
    const { buffers } = emulator.parts.core;
    for (let at = 0; at < bytes.length; ) {
      if (buffers.normal.ybase >= 2 * this.#kept) this.#tellHistory(emulator, this.#kept);
      const end = endOfRows(bytes, at, { rows: this.#kept, cols: emulator.cols });
      emulator.feed(bytes.subarray(at, end));
      at = end;
    }
  }

  #repaint(emulator: Emulator, repaint: RecordedRepaint): void {
    this.#tellHistory(emulator, 0);
    if (repaint.missedLines > 0) this.#tell(holeText(repaint.missedLines));
    emulator.feed(encoder.encode(startOver));
    this.#resize(emulator, repaint);
    emulator.feed(repaint.paint);
  }

  #resize(emulator: Emulator, { cols, rows }: { cols: number; rows: number }): void {
    if (emulator.cols === cols && emulator.rows === rows) return;
    // Narrower lines are more lines.
    const growth = Math.max(1, Math.ceil(emulator.cols / Math.max(2, cols)));
    this.#tellHistory(emulator, Math.min(this.#kept, Math.floor(this.#capacity / growth) - emulator.rows));
    const { normal } = emulator.parts.core.buffers;
    const times = lineEnds(normal).map((end) => this.#times.of(end));
    emulator.resize({ cols, rows });
    // The same lines now end in other rows.
    this.#times.clear();
    lineEnds(normal).forEach((end, index) => {
      const at = times[index] ?? null;
      if (at !== null) this.#times.note(end + 1, at);
    });
  }

  /** Lines are told before the emulator would forget them: as it scrolls, and when its history is erased. */
  #watch(emulator: Emulator): void {
    const { core } = emulator.parts;
    const { _bufferService: service, _inputHandler: input } = core;
    const scroll = service.scroll.bind(service);
    service.scroll = (attributes, isWrapped) => {
      if (core.buffers.normal.ybase >= 2 * this.#kept) this.#tellHistory(emulator, this.#kept);
      scroll(attributes, isWrapped);
    };
    const erase = input.eraseInDisplay.bind(input);
    input.eraseInDisplay = (params, respectProtect) => {
      if (params.params[0] === 3) this.#tellHistory(emulator, 0);
      return erase(params, respectProtect);
    };
  }

  #note(emulator: Emulator): void {
    const { normal } = emulator.parts.core.buffers;
    this.#times.note(normal.ybase + normal.y, this.#at);
  }

  /** Tells all of the history but its newest `kept` lines, and forgets them. */
  #tellHistory(emulator: Emulator, kept: number): void {
    const { normal } = emulator.parts.core.buffers;
    const count = this.#tellable(normal, Math.max(0, kept));
    if (count <= 0) return;
    this.#tellRows(emulator, linesFrom(normal, { start: 0, count }));
    dropOldest(emulator, count);
    this.#times.drop(count);
  }

  /** How many rows may be told: whole lines. One that goes on and on is told in parts. */
  #tellable(normal: CoreBuffer, kept: number): number {
    const most = normal.ybase - kept;
    let count = most;
    while (kept > 0 && count > 0 && normal.lines.get(count)?.isWrapped) count--;
    return count <= 0 && most > 2 * this.#kept ? most : count;
  }

  #tellRows(emulator: Emulator, rows: readonly CoreLine[]): void {
    for (let start = 0; start < rows.length; ) {
      let end = start + 1;
      while (rows[end]?.isWrapped) end++;
      this.#tellLine(emulator, rows.slice(start, end), this.#times.of(end - 1) ?? this.#at);
      start = end;
    }
  }

  #tellLine(emulator: Emulator, rows: readonly CoreLine[], at: number): void {
    const text = plainWrappedLine(rows);
    const { links } = emulator.parts;
    this.#told.push({ text, ansi: this.#isAnsi ? ansiWrappedLine(rows, (id) => links.get(id)) : null, at });
  }

  #tell(text: string): void {
    this.#told.push({ text, ansi: this.#isAnsi ? text : null, at: this.#at });
  }

  /** Tells history and screen, without the empty rows at its end. */
  #end(): void {
    const emulator = this.#emulator;
    if (emulator === null) return;
    const { normal } = emulator.parts.core.buffers;
    const rows = linesFrom(normal, { start: 0, count: normal.lines.length });
    const end = rows.findLastIndex((row) => plainWrappedLine([row]) !== '') + 1;
    this.#tellRows(emulator, rows.slice(0, end));
    this.#times.clear();
  }
}

/** The paint without history that was told before. */
function newPaint({ cols, rows, paint, hasHistory }: RecordedStart): Uint8Array {
  if (!hasHistory) return paint;
  const emulator = new Emulator({ cols, rows, historyLines: 0, ...quiet });
  emulator.feed(paint);
  const screen = emulator.repaint({ onto: 'fresh', historyLines: 0 });
  emulator.dispose();
  return screen;
}

/** Where bytes end that take no more than twice as many rows, from `at` on: so many lines, and as many that are filled. */
function endOfRows(bytes: Uint8Array, at: number, { rows, cols }: { rows: number; cols: number }): number {
  const most = Math.min(bytes.length, at + rows * cols);
  let end = at;
  for (let line = 0; line < rows && end < most; line++) end = bytes.indexOf(lineFeed, end) + 1 || most;
  return Math.min(end, most);
}

/** The last row of each line of the history and the screen. */
function lineEnds({ lines }: CoreBuffer): number[] {
  const rows = Array.from({ length: lines.length }, (_, row) => row);
  return rows.filter((row) => row + 1 === lines.length || !lines.get(row + 1)?.isWrapped);
}
