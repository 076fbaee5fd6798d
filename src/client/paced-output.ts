// Bytes on their way to the user's terminal: one write at a time, and a word to the sender when the terminal is slow.

import { joinBytes } from '../base/join-bytes.ts';
import { littleOutput, maxUnwrittenBytes } from '../base/limits.ts';

export interface PacedOutputOptions {
  /** Writes what the terminal takes without waiting; how many bytes. */
  writeNow(bytes: Uint8Array): number;
  write(bytes: Uint8Array): Promise<void>;
  /** The terminal has taken so many bytes more of what it was to be written; what turns add is not counted. */
  onTaken(bytes: number): void;
  /** The terminal is slow: stop sending. */
  onFull(): void;
  /** Go on. */
  onReady(): void;
  /** The terminal is gone. */
  onError(error: unknown): void;
}

/** Something to be done between two writes, and perhaps bytes to write then. */
export type Turn = () => Uint8Array | null;

export class PacedOutput {
  readonly #options: PacedOutputOptions;
  #waiting: (Uint8Array | Turn)[] = [];
  #waitingBytes = 0;
  /** Turns that are dropped with the bytes behind them. */
  readonly #ofNext = new WeakSet<Turn>();
  #isFull = false;
  #work: Promise<void> | null = null;

  constructor(options: PacedOutputOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array): void {
    // A little is taken at once. Of much a part is, and the rest would be tried in vain before it waits.
    const taken = this.#work === null && bytes.length <= littleOutput.bytes ? this.#writeNow(bytes) : 0;
    if (taken < bytes.length) this.#queue(bytes.subarray(taken));
  }

  #writeNow(bytes: Uint8Array): number {
    try {
      const taken = this.#options.writeNow(bytes);
      if (taken > 0) this.#options.onTaken(taken);
      return taken;
    } catch (error) {
      this.#options.onError(error);
      return bytes.length;
    }
  }

  #queue(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (!this.#isFull && this.#waitingBytes > maxUnwrittenBytes) {
      this.#isFull = true;
      this.#options.onFull();
    }
    this.#work ??= this.#writeAll();
  }

  /**
   * Calls back once everything written so far was given to the terminal; never, if some of it is dropped. Bytes that it
   * returns are written before what came later. `isOfNext`: never, if what is written next is dropped.
   */
  afterwards(turn: Turn, { isOfNext = false }: { isOfNext?: boolean } = {}): void {
    if (this.#work !== null) {
      if (isOfNext) this.#ofNext.add(turn);
      this.#waiting.push(turn);
      return;
    }
    const bytes = turn();
    if (bytes !== null) this.write(bytes);
  }

  /** Forgets the bytes that were not yet given to the terminal, and what was to be done after them. True when there were any. */
  drop(): boolean {
    let from = this.#waiting.findIndex((item) => typeof item !== 'function');
    if (from === -1) return false;
    while (from > 0 && this.#ofNext.has(this.#waiting[from - 1] as Turn)) from--;
    this.#waiting.splice(from);
    this.#waitingBytes = 0;
    if (this.#isFull) {
      this.#isFull = false;
      this.#options.onReady();
    }
    return true;
  }

  /** Resolves when the terminal has taken everything. */
  async finished(): Promise<void> {
    while (this.#work !== null) await this.#work;
  }

  async #writeAll(): Promise<void> {
    try {
      for (let next = this.#take(); next !== null; next = this.#take()) {
        const bytes = typeof next === 'function' ? next() : next;
        if (bytes !== null) await this.#options.write(bytes);
        if (typeof next !== 'function') this.#options.onTaken(next.length);
      }
    } catch (error) {
      this.drop();
      this.#options.onError(error);
    } finally {
      this.#work = null;
    }
  }

  /** The next callback, or all bytes before it; null when there is nothing. */
  #take(): Uint8Array | Turn | null {
    const first = this.#waiting.shift() ?? null;
    if (first === null || typeof first === 'function') return first;
    // Most often there is one piece, a key's echo, which takes no more than this.
    const bytes = this.#waiting[0] instanceof Uint8Array ? joinBytes([first, ...this.#takePieces()]) : first;
    this.#waitingBytes -= bytes.length;
    if (this.#isFull && this.#waitingBytes <= maxUnwrittenBytes) {
      this.#isFull = false;
      this.#options.onReady();
    }
    return bytes;
  }

  /** All bytes before the next callback. */
  #takePieces(): Uint8Array[] {
    const end = this.#waiting.findIndex((item) => typeof item === 'function');
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end) as Uint8Array[];
  }
}
