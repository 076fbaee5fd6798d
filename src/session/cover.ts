// The time in which the holder shows something else than the session: how much of the session it misses.

import type { Emulator } from '../emulator/emulator.ts';
import { type HistoryMark, markHistory } from '../emulator/history-mark.ts';

export class Cover {
  readonly #emulator: Emulator;
  #linesBefore = 0;
  #mark: HistoryMark;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.#mark = markHistory(emulator);
  }

  /** Lines that have scrolled away since it began; infinitely many when all of the history is new. */
  get missedLines(): number {
    return this.#linesBefore + this.#mark.newLines();
  }

  /** Does what lays the lines out anew in both terminals: it scrolls the same away in both, and what was missed still is. */
  during(change: () => void): void {
    this.#linesBefore = this.missedLines;
    this.#mark.dispose();
    change();
    this.#mark = markHistory(this.#emulator);
  }

  dispose(): void {
    this.#mark.dispose();
  }
}
