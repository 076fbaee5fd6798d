// Being attached: the user's terminal and the session's server joined until one of them, or a key, parts them.
// Bytes go through untouched both ways; the terminal is left as it was, whatever ends the hold.

import { type Disposable, Disposables } from '../base/disposables.ts';
import { attachTimeoutMs, partingTimeoutMs, resizeSettleMs } from '../base/limits.ts';
import { onEndSignal, onUncaughtError } from '../platform/end-signals.ts';
import type { AnswersDue, Reply } from '../protocol/messages.ts';
import { type AttachEnd, type AttachOptions, type Errand, endOf, type Outcome } from './attach-options.ts';
import type { KeyAction } from './key-matcher.ts';
import { dropLateAnswers } from './late-answers.ts';
import { failureOf, noAnswerToAttach } from './link.ts';
import { ShownLook } from './shown-look.ts';
import { ShownOutput } from './shown-output.ts';
import { Stage } from './stage.ts';
import { tellTaken } from './tell-taken.ts';
import { TypedKeys } from './typed-keys.ts';

const bell = Uint8Array.of(0x07);
const encoder = new TextEncoder();

/**
 * Holds the session until something ends that, and resolves once the terminal is as it was, with its cursor on the line
 * below what the session left there. Throws a `StayError` when the server refuses.
 */
export async function attach(options: AttachOptions): Promise<AttachEnd> {
  const attachment = new Attachment(options, options.terminal.passThrough());
  try {
    return await attachment.ended;
  } finally {
    attachment.dispose();
  }
}

interface Leftovers extends AnswersDue {
  endRow?: number;
}

