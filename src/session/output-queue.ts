// What a holder has still to be sent. Bounded: a viewer that is too slow is not waited for and not remembered for;
// once it takes bytes again it gets the present screen instead of what it missed.

import { maxQueuedOutputBytes } from '../base/limits.ts';

export interface OutputQueueOptions {
  /** Passes bytes on; false when the receiver is slow, then `drained` is called once it has taken all. */
  send(bytes: Uint8Array): boolean;
  /** The bytes that bring a receiver who missed output, and may stand inside a sequence, to the present screen. */
  resync(): Uint8Array;
  /** Bytes kept for a slow receiver; past them everything is dropped for a resync. */
  maxBytes?: number;
}

export class OutputQueue {
  readonly #options: OutputQueueOptions;
  readonly #maxBytes: number;
  #queued: Uint8Array[] = [];
  #queuedBytes = 0;
  #state: 'flowing' | 'blocked' | 'behind' = 'flowing';

  constructor(options: OutputQueueOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? maxQueuedOutputBytes;
  }

  /** True while output is dropped: the receiver's terminal does not see it, so it cannot answer what it asks. */
  get isBehind(): boolean {
    return this.#state === 'behind';
  }

  push(bytes: Uint8Array): void {
    if (this.#state === 'behind') return;
    if (this.#state === 'flowing') {
      if (!this.#options.send(bytes)) this.#state = 'blocked';
      return;
    }
    this.#queued.push(bytes);
    this.#queuedBytes += bytes.length;
    if (this.#queuedBytes > this.#maxBytes) this.#fallBehind();
  }

  /** The receiver has taken all it was sent. */
  drained(): void {
    if (this.#state === 'flowing') return;
    const wasBehind = this.#state === 'behind';
    this.#state = 'flowing';
    if (wasBehind) this.push(this.#options.resync());
    else this.#sendQueued();
  }

  /** Sends everything at once, however slow the receiver is: for the last words. */
  flush(): void {
    const isBehind = this.#state === 'behind';
    this.#state = 'flowing';
    if (isBehind) this.#options.send(this.#options.resync());
    for (const bytes of this.#take()) this.#options.send(bytes);
  }

  /** Forgets what is queued; a receiver that is leaving need not see it. */
  clear(): void {
    this.#take();
  }

  #sendQueued(): void {
    for (const bytes of this.#take()) this.push(bytes);
  }

  #fallBehind(): void {
    this.#state = 'behind';
    this.#take();
  }

  #take(): Uint8Array[] {
    const queued = this.#queued;
    this.#queued = [];
    this.#queuedBytes = 0;
    return queued;
  }
}
