// The user's terminal while attached, and who has it: the session, or for a while something else, behind which the session
// goes on unseen. What its server has to say all the same waits until it is shown again.

import type { Disposable } from '../base/disposables.ts';
import { answerTimeoutMs, noticeMs } from '../base/limits.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import type { AnswersDue } from '../protocol/messages.ts';
import { dropLateAnswers } from './late-answers.ts';
import type { SessionLink } from './link.ts';
import { noticeLine } from './notice-line.ts';

export interface StageOptions {
  link: SessionLink;
  terminal: UserTerminal;
  /** The terminal passing every byte as it is. */
  mode: Disposable;
  onTyped(bytes: Uint8Array): void;
  /** Resolves once the terminal has all output; `isUndone`: and also what undoes it. */
  finishOutput(options: { isUndone: boolean }): Promise<void>;
}

export class Stage implements Disposable {
  readonly #options: StageOptions;
  #mode: Disposable;
  #reading: Disposable | null = null;
  #asking: PromiseWithResolvers<AnswersDue | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is to be done once the session is shown again; null while it is. */
  #waiting: (() => void)[] | null = null;
  readonly #ending = new AbortController();

  constructor(options: StageOptions) {
    this.#options = options;
    this.#mode = options.mode;
  }

  /** Aborted when whatever hides the session is to go. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Begins to read what is typed. */
  read(): void {
    this.#reading = this.#options.terminal.read(this.#options.onTyped);
  }

  /** The server has sent the last of the session, for now. */
  covered(due: AnswersDue): void {
    if (this.#asking === null) {
      // Too late: nobody waits for it any more.
      this.#options.link.send({ kind: 'uncover', body: {} });
      return;
    }
    this.#waiting = [];
    this.#answer(due);
  }

  /** Does `turn` now, or once the session is shown again. `isLast`: nothing comes after it, so that must be soon. */
  inTurn(turn: () => void, { isLast }: { isLast: boolean }): void {
    if (this.#waiting === null) {
      turn();
      return;
    }
    this.#waiting.push(turn);
    if (isLast) this.#ending.abort();
  }

  /**
   * Gives the terminal, as it was before the session, to `work`, and what was typed ahead to whoever reads there. The session is
   * shown again afterwards if `isKept` says so of the result. Null when the server does not let go.
   */
  async lend<T>(
    work: () => Promise<T>,
    { takeTyped, isKept }: { takeTyped(): Uint8Array; isKept(result: T): boolean },
  ): Promise<T | null> {
    const { terminal } = this.#options;
    if (!(await this.#hide({ isUndone: true }))) return null;
    this.stopReading();
    this.#mode.dispose();
    terminal.unread(takeTyped());
    const result = await work();
    this.#mode = terminal.passThrough();
    this.read();
    this.#show({ isKept: isKept(result) });
    return result;
  }

  /** Shows one line over the session's last row until `isSeen`, or for a while. False when the server does not let go. */
  async tell(notice: string, isSeen: Promise<void>): Promise<boolean> {
    if (!(await this.#hide({ isUndone: false }))) return false;
    this.read();
    const enough = Promise.withResolvers<void>();
    const timer = setTimeout(enough.resolve, noticeMs);
    this.ending.addEventListener('abort', () => enough.resolve());
    await this.#options.terminal.write(noticeLine(notice)).catch(enough.resolve);
    await Promise.race([isSeen, enough.promise]);
    clearTimeout(timer);
    this.#show({ isKept: true });
    return true;
  }

  stopReading(): void {
    this.#reading?.dispose();
    this.#answer(null);
  }

  /** Gives the terminal back. */
  dispose(): void {
    this.stopReading();
    this.#mode.dispose();
  }

  /** Stops showing the session; false when that cannot be had. */
  async #hide(options: { isUndone: boolean }): Promise<boolean> {
    const { link, terminal, finishOutput } = this.#options;
    this.#asking = Promise.withResolvers();
    this.#timer = setTimeout(() => this.#answer(null), answerTimeoutMs);
    link.send({ kind: 'cover', body: {} });
    const due = await this.#asking.promise;
    if (due === null) return false;
    await finishOutput(options);
    if (due.isAnswerDue === true) await dropLateAnswers(terminal, due.attributesDue ?? 0);
    return true;
  }

  #show({ isKept }: { isKept: boolean }): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    if (isKept && !this.ending.aborted) this.#options.link.send({ kind: 'uncover', body: {} });
    for (const turn of waiting) turn();
  }

  #answer(due: AnswersDue | null): void {
    clearTimeout(this.#timer);
    this.#asking?.resolve(due);
    this.#asking = null;
  }
}