class Attachment implements Disposable {
  readonly #options: AttachOptions;
  readonly #settled = Promise.withResolvers<AttachEnd>();
  readonly #resources = new Disposables();
  readonly #output: ShownOutput;
  readonly #stage: Stage;
  readonly #typed: TypedKeys;
  readonly #look: ShownLook;
  #phase: 'asking' | 'holding' | 'acting' | 'parting' | 'over' = 'asking';
  /** The server has made us the holder; and it can be told that something else is shown. */
  #isTaken = false;
  #canCover = false;
  /** Why we leave, when that is not just to leave. */
  #goal: AttachEnd | null = null;
  /** What the session leaves behind. Answers are due unless the server says otherwise: a program may just have asked. */
  #leftovers: Leftovers = { isAnswerDue: true };
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #resizeTimer: ReturnType<typeof setTimeout> | undefined;
  #partingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AttachOptions, mode: Disposable) {
    const { link, terminal, keys } = options;
    this.#options = options;
    this.#look = new ShownLook(link, options.look);
    this.#output = new ShownOutput({
      writeNow: terminal.writeNow,
      write: terminal.write,
      onTaken: tellTaken(link),
      onFull: () => link.pause(),
      onReady: () => link.resume(),
      onError: () => this.#endInTurn({ kind: 'hangup' }),
    });
    this.#typed = new TypedKeys({
      keys,
      forward: (body) => link.send({ kind: 'input', body }),
      act: (action) => this.#keyTyped(action),
    });
    this.#stage = new Stage({
      link,
      terminal,
      mode,
      onTyped: (bytes) => this.#typed.push(bytes),
      finishOutput: ({ isUndone }) => this.#finishOutput(isUndone),
    });
    this.#start();
  }

  /** Rejects with a `StayError` when the server refuses. */
  get ended(): Promise<AttachEnd> {
    return this.#settled.promise;
  }

  dispose(): void {
    this.#stage.dispose();
  }

  #start(): void {
    const { link, terminal, from, inside, ifFree, replayLines } = this.#options;
    this.#resources.add(onEndSignal((signal) => this.#endInTurn({ kind: 'signal', signal })));
    this.#resources.add(onUncaughtError((error) => this.#endInTurn({ kind: 'fault', error })));
    this.#resources.add(terminal.onHangup(() => this.#endInTurn({ kind: 'hangup' })));
    if (this.#phase === 'over') return;
    this.#resources.add(terminal.onResize(() => this.#sizeChanged()));
    link.onReply((reply) => this.#heard(reply));
    link.onClose(() => this.#endInTurn({ kind: this.#phase === 'asking' ? 'absent' : 'lost' }));
    this.#answerTimer = setTimeout(() => this.#fail(noAnswerToAttach()), attachTimeoutMs);
    const wishes = { tty: terminal.name, from, inside, ifFree, replayLines, ...this.#look.asked };
    const body = { ...terminal.size(), ...wishes, canSwitch: true, tellsTaken: true };
    link.send({ kind: 'attach', body });
    // Only now: what was typed ahead comes at once, and the server takes keys from its holder alone.
    this.#stage.read();
  }

  #heard(reply: Reply): void {
    if (reply.kind === 'covered') this.#stage.covered(reply.body);
    else this.#stage.inTurn(() => this.#hear(reply), { isLast: reply.kind === 'left' });
  }

  #hear(reply: Reply): void {
    switch (reply.kind) {
      case 'attached':
        clearTimeout(this.#answerTimer);
        this.#isTaken = true;
        this.#canCover = reply.body.canCover ?? false;
        if (this.#phase === 'asking') this.#phase = 'holding';
        this.#options.onHeld();
        this.#look.start();
        this.#tellFirst();
        break;
      case 'output':
        if (this.#isShowing()) this.#output.show(reply.body);
        else this.#output.miss();
        break;
      case 'restoration':
        this.#output.restoredBy(reply.body);
        break;
      case 'resync':
        // What we were shown last must be undone by us: the server knows only what it meant to show.
        if (this.#isShowing()) this.#output.beginAgain();
        else this.#output.miss();
        break;
      case 'left':
        this.#leftovers = reply.body;
        void this.#end(endOf(reply.body.left));
        break;
      case 'failed':
        this.#fail(failureOf(reply));
        break;
    }
  }

  #isShowing(): boolean {
    return this.#phase === 'holding' || this.#phase === 'acting';
  }

  async #finishOutput(isUndone: boolean): Promise<void> {
    if (isUndone) this.#output.restore();
    await this.#output.finished();
  }

  #keyTyped(action: KeyAction): void {
    if (action === 'detach') {
      this.#typed.leave();
      this.#leave(null);
    } else this.#run(this.#act(action));
  }

  #run(work: Promise<void>): void {
    work.catch((error) => this.#endInTurn({ kind: 'fault', error }));
  }

  async #act(errand: Errand): Promise<void> {
    this.#phase = 'acting';
    if (errand === 'list' && !this.#canCover) return this.#leave({ kind: 'list' });
    await this.#perform(await this.#outcomeOf(errand));
  }

  async #perform(outcome: Outcome): Promise<void> {
    if (this.#phase === 'holding') this.#phase = 'acting';
    if (this.#phase !== 'acting') return;
    if (outcome.kind === 'switch') return this.#leave(outcome);
    if (outcome.notice !== null) await this.#tell(outcome.notice);
    if (this.#phase !== 'acting') return;
    this.#phase = this.#isTaken ? 'holding' : 'asking';
    this.#typed.resume();
  }

  async #outcomeOf(errand: Errand): Promise<Outcome> {
    const work = () => this.#options.act(errand, this.#stage.ending);
    if (errand !== 'list') return work();
    const isKept = (outcome: Outcome) => outcome.kind === 'stay';
    this.#look.stop();
    const outcome = await this.#stage.lend(work, { takeTyped: () => this.#typed.take(), isKept });
    if (this.#phase === 'acting') this.#look.again();
    return outcome ?? { kind: 'stay', notice: null };
  }

  /** What is to be told over the session's first screen. */
  #tellFirst(): void {
    const { notice } = this.#options;
    if (notice === null || this.#phase !== 'holding') return;
    this.#typed.keep();
    this.#run(this.#perform({ kind: 'stay', notice }));
  }

  async #tell(notice: string): Promise<void> {
    const isTold = this.#canCover && (await this.#stage.tell(notice, this.#typed.untilTyped()));
    if (!isTold) this.#output.write(bell);
  }

  /** The server's last word is waited for, but not for long: it may be stopped or dead. */
  #leave(goal: AttachEnd | null): void {
    this.#phase = 'parting';
    this.#goal = goal;
    this.#output.drop();
    this.#options.link.send({ kind: 'detach', body: {} });
    this.#partingTimer = setTimeout(() => void this.#end(endOf({ reason: 'detached' })), partingTimeoutMs);
  }

  #sizeChanged(): void {
    clearTimeout(this.#resizeTimer);
    this.#resizeTimer = setTimeout(() => {
      this.#options.link.send({ kind: 'resize', body: this.#options.terminal.size() });
    }, resizeSettleMs);
  }

  #fail(error: unknown): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#release();
    this.#settled.reject(error);
  }

  /** Ends, once the terminal is ours. */
  #endInTurn(end: AttachEnd): void {
    this.#stage.inTurn(() => void this.#end(end), { isLast: true });
  }

  async #end(end: AttachEnd): Promise<void> {
    if (this.#phase === 'over') return;
    const hasHeld = this.#phase !== 'asking';
    this.#phase = 'over';
    this.#release();
    if (end.kind !== 'hangup' && hasHeld) await this.#restore();
    const hasGoal = this.#goal !== null && (end.kind === 'left' || end.kind === 'lost');
    this.#settled.resolve(hasGoal ? this.#goal! : end);
  }

  #release(): void {
    clearTimeout(this.#resizeTimer);
    clearTimeout(this.#partingTimer);
    clearTimeout(this.#answerTimer);
    this.#resources.dispose();
    this.#stage.stopReading();
    this.#look.stop();
    this.#options.terminal.unread(this.#typed.stop());
    this.#options.link.close();
  }

  async #restore(): Promise<void> {
    const { terminal } = this.#options;
    await this.#output.finished();
    if (!this.#output.hasShown) return;
    const { endRow = Number.POSITIVE_INFINITY, isAnswerDue, attributesDue = 0 } = this.#leftovers;
    const lastRow = Math.min(endRow, terminal.size().rows);
    try {
      await terminal.write(this.#output.restoration);
      await terminal.write(encoder.encode(`\x1b[${lastRow};1H\r\n`));
      if (isAnswerDue === true) await dropLateAnswers(terminal, attributesDue);
    } catch {
      // EIO: the terminal went meanwhile, and with it what there was to restore.
    }
  }
}
