// What the program and the terminals say to each other: its output to the holder's terminal and to our emulator, and the
// answers of exactly one of the two to its questions.

import type { Disposable } from '../base/disposables.ts';
import { escapeByte } from '../base/input-tokens.ts';
import { littleOutput } from '../base/limits.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Clock } from '../platform/clock.ts';
import type { PtySize } from '../platform/pty.ts';
import type { AnswersDue, Holder } from './holder.ts';
import { inputInside, tellsOfRows } from './holder-look.ts';
import type { Delivery } from './output-queue.ts';
import { Questions } from './questions.ts';

export interface DialogueOptions {
  emulator: Emulator;
  clock: Clock;
  holder(): Holder | null;
  /** Of the session's terminal. */
  size(): PtySize;
  toProgram(bytes: Uint8Array): void;
  /** Our emulator has read what the program wrote. */
  onRead(bytes: Uint8Array): void;
}

export class Dialogue {
  readonly #options: DialogueOptions;
  readonly #questions = new Questions();
  /** What becomes of the output that is being fed: who sees a question in it is who answers it. */
  #delivery: Delivery = 'dropped';
  /** What the holder was sent and our emulator has still to read. */
  #unread: Uint8Array[] = [];
  #unreadBytes = 0;
  #waiting: Disposable | null = null;

  constructor(options: DialogueOptions) {
    this.#options = options;
  }

  /**
   * The program wrote `bytes`. The holder gets them first: its terminal works while our emulator does. A little that only draws
   * our emulator reads not before the holder's client had a moment: that is woken up on our own processor as often as not.
   */
  output(bytes: Uint8Array): void {
    const { emulator, holder } = this.#options;
    if (bytes.length <= littleOutput.bytes && holder() !== null && emulator.onlyDraws(bytes)) {
      this.#outputAhead(bytes);
      return;
    }
    this.settle();
    for (const piece of emulator.pieces(bytes)) {
      if (piece.bytes.length > 0) this.#delivery = this.show(piece.bytes);
      emulator.feed(piece.bytes);
      const mend = emulator.mend(piece);
      if (mend !== null) this.show(mend);
    }
    this.#options.onRead(bytes);
  }

  /** Has our emulator read all that the holder was shown. */
  settle(): void {
    if (this.#unread.length === 0) return;
    const { emulator, onRead } = this.#options;
    const unread = this.#unread;
    this.#unread = [];
    this.#unreadBytes = 0;
    this.#waiting?.dispose();
    this.#waiting = null;
    for (const bytes of unread) {
      emulator.feed(bytes);
      onRead(bytes);
    }
  }

  /** Shows the holder `bytes` in their turn. */
  show(bytes: Uint8Array): Delivery {
    const delivery = this.#options.holder()?.output(bytes) ?? 'dropped';
    if (delivery === 'queued') this.#questions.queued();
    return delivery;
  }

  /** The emulator answers a question of the program. Exactly one terminal may: the holder's, when there is one that saw it. */
  reply(bytes: Uint8Array): void {
    if (this.#delivery === 'dropped') {
      this.#options.toProgram(bytes);
      return;
    }
    const isOurs = this.#hasLine && tellsOfRows(bytes);
    this.#questions.asked(bytes, { isQueued: this.#delivery === 'queued', now: this.#options.clock.now(), isOurs });
  }

  /** The holder's terminal sent `bytes`. Returns what the program is to be told. */
  heard(bytes: Uint8Array): Uint8Array {
    // Every answer and every report begins with it; nearly nothing that is typed does.
    if (!bytes.includes(escapeByte)) return bytes;
    this.#options.emulator.learn(bytes);
    const told = this.#questions.heard(bytes);
    return this.#hasLine ? inputInside(told, this.#options.size()) : told;
  }

  /** The holder was sent the oldest output that was kept for it, questions included. */
  sent(): void {
    this.#questions.sent(this.#options.clock.now());
  }

  /** The holder will never see what was kept for it: questions in there are ours to answer. */
  missed(): void {
    for (const answer of this.#questions.missed()) this.#options.toProgram(answer);
  }

  /** Nobody listens to the holder's terminal any more: what it has not answered is ours to answer. What it may still say. */
  end(): AnswersDue {
    const { due } = this.#questions;
    for (const answer of this.#questions.abandoned(this.#options.clock.now())) this.#options.toProgram(answer);
    return due;
  }

  #outputAhead(bytes: Uint8Array): void {
    const isSent = this.show(bytes) === 'sent';
    this.#unread.push(bytes);
    this.#unreadBytes += bytes.length;
    if (!isSent || this.#unreadBytes > littleOutput.bytes) this.settle();
    else this.#waiting ??= this.#options.clock.after(littleOutput.unreadMs, () => this.settle());
  }

  get #hasLine(): boolean {
    return this.#options.emulator.look?.kind === 'line';
  }
}
