// Questions that the program asked and the holder's terminal is expected to answer, each with the answer that we would
// give: exactly one of the two is given, also when the holder misses the question or leaves before it has answered.

import { answerPattern, latin1 } from '../base/answer-pattern.ts';
import { answerDueMs } from '../base/limits.ts';
import type { Delivery } from './output-queue.ts';

interface Question {
  ourAnswer: Uint8Array;
  /** When it was sent to the holder; null while it is queued. */
  sentAt: number | null;
}

/** No terminal has more questions open; beyond, the oldest have been given up by whoever asked. */
const maxOpen = 256;

const escapeByte = 0x1b;

export class Questions {
  #open: Question[] = [];

  /** The program asked something in output that was `sent` to the holder or is `queued` for it. */
  asked(ourAnswer: Uint8Array, { delivery, now }: { delivery: Exclude<Delivery, 'dropped'>; now: number }): void {
    this.#open.push({ ourAnswer, sentAt: delivery === 'sent' ? now : null });
    if (this.#open.length > maxOpen) this.#open.shift();
  }

  /** The holder's terminal sent `bytes`: answers among them settle the oldest questions, in order. */
  heard(bytes: Uint8Array): void {
    if (this.#open.length === 0 || !bytes.includes(escapeByte)) return;
    const answers = latin1(bytes).match(answerPattern)?.length ?? 0;
    this.#open.splice(0, answers);
  }

  /** What was queued has been sent. */
  sent(now: number): void {
    for (const question of this.#open) question.sentAt ??= now;
  }

  /** The holder will never see what was queued: our answers to the questions in it. */
  missed(): Uint8Array[] {
    return this.#take((question) => question.sentAt === null);
  }

  /** The holder leaves: our answers to what it has not answered. A terminal that took longer than `answerDueMs` never will. */
  abandoned(now: number): Uint8Array[] {
    const answers = this.#take((question) => question.sentAt === null || now - question.sentAt < answerDueMs);
    this.#open = [];
    return answers;
  }

  #take(isTaken: (question: Question) => boolean): Uint8Array[] {
    const taken = this.#open.filter(isTaken);
    this.#open = this.#open.filter((question) => !isTaken(question));
    return taken.map((question) => question.ourAnswer);
  }
}
