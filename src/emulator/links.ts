// Hyperlinks by number. Takes the place of xterm's own keeper, which ties a link's life to markers on lines: those are
// slow (one more for each printed line) and lose the target of text that is still there, once a line was erased.

import type { Link } from './brush.ts';

/** Links made between two sweeps of those that no cell shows any more. Bounds memory at a few hundred kilobytes. */
const linksPerSweep = 4096;

export class Links {
  readonly #links = new Map<number, Link>();
  readonly #numbers = new Map<string, number>();
  readonly #usedNumbers: () => Set<number>;
  #next = 1;
  #made = 0;

  /** `usedNumbers` says which links any cell or pen still shows; it is asked seldom. */
  constructor(usedNumbers: () => Set<number>) {
    this.#usedNumbers = usedNumbers;
  }

  /** The number of a link: the same however often it is opened. */
  register(link: Link): number {
    const key = `${link.id ?? ''};${link.uri}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (++this.#made > linksPerSweep) this.#sweep();
    const number = this.#next++;
    this.#links.set(number, link);
    this.#numbers.set(key, number);
    return number;
  }

  get(number: number): Link | undefined {
    return this.#links.get(number);
  }

  #sweep(): void {
    this.#made = 0;
    const used = this.#usedNumbers();
    for (const number of this.#links.keys()) if (!used.has(number)) this.#links.delete(number);
    for (const [key, number] of this.#numbers) if (!used.has(number)) this.#numbers.delete(key);
  }
}
