// What happened to a session's screen and is not in its journal yet. Bounded: of a flood only the resulting screen is kept.

import { joinBytes } from '../base/join-bytes.ts';
import { floodHistoryLines, type JournalRate, maxUnsavedBytes } from '../base/limits.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { type HistoryMark, historyLength, markHistory } from '../emulator/history-mark.ts';
import type { JournalChange } from '../storage/journal.ts';

export class UnsavedRecords {
  readonly #emulator: Emulator;
  readonly #rate: JournalRate;
  /** Bytes of output that may be journaled, at the time `#allowedAt`. */
  #allowance: number;
  #allowedAt = 0;
  #records: JournalChange[] = [];
  #bytes = 0;
  #isFlooded = false;
  #since: number | null = null;
  /** The history as the last record knows it. */
  #mark: HistoryMark;
  #hasHole = false;

  constructor(emulator: Emulator, rate: JournalRate) {
    this.#emulator = emulator;
    this.#rate = rate;
    this.#allowance = rate.burstBytes;
    this.#mark = markHistory(emulator);
  }

  /** When the oldest of it happened; null when there is nothing. */
  get since(): number | null {
    return this.#since;
  }

  /** Bytes of output in it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there was more than is kept. */
  get isFlooded(): boolean {
    return this.#isFlooded;
  }

  /** Whether lines were left out since the last `clear`. */
  get hasHole(): boolean {
    return this.#hasHole;
  }

  add(record: JournalChange): void {
    this.#since ??= record.at;
    const isAllowed = record.kind !== 'output' || this.#isAllowed(record.bytes.length, record.at);
    if (this.#isFlooded) return;
    this.#records.push(record);
    if (record.kind === 'output') this.#bytes += record.bytes.length;
    if (isAllowed && this.#bytes <= maxUnsavedBytes) return;
    this.#isFlooded = true;
    this.#records = [];
    this.#bytes = 0;
  }

  /** Takes `bytes` from what may be journaled. In a flood nothing is saved up: it would be spent on pieces of that. */
  #isAllowed(bytes: number, now: number): boolean {
    const { burstBytes, bytesPerMs } = this.#rate;
    // The clock may have been set back.
    const grown = Math.max(0, now - this.#allowedAt) * bytesPerMs;
    const allowance = Math.min(burstBytes, this.#allowance + grown);
    this.#allowedAt = now;
    this.#allowance = Math.max(0, allowance - bytes);
    return bytes <= allowance;
  }

  /** Everything, as records for the journal; then there is nothing. */
  take(now: number): JournalChange[] {
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

  #repaint(at: number): JournalChange {
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
function joined(records: readonly JournalChange[]): JournalChange[] {
  const all: JournalChange[] = [];
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
