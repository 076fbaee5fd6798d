// When the lines of a growing history were written, from where the cursor was at some moments: a line was done once the
// output had gone on below it.

interface Moment {
  /** The row of the cursor, counted like the lines. */
  row: number;
  at: number;
}

export class LineTimes {
  /** Rising rows. */
  #moments: Moment[] = [];
  /** Rows dropped so far: those of the moments count from the first line that ever was. */
  #dropped = 0;

  /** The cursor is in `row` now, counted from the oldest line that was not dropped. What is below is not done any more. */
  note(row: number, at: number): void {
    const moments = this.#moments;
    const cursor = this.#dropped + row;
    while ((moments.at(-1)?.row ?? 0) > cursor) moments.pop();
    if ((moments.at(-1)?.row ?? -1) < cursor) moments.push({ row: cursor, at });
  }

  /** When the line in `row` was done; null when it is not. */
  of(row: number): number | null {
    const line = this.#dropped + row;
    const moments = this.#moments;
    let [low, high] = [0, moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (moments[middle]!.row > line) high = middle;
      else low = middle + 1;
    }
    return moments[low]?.at ?? null;
  }

  /** The oldest `count` lines are gone. */
  drop(count: number): void {
    this.#dropped += count;
    const first = this.#moments.findIndex(({ row }) => row > this.#dropped);
    this.#moments.splice(0, first === -1 ? this.#moments.length : first);
  }

  clear(): void {
    this.#moments = [];
    this.#dropped = 0;
  }
}
