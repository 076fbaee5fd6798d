// What a holder has still to be sent. Bounded: a viewer that is too slow is not waited for and not remembered for;
// once it takes bytes again it gets the present screen instead of what it missed.

import { maxQueuedOutputBytes } from '../base/limits.ts';
import type { Reply } from '../protocol/messages.ts';

/** What goes through the queue, in order: the program's bytes, and what would undo them. */
export type TerminalMessage = Extract<Reply, { kind: 'output' | 'restoration' }>;

/** What became of a message: on its way, kept for a slow receiver, or never to be seen. */
export type Delivery = 'sent' | 'queued' | 'dropped';

export interface OutputQueueOptions {
  /** Passes a message on; false when the receiver is slow, then `drained` is called once it has taken all. */
  send(message: TerminalMessage): boolean;
  /** What brings a receiver who missed output, and may stand inside a sequence, to the present screen. */
  resync(): TerminalMessage[];
  /** All that was queued is on its way. */
  onCaughtUp(): void;
  /** What was queued is forgotten. */
  onDropped(): void;
  /** Bytes kept for a slow receiver; past them everything is dropped for a resync. */
  maxBytes?: number;
}

export class OutputQueue {
  readonly #options: OutputQueueOptions;
  readonly #maxBytes: number;
  #queued: TerminalMessage[] = [];
  #queuedBytes = 0;
  #state: 'flowing' | 'blocked' | 'behind' = 'flowing';

  constructor(options: OutputQueueOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? maxQueuedOutputBytes;
  }

  push(message: TerminalMessage): Delivery {
    if (this.#state === 'behind') return 'dropped';
    if (this.#state === 'flowing') {
      if (!this.#options.send(message)) this.#state = 'blocked';
      return 'sent';
    }
    this.#queued.push(message);
    this.#queuedBytes += message.body.length;
    if (this.#queuedBytes <= this.#maxBytes) return 'queued';
    this.#state = 'behind';
    this.clear();
    return 'dropped';
  }

  /** The receiver has taken all it was sent. */
  drained(): void {
    const messages = this.#state === 'behind' ? this.#options.resync() : this.#take();
    this.#state = 'flowing';
    for (const message of messages) this.push(message);
    if (this.#queued.length === 0) this.#options.onCaughtUp();
  }

  /** Sends everything at once, however slow the receiver is: for the last words. */
  flush(): void {
    const messages = this.#state === 'behind' ? this.#options.resync() : this.#take();
    this.#state = 'flowing';
    for (const message of messages) this.#options.send(message);
  }

  /** Forgets what is queued; a receiver that is leaving need not see it. */
  clear(): void {
    if (this.#take().length > 0) this.#options.onDropped();
  }

  #take(): TerminalMessage[] {
    const queued = this.#queued;
    this.#queued = [];
    this.#queuedBytes = 0;
    return queued;
  }
}
