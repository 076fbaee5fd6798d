// Bytes on their way to the user's terminal: one write at a time, and a word to the sender when the terminal is slow.

import { maxUnwrittenBytes } from '../base/limits.ts';
import { joinBytes } from '../protocol/frames.ts';

export interface PacedOutputOptions {
  write(bytes: Uint8Array): Promise<void>;
  /** The terminal is slow: stop sending. */
  onFull(): void;
  /** Go on. */
  onReady(): void;
  /** The terminal is gone. */
  onError(error: unknown): void;
}

export class PacedOutput {
  readonly #options: PacedOutputOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #isFull = false;
  #work: Promise<void> | null = null;

  constructor(options: PacedOutputOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (!this.#isFull && this.#waitingBytes > maxUnwrittenBytes) {
      this.#isFull = true;
      this.#options.onFull();
    }
    this.#work ??= this.#writeAll();
  }

  /** Forgets what was not yet given to the terminal. */
  drop(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /** Resolves when the terminal has taken everything. */
  async finished(): Promise<void> {
    while (this.#work !== null) await this.#work;
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#options.write(this.#take());
    } catch (error) {
      this.drop();
      this.#options.onError(error);
    } finally {
      this.#work = null;
    }
  }

  #take(): Uint8Array {
    const [first] = this.#waiting;
    const bytes = this.#waiting.length === 1 && first !== undefined ? first : joinBytes(this.#waiting);
    this.drop();
    if (this.#isFull) {
      this.#isFull = false;
      this.#options.onReady();
    }
    return bytes;
  }
}
