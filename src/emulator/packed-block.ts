// Some hundred lines of the history together, in few bytes, compressed or as they are.

import type { CoreExtended } from './xterm-core.ts';

/** What makes bytes fewer, and those the same again: at once, for lines are read one by one. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  expand(bytes: Uint8Array): Uint8Array;
}

/** What few lines have, by column: characters of several code points, underline styles and links. */
export interface Sides {
  readonly combined: Record<number, string>;
  readonly extended: Record<number, CoreExtended | undefined>;
}

/** Lines that are kept together, one after the other. */
export interface BlockOfLines {
  /** Their cells, as `packed-cells.ts` writes them, and behind them an entry for each line: see `entryBytes`. */
  bytes: Uint8Array;
  /** Columns of each. */
  lengths: Uint16Array;
  /** 1 for each line that goes on with the one before. */
  wrapped: Uint8Array;
  sides: (Sides | null)[] | null;
}

/** Two numbers for each line: where its cells begin, and their characters if they are mere text, else 0. */
export const entryBytes = 8;

export class PackedBlock {
  #bytes: Uint8Array;
  #codec: Codec | null = null;
  readonly #sides: (Sides | null)[] | null;
  readonly lengths: Uint16Array;
  readonly wrapped: Uint8Array;

  constructor({ bytes, lengths, wrapped, sides }: BlockOfLines) {
    this.#bytes = bytes;
    this.#sides = sides;
    this.lengths = lengths;
    this.wrapped = wrapped;
  }

  get count(): number {
    return this.lengths.length;
  }

  get byteLength(): number {
    return this.#bytes.byteLength + this.lengths.byteLength + this.wrapped.byteLength;
  }

  get isCompressed(): boolean {
    return this.#codec !== null;
  }

  compress(codec: Codec): void {
    if (this.#codec !== null) return;
    // A copy: what a library hands out is the beginning of something larger, and a Buffer's `slice` would keep that.
    this.#bytes = new Uint8Array(codec.compress(this.#bytes));
    this.#codec = codec;
  }

  expand(): Uint8Array {
    return this.#codec === null ? this.#bytes : this.#codec.expand(this.#bytes);
  }

  sidesOf(index: number): Sides | null {
    return this.#sides?.[index] ?? null;
  }
}
