// Questions that the program asked and the holder's terminal is expected to answer, each with the answer that we would
// give: exactly one of the two is given, also when the holder misses the question or leaves before it has answered.

import { answerPattern, attributesPattern, latin1 } from '../base/answer-pattern.ts';
import { answerDueMs } from '../base/limits.ts';
import type { AnswersDue } from './holder.ts';

interface Question {
  ourAnswer: Uint8Array;
  /** Ours is to be given in place of the terminal's: that one shows more than the session. */
  isOurs: boolean;
  /** What an answer to it looks like, whatever it says. */
  shape: string;
  /** Which of the queued outputs it stands in, counted since the holder came; 0 when it was sent at once. */
  ticket: number;
  /** When it was sent to the holder; null while it is queued. */
  sentAt: number | null;
}

/** No terminal has more questions open; beyond, the oldest have been given up by whoever asked. */
const maxOpen = 256;

const escapeByte = 0x1b;

export class Questions {
  #open: Question[] = [];
  #queuedOutputs = 0;
  #sentOutputs = 0;

  /** Output is queued for the holder; what is asked from now on stands in it. */
  queued(): void {
    this.#queuedOutputs++;
  }

  /** The program asked something in output that goes to the holder. */
  asked(
    ourAnswer: Uint8Array,
    { isQueued, now, isOurs = false }: { isQueued: boolean; now: number; isOurs?: boolean },
  ): void {
    const shape = shapeOf(latin1(ourAnswer));
    this.#open.push({
      ourAnswer,
      isOurs,
      shape,
      ticket: isQueued ? this.#queuedOutputs : 0,
      sentAt: isQueued ? null : now,
    });
    if (this.#open.length > maxOpen) this.#open.shift();
  }

  /**
   * The holder's terminal sent `bytes`. An answer in it settles the first open question of its shape; those asked before
   * that one it will never answer, since terminals answer in order. Returns what the program is to be told.
   */
  heard(bytes: Uint8Array): Uint8Array {
    if (this.#open.length === 0 || !bytes.includes(escapeByte)) return bytes;
    const text = latin1(bytes);
    const told = text.replace(answerPattern, (answer) => this.#settled(answer));
    return told === text ? bytes : Uint8Array.from(told, (character) => character.charCodeAt(0));
  }

  /** What is told in place of an answer, most often that itself. */
  #settled(answer: string): string {
    const at = this.#open.findIndex(({ shape, sentAt }) => sentAt !== null && shape === shapeOf(answer));
    const question = this.#open.splice(0, at + 1)[at];
    return question?.isOurs === true ? latin1(question.ourAnswer) : answer;
  }

  /** The oldest queued output has been sent. */
  sent(now: number): void {
    this.#sentOutputs++;
    for (const question of this.#open) if (question.ticket <= this.#sentOutputs) question.sentAt ??= now;
  }

  /** The holder will never see what is queued: our answers to the questions in it. */
  missed(): Uint8Array[] {
    this.#sentOutputs = this.#queuedOutputs;
    return this.#take((question) => question.sentAt === null);
  }

  /** What the holder's terminal may still answer, however long ago it was asked. */
  get due(): AnswersDue {
    const attributesDue = this.#open.flatMap(({ ourAnswer }) => latin1(ourAnswer).match(attributesPattern) ?? []);
    return { isAnswerDue: this.#open.length > 0, attributesDue: attributesDue.length };
  }

  /** The holder leaves: our answers to what it has not answered. A terminal that took longer than `answerDueMs` never will. */
  abandoned(now: number): Uint8Array[] {
    const answers = this.#take(({ sentAt }) => sentAt === null || now - sentAt < answerDueMs);
    this.#open = [];
    this.#queuedOutputs = 0;
    this.#sentOutputs = 0;
    return answers;
  }

  #take(isTaken: (question: Question) => boolean): Uint8Array[] {
    const taken = this.#open.filter(isTaken);
    this.#open = this.#open.filter((question) => !isTaken(question));
    return taken.map((question) => question.ourAnswer);
  }
}

/** An answer without what it says: `CSI ?c` of any DA1, `OSC 4;1` of any colour 1, `DCS +r544E` of any capability TN. */
function shapeOf(answer: string): string {
  const csi = /^\x1b\[([?>=]?)([\d;:]*)(\$?[a-zA-Z])$/.exec(answer);
  if (csi !== null) {
    const [, prefix, parameters = '', final = ''] = csi;
    const isNumbered = final === 't' || final === '$y';
    return `CSI ${prefix}${isNumbered ? parameters.split(';')[0] : ''}${final}`;
  }
  const dcs = /^\x1bP[01]?(\+r[\dA-Fa-f]*|[^\dA-Za-z]{1,2}r?)/.exec(answer);
  if (dcs !== null) return `DCS ${dcs[1]?.toUpperCase()}`;
  const osc = /^\x1b\](4;\d+|\d+)/.exec(answer);
  return osc === null ? answer : `OSC ${osc[1]}`;
}
