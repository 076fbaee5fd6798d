// Being attached: the user's terminal and the session's server joined until one of them, or a key, parts them.
// Bytes go through untouched both ways; the terminal is left as it was, whatever ends the hold.

import { Disposables } from '../base/disposables.ts';
import type { DetachKey } from '../base/key-notation.ts';
import { attachTimeoutMs, escapeHoldMs, partingTimeoutMs, resizeSettleMs } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import { type EndSignal, onEndSignal, onUncaughtError } from '../platform/end-signals.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { joinBytes } from '../protocol/frames.ts';
import type { Left, Reply } from '../protocol/messages.ts';
import { createDetachMatcher, type DetachMatch, type DetachMatcher } from './detach-keys.ts';
import { dropLateAnswers } from './late-answers.ts';
import { failureOf, type SessionLink } from './link.ts';
import { PacedOutput } from './paced-output.ts';

export interface AttachOptions {
  link: SessionLink;
  terminal: UserTerminal;
  detachKeys: DetachKey[];
  /** Address that the user came from, and the session that we run inside, if any. */
  from: string | null;
  inside: string | null;
  /** Be refused rather than take the session from its holder. */
  ifFree: boolean;
  replayLines: number;
}

/**
 * How being attached ended. `absent`: the server went before it took us; `lost`: afterwards; `hangup`: our terminal did;
 * `fault`: an error of our own.
 */
export type AttachEnd =
  | { kind: 'left'; left: Left }
  | { kind: 'absent' }
  | { kind: 'lost' }
  | { kind: 'hangup' }
  | { kind: 'fault'; error: unknown }
  | { kind: 'signal'; signal: EndSignal };

const nothing = new Uint8Array();
const encoder = new TextEncoder();

/**
 * Holds the session until something ends that, and resolves once the terminal is as it was, with its cursor on the line
 * below what the session left there. Throws a `StayError` when the server refuses.
 */
export async function attach(options: AttachOptions): Promise<AttachEnd> {
  const mode = await options.terminal.passThrough();
  try {
    return await new Promise((resolve, reject) => new Attachment(options, { resolve, reject }).start());
  } finally {
    mode.dispose();
  }
}

function noAnswer(): StayError {
  return new StayError(
    'connectionLost',
    `Cannot attach: the session's server has not answered for ${attachTimeoutMs / 1000} s`,
    {
      hint: 'It may be stopped or very busy: try again, or end it with stay kill',
    },
  );
}

interface Settle {
  resolve(end: AttachEnd): void;
  reject(error: unknown): void;
}

