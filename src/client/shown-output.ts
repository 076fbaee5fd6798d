// What the user's terminal was shown of the session, and the restoration that undoes it, in step: the server tells that ahead of
// need, and it is of use from when the terminal has what it undoes.

import { PacedOutput, type PacedOutputOptions } from './paced-output.ts';

const nothing = new Uint8Array();

export class ShownOutput {
  readonly #output: PacedOutput;
  #hasShown = false;
  #restoration: Uint8Array = nothing;
  /** What undoes a paint is told before it, and is of use once some of that is shown. */
  #isAhead = true;
  #restorationOfNext: Uint8Array | null = null;
  /** Some output was not shown, and what would undo it is not for us. */
  #isMissingOutput = false;

  constructor({ writeNow, write, ...options }: PacedOutputOptions) {
    this.#output = new PacedOutput({
      ...options,
      writeNow: (bytes) => {
        const taken = writeNow(bytes);
        this.#hasShown ||= taken > 0;
        return taken;
      },
      write: (bytes) => {
        this.#hasShown = true;
        return write(bytes);
      },
    });
  }

  /** Whether the terminal was given anything. */
  get hasShown(): boolean {
    return this.#hasShown;
  }

  /** The bytes that undo what the terminal was given. */
  get restoration(): Uint8Array {
    return this.#restoration;
  }

  show(bytes: Uint8Array): void {
    const restoration = this.#restorationOfNext;
    this.#restorationOfNext = null;
    this.#isAhead = false;
    if (restoration !== null) this.#replaceLater(restoration, { isOfNext: true });
    this.#output.write(bytes);
  }

  /** Output is left out that was to be shown. */
  miss(): void {
    this.#isAhead = false;
    this.#isMissingOutput = true;
  }

  /** The server tells what undoes the output so far; or the next, when there was none yet. */
  restoredBy(restoration: Uint8Array): void {
    if (this.#isAhead) this.#restorationOfNext = restoration;
    else if (!this.#isMissingOutput) this.#replaceLater(restoration, { isOfNext: false });
  }

  /** Undoes what was shown. From then on nothing is to undo, until something is shown again. */
  restore(): void {
    this.#output.afterwards(() => {
      const restoration = this.#restoration;
      this.#restoration = nothing;
      return restoration;
    });
  }

  /** The same; what is shown next is a paint. */
  beginAgain(): void {
    this.#isAhead = true;
    this.#restorationOfNext = null;
    this.restore();
  }

  /** A word of our own, after which nothing is to undo: a bell. */
  write(bytes: Uint8Array): void {
    this.#output.write(bytes);
  }

  /** Forgets what the terminal was not given yet. */
  drop(): void {
    this.#isMissingOutput = this.#output.drop();
  }

  /** Resolves when the terminal has taken everything. */
  finished(): Promise<void> {
    return this.#output.finished();
  }

  #replaceLater(restoration: Uint8Array, options: { isOfNext: boolean }): void {
    this.#output.afterwards(() => {
      this.#restoration = restoration;
      return null;
    }, options);
  }
}
