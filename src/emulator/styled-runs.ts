// The extended attributes of a line's cells as the few runs that they are; whoever asks gets them cell by cell.

import type { Sides } from './packed-block.ts';
import type { CoreExtended } from './xterm-core.ts';

interface StyledRun {
  start: number;
  end: number;
  extended: CoreExtended;
}

export class StyledRuns implements Sides {
  readonly #runs: StyledRun[] = [];

  add(run: StyledRun): void {
    this.#runs.push(run);
  }

  get combined(): Record<number, string> {
    return {};
  }

  get extended(): Record<number, CoreExtended | undefined> {
    const cells: Record<number, CoreExtended | undefined> = {};
    for (const { start, end, extended } of this.#runs) for (let col = start; col < end; col++) cells[col] = extended;
    return cells;
  }
}