class Attachment {
  readonly #options: AttachOptions;
  readonly #settle: Settle;
  readonly #resources = new Disposables();
  readonly #output: PacedOutput;
  readonly #matcher: DetachMatcher;
  #phase: 'asking' | 'holding' | 'parting' | 'over' = 'asking';
  /** Whether the terminal shows anything of the session. */
  #hasShown = false;
  #restoration: Uint8Array = nothing;
  /** While parting: some output was not shown, and what would undo it is not for us. */
  #isMissingOutput = false;
  #endRow: number | null = null;
  /** Unless the server says otherwise: a program may just have asked. */
  #isAnswerDue = true;
  #attributesDue = 0;
  /** What was typed after the detach key: it is for whoever reads the terminal next. */
  readonly #typedAhead: Uint8Array[] = [];
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #escapeTimer: ReturnType<typeof setTimeout> | undefined;
  #resizeTimer: ReturnType<typeof setTimeout> | undefined;
  #partingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AttachOptions, settle: Settle) {
    const { link, terminal } = options;
    this.#options = options;
    this.#settle = settle;
    this.#matcher = createDetachMatcher(options.detachKeys);
    this.#output = new PacedOutput({
      write: (bytes) => {
        this.#hasShown = true;
        return terminal.write(bytes);
      },
      onFull: () => link.pause(),
      onReady: () => link.resume(),
      onError: () => void this.#end({ kind: 'hangup' }),
    });
  }

  start(): void {
    const { link, terminal, from, inside, ifFree, replayLines } = this.#options;
    this.#resources.add(onEndSignal((signal) => void this.#end({ kind: 'signal', signal })));
    this.#resources.add(onUncaughtError((error) => void this.#end({ kind: 'fault', error })));
    this.#resources.add(terminal.onHangup(() => void this.#end({ kind: 'hangup' })));
    if (this.#phase === 'over') return;
    this.#resources.add(terminal.onResize(() => this.#sizeChanged()));
    link.onReply((reply) => this.#heard(reply));
    link.onClose(() => void this.#end({ kind: this.#phase === 'asking' ? 'absent' : 'lost' }));
    const tty = terminal.name;
    this.#answerTimer = setTimeout(() => this.#fail(noAnswer()), attachTimeoutMs);
    link.send({ kind: 'attach', body: { ...terminal.size(), tty, from, inside, ifFree, replayLines } });
    // Only now: what was typed ahead comes at once, and the server takes keys from its holder alone.
    this.#resources.add(terminal.read((bytes) => this.#typed(bytes)));
  }

  #heard(reply: Reply): void {
    switch (reply.kind) {
      case 'attached':
        clearTimeout(this.#answerTimer);
        if (this.#phase === 'asking') this.#phase = 'holding';
        break;
      case 'output':
        if (this.#phase === 'holding') this.#output.write(reply.body);
        else this.#isMissingOutput = true;
        break;
      case 'restoration':
        // It undoes what stands before it: of use from when the terminal has that, and not when that is no longer shown.
        if (!this.#isMissingOutput) this.#output.afterwards(() => this.#undoLater(reply.body));
        break;
      case 'resync':
        // What we were shown last must be undone by us: the server knows only what it meant to show.
        if (this.#phase === 'holding') this.#output.afterwards(() => this.#undoNow());
        else this.#isMissingOutput = true;
        break;
      case 'left':
        this.#endRow = reply.body.endRow;
        this.#isAnswerDue = reply.body.isAnswerDue ?? false;
        this.#attributesDue = reply.body.attributesDue ?? 0;
        void this.#end({ kind: 'left', left: reply.body.left });
        break;
      case 'failed':
        this.#fail(failureOf(reply));
        break;
    }
  }

  #undoLater(restoration: Uint8Array): null {
    this.#restoration = restoration;
    return null;
  }

  /** The bytes for that; from then on nothing is to undo until we are told again. */
  #undoNow(): Uint8Array {
    const restoration = this.#restoration;
    this.#restoration = nothing;
    return restoration;
  }

  #typed(bytes: Uint8Array): void {
    const match = this.#matcher.push(bytes);
    if (this.#phase === 'parting') this.#typedAhead.push(match.forward, match.rest);
    else this.#matched(match);
  }

  #matched({ forward, isDetach, rest, holding }: DetachMatch): void {
    clearTimeout(this.#escapeTimer);
    if (forward.length > 0) this.#options.link.send({ kind: 'input', body: forward });
    if (isDetach) this.#leave(rest);
    else if (holding === 'escape')
      this.#escapeTimer = setTimeout(() => this.#matched(this.#matcher.flush()), escapeHoldMs);
  }

  /** The detach key. The server's last word is waited for, but not for long: it may be stopped or dead. */
  #leave(rest: Uint8Array): void {
    this.#phase = 'parting';
    this.#typedAhead.push(rest);
    this.#isMissingOutput = this.#output.drop();
    this.#options.link.send({ kind: 'detach', body: {} });
    this.#partingTimer = setTimeout(
      () => void this.#end({ kind: 'left', left: { reason: 'detached' } }),
      partingTimeoutMs,
    );
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
    this.#settle.reject(error);
  }

  async #end(end: AttachEnd): Promise<void> {
    if (this.#phase === 'over') return;
    const hasHeld = this.#phase !== 'asking';
    this.#phase = 'over';
    this.#release();
    if (end.kind !== 'hangup' && hasHeld) await this.#restore();
    this.#settle.resolve(end);
  }

  #release(): void {
    clearTimeout(this.#escapeTimer);
    clearTimeout(this.#resizeTimer);
    clearTimeout(this.#partingTimer);
    clearTimeout(this.#answerTimer);
    this.#resources.dispose();
    // Half a key or half an answer: its other half comes to whoever reads next.
    const { forward, rest } = this.#matcher.flush();
    this.#options.terminal.unread(joinBytes([...this.#typedAhead, forward, rest]));
    this.#options.link.close();
  }

  async #restore(): Promise<void> {
    const { terminal } = this.#options;
    await this.#output.finished();
    if (!this.#hasShown) return;
    const lastRow = Math.min(this.#endRow ?? Number.POSITIVE_INFINITY, terminal.size().rows);
    try {
      await terminal.write(this.#restoration);
      await terminal.write(encoder.encode(`\x1b[${lastRow};1H\r\n`));
      if (this.#isAnswerDue) await dropLateAnswers(terminal, this.#attributesDue);
    } catch {
      // EIO: the terminal went meanwhile, and with it what there was to restore.
    }
  }
}
