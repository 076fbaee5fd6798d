// Where the lines of some output begin, and what is written there.

import type { CoreAttributes } from './xterm-core.ts';

export interface LineStart {
  /** Index of its first byte. */
  at: number;
  /** Rows that were written before it. */
  row: number;
  /** What it begins to be written with. */
  pen: Readonly<CoreAttributes>;
}

export class LineStarts {
  // Numbers, for there are many; pens where they change.
  readonly #at: number[] = [];
  readonly #rows: number[] = [];
  readonly #pens: { from: number; pen: Readonly<CoreAttributes> }[] = [];

  add(at: number, row: number, { fg, bg, extended }: CoreAttributes): void {
    const last = this.#pens.at(-1)?.pen;
    if (last === undefined || last.fg !== fg || last.bg !== bg || last.extended !== extended)
      this.#pens.push({ from: this.#at.length, pen: { fg, bg, extended } });
    this.#at.push(at);
    this.#rows.push(row);
  }

  get(index: number): LineStart {
    const { pen } = this.#pens.findLast(({ from }) => from <= index)!;
    return { at: this.#at[index]!, row: this.#rows[index]!, pen };
  }

  /** Index of the last line that begins at `row` or before it; there is one. */
  lastBefore(row: number): number {
    return this.#rows.findLastIndex((one) => one <= row);
  }
}
