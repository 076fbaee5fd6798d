// What happened to a session's screen and is not in its journal yet. Bounded: of a flood only the resulting screen is kept.

import { floodHistoryLines, maxJournaledBytes } from '../base/limits.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { type HistoryMark, historyLength, markHistory } from '../emulator/history-mark.ts';
import { joinBytes } from '../protocol/frames.ts';
import type { JournalRecord } from '../storage/journal.ts';

export class UnsavedRecords {
  readonly #emulator: Emulator;
  #records: JournalRecord[] = [];
  #bytes = 0;
  #isFlooded = false;
  #since: number | null = null;
  /** The history as the last record knows it. */
  #mark: HistoryMark;
  #hasHole = false;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.#mark = markHistory(emulator);
  }

  /** When the oldest of it happened; null when there is nothing. */
  get since(): number | null {
    return this.#since;
  }

  /** Whether there was more than is kept. */
  get isFlooded(): boolean {
    return this.#isFlooded;
  }

  /** Whether lines were left out since the last `clear`. */
  get hasHole(): boolean {
    return this.#hasHole;
  }

  add(record: JournalRecord): void {
    this.#since ??= record.at;
    if (this.#isFlooded) return;
    this.#records.push(record);
    if (record.kind !== 'output') return;
    this.#bytes += record.bytes.length;
    if (this.#bytes <= maxJournaledBytes) return;
    this.#isFlooded = true;
    this.#records = [];
  }

  /** Everything, as records for the journal; then there is nothing. */
  take(now: number): JournalRecord[] {
    const records = this.#isFlooded ? [this.#repaint(now)] : joined(this.#records);
    this.#begin();
    return records;
  }

  /** Forgets everything: the whole screen has been kept. */
  clear(): void {
    this.#hasHole = false;
    this.#begin();
  }

  #begin(): void {
    this.#records = [];
    this.#bytes = 0;
    this.#isFlooded = false;
    this.#since = null;
    this.#mark.dispose();
    this.#mark = markHistory(this.#emulator);
  }

  #repaint(at: number): JournalRecord {
    const { cols, rows } = this.#emulator;
    const length = historyLength(this.#emulator);
    const newLines = this.#mark.newLines();
    const kept = Math.min(newLines, length, floodHistoryLines);
    if (newLines > kept) this.#hasHole = true;
    const paint = this.#emulator.repaint({ onto: 'fresh', historyLines: kept });
    return { kind: 'repaint', at, cols, rows, paint, missedLines: newLines - kept, historyLength: length };
  }
}

/** The same with one record for output that was read in several pieces. */
function joined(records: readonly JournalRecord[]): JournalRecord[] {
  const all: JournalRecord[] = [];
  for (let start = 0; start < records.length; ) {
    let end = start;
    const pieces: Uint8Array[] = [];
    for (let next = records[end]; next?.kind === 'output'; next = records[++end]) pieces.push(next.bytes);
    const first = records[start]!;
    all.push(first.kind === 'output' ? { ...first, bytes: joinBytes(pieces) } : first);
    start = Math.max(end, start + 1);
  }
  return all;
}
