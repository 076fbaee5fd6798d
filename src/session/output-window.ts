// How far ahead of its terminal a client is sent output, and how fast that terminal is. Of a client that does not tell what its
// terminal takes, the socket is all we know.

import { outputWindow } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';

export interface OutputWindowOptions {
  /** The client tells what its terminal has taken. */
  isTold: boolean;
  clock: Pick<Clock, 'now'>;
  /** The client can be sent more. */
  onRoom(): void;
}

export class OutputWindow {
  readonly #options: OutputWindowOptions;
  #sentBytes = 0;
  #takenBytes = 0;
  #maxBytes: number = outputWindow.first;
  /** When the window became full, and what was taken by then; null while it is not. */
  #full: { at: number; takenBytes: number } | null = null;
  #isWireFull = false;

  constructor(options: OutputWindowOptions) {
    this.#options = options;
  }

  /** Bytes that the terminal has taken so far; or that the client was sent, when it does not tell. */
  get takenBytes(): number {
    return this.#options.isTold ? this.#takenBytes : this.#sentBytes;
  }

  /** Bytes of output to be dealt with at a time: a quarter of the window, but not too few; infinitely many for a quick terminal. */
  get pieceBytes(): number {
    return this.#isSlow ? Math.max(outputWindow.piece, Math.floor(this.#maxBytes / 4)) : Number.POSITIVE_INFINITY;
  }

  /** Bytes that the terminal may take in so many milliseconds; infinitely many unless it is known to be slow. */
  bytesIn(ms: number): number {
    return this.#isSlow ? (this.#maxBytes / outputWindow.ms) * ms : Number.POSITIVE_INFINITY;
  }

  /** So much output was sent, which the wire took at once or not. False when there is no room for more; then `onRoom` follows. */
  sent(bytes: number, { isOnWire }: { isOnWire: boolean }): boolean {
    const { isTold, clock } = this.#options;
    if (!isOnWire) this.#isWireFull = true;
    this.#sentBytes += bytes;
    const isFull = isTold && this.#sentBytes - this.#takenBytes >= this.#maxBytes;
    if (isFull) this.#full ??= { at: clock.now(), takenBytes: this.#takenBytes };
    return this.#full === null && !this.#isWireFull;
  }

  /** The client's terminal has taken so much more. */
  taken(bytes: number): void {
    this.#takenBytes = Math.min(this.#sentBytes, this.#takenBytes + bytes);
    if (this.#full === null || this.#sentBytes - this.#takenBytes > this.#maxBytes / 2) return;
    this.#adapt(this.#takenBytes - this.#full.takenBytes, { inMs: this.#options.clock.now() - this.#full.at });
    this.#full = null;
    if (!this.#isWireFull) this.#options.onRoom();
  }

  /** The wire has taken everything. */
  drained(): void {
    this.#isWireFull = false;
    if (this.#full === null) this.#options.onRoom();
  }

  /** Whether the terminal takes less than the largest window, as far as is known. */
  get #isSlow(): boolean {
    return this.#options.isTold && this.#maxBytes < outputWindow.most;
  }

  #adapt(takenBytes: number, { inMs }: { inMs: number }): void {
    const { ms, least, most } = outputWindow;
    const bytes = (takenBytes / Math.max(1, inMs)) * ms;
    // Not by more than twice: buffers behind the client take a little at once, however slow the line is.
    this.#maxBytes = Math.min(most, 2 * this.#maxBytes, Math.max(least, bytes));
  }
}
