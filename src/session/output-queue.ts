// What a holder has still to be sent. Bounded: the program is held up a little for a viewer that nearly keeps up; one that is
// too slow is not waited for: once it takes bytes again it gets the present screen instead of what it missed.

import type { Disposable } from '../base/disposables.ts';
import { holdLimitMs, maxQueuedOutputBytes, outputFlowBytes, slowHolderMs, typedOver } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { Reply } from '../protocol/messages.ts';

/** What goes through the queue, in order: the program's bytes, what would undo them, and that some were left out. */
export type TerminalMessage = Extract<Reply, { kind: 'output' | 'restoration' | 'resync' }>;

/** What became of a message: on its way, kept for a slow receiver, or never to be seen. */
export type Delivery = 'sent' | 'queued' | 'dropped';

export interface OutputQueueOptions {
  /** Passes a message on; false when the receiver is slow, then `drained` is called once it has taken all. */
  send(message: TerminalMessage): boolean;
  /** Bytes that the receiver has taken so far of what it was sent. */
  takenBytes(): number;
  /** What brings a receiver who missed output, and may stand inside a sequence, to the present screen. */
  resync(): TerminalMessage[];
  /** Holds the program up, or lets it go on. */
  hold(): void;
  resume(): void;
  clock: Clock;
  /** The oldest queued output is on its way after all. */
  onSent(): void;
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
  #state: 'flowing' | 'blocked' | 'behind' | 'covered' = 'flowing';
  /** While covered: whether the receiver was behind, or what it had not been sent was forgotten. */
  #hasMissed = false;
  /** Ends the holding up of the program; null while it runs. */
  #hold: Disposable | null = null;
  #slowUntil = 0;
  /** While somebody who typed may wait for what comes of it. */
  #looking: Disposable | null = null;
  #looksLeft = 0;

  constructor(options: OutputQueueOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? maxQueuedOutputBytes;
  }

  push(message: TerminalMessage): Delivery {
    if (this.#state === 'behind' || this.#state === 'covered') return 'dropped';
    if (this.#state === 'flowing') {
      if (!this.#options.send(message)) this.#state = 'blocked';
      return 'sent';
    }
    this.#queued.push(message);
    this.#queuedBytes += message.kind === 'resync' ? 0 : message.body.length;
    if (this.#queuedBytes > this.#maxBytes) this.#fallBehind();
    else if (this.#queuedBytes > outputFlowBytes.hold) this.#holdProgram();
    return this.#state === 'blocked' ? 'queued' : 'dropped';
  }

  /** The receiver has taken all it was sent. */
  drained(): void {
    if (this.#state === 'covered') return;
    const wasBehind = this.#state === 'behind';
    const messages = wasBehind ? this.#options.resync() : this.#take();
    this.#state = 'flowing';
    for (const message of messages) {
      const isSent = this.push(message) === 'sent';
      if (isSent && !wasBehind && message.kind === 'output') this.#options.onSent();
    }
    if (this.#queuedBytes < outputFlowBytes.resume) this.#resumeProgram();
  }

  /** The receiver's person typed: what comes of it is not to stand behind what a slow receiver takes long for. */
  typed(): void {
    this.#looksLeft = typedOver.times;
    if (this.#looking === null) this.#lookLater();
  }

  /** The receiver wants nothing for now: what is queued is forgotten, and so is what comes, until `uncover`. */
  cover(): void {
    this.#hasMissed = this.#state === 'behind' || this.#queued.length > 0;
    this.clear();
    this.#state = 'covered';
  }

  /** Goes on, with `fresh`, which follows what was sent last; or from the beginning where something was left out. */
  uncover(fresh: readonly TerminalMessage[]): void {
    this.#state = 'flowing';
    for (const message of this.#hasMissed ? this.#options.resync() : fresh) this.push(message);
  }

  /** Sends everything at once, however slow the receiver is: for the last words. */
  flush(): void {
    const messages = this.#state === 'behind' ? this.#options.resync() : this.#take();
    this.#state = 'flowing';
    this.#lookNoMore();
    this.#resumeProgram();
    for (const message of messages) this.#options.send(message);
  }

  /** Forgets what is queued, but for what undoes the output that was sent; a receiver that is leaving need not see it. */
  clear(): void {
    this.#lookNoMore();
    this.#forget();
  }

  #forget(): void {
    this.#resumeProgram();
    const queued = this.#take();
    const unseen = [...queued, null].findIndex((message) => message?.kind !== 'restoration');
    const undoing = queued[unseen - 1];
    if (undoing !== undefined) this.#options.send(undoing);
    if (unseen < queued.length) this.#options.onDropped();
  }

  #holdProgram(): void {
    const { clock, hold } = this.#options;
    if (this.#hold !== null || clock.now() < this.#slowUntil) return;
    this.#hold = clock.after(holdLimitMs, () => this.#fallBehind());
    hold();
  }

  #resumeProgram(): void {
    if (this.#hold === null) return;
    this.#hold.dispose();
    this.#hold = null;
    this.#options.resume();
  }

  #fallBehind(): void {
    this.#slowUntil = this.#options.clock.now() + slowHolderMs;
    this.#state = 'behind';
    this.#forget();
  }

  #lookLater(): void {
    if (this.#state === 'flowing' || this.#looksLeft === 0) return;
    this.#looksLeft -= 1;
    const { clock, takenBytes } = this.#options;
    const takenBefore = takenBytes();
    this.#looking = clock.after(typedOver.everyMs, () => {
      this.#looking = null;
      const isTooMuch = this.#queuedBytes > Math.max(typedOver.bytes, 2 * (takenBytes() - takenBefore));
      if (isTooMuch) this.#fallBehind();
      this.#lookLater();
    });
  }

  #lookNoMore(): void {
    this.#looking?.dispose();
    this.#looking = null;
  }

  #take(): TerminalMessage[] {
    const queued = this.#queued;
    this.#queued = [];
    this.#queuedBytes = 0;
    return queued;
  }
}
