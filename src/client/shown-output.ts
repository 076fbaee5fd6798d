// What the user's terminal was shown of the session, and what undoes that, in step: the server tells the latter ahead of need,
// and it is of use from when the terminal has what it undoes.

import { PacedOutput, type PacedOutputOptions } from './paced-output.ts';

const nothing = new Uint8Array();

export class ShownOutput {
  readonly #output: PacedOutput;
  #hasShown = false;
  #undo: Uint8Array = nothing;
  /** What undoes a paint comes before it, and is of use once some of that is shown. */
  #isAhead = true;
  #undoOfNext: Uint8Array | null = null;
  /** Some output was not shown, and what would undo it is not for us. */
  #isMissingOutput = false;

  constructor({ write, ...options }: PacedOutputOptions) {
    this.#output = new PacedOutput({
      ...options,
      write: (bytes) => {
        this.#hasShown = true;
        return write(bytes);
      },
    });
  }

  /** Whether the terminal shows anything of the session. */
  get hasShown(): boolean {
    return this.#hasShown;
  }

  /** The bytes that undo what is shown. */
  get restoration(): Uint8Array {
    return this.#undo;
  }

  show(bytes: Uint8Array): void {
    const undo = this.#undoOfNext;
    this.#undoOfNext = null;
    this.#isAhead = false;
    if (undo !== null) this.#output.afterwards(() => this.#undoneBy(undo), { isOfNext: true });
    this.#output.write(bytes);
  }

  /** Output is left out that was to be shown. */
  miss(): void {
    this.#isAhead = false;
    this.#isMissingOutput = true;
  }

  /** The server tells what undoes the output so far; or the output to come, when there was none yet. */
  undoneBy(undo: Uint8Array): void {
    if (this.#isAhead) this.#undoOfNext = undo;
    else if (!this.#isMissingOutput) this.#output.afterwards(() => this.#undoneBy(undo));
  }

  /** Undoes what is shown, and begins anew. */
  beginAgain(): void {
    this.#isAhead = true;
    this.undo();
  }

  /** Undoes what is shown: from then on nothing is to undo until we are told again. */
  undo(): void {
    this.#output.afterwards(() => {
      const undo = this.#undo;
      this.#undo = nothing;
      return undo;
    });
  }

  /** What something of ours writes, which the session's modes do not change. */
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

  #undoneBy(undo: Uint8Array): null {
    this.#undo = undo;
    return null;
  }
}
