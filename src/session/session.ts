// One session: a program on a PTY, the emulator that always knows its screen, and at most one holder.
// Everything here is synchronous, so that output, attach and take-over never interleave.

import { attributesPattern, latin1 } from '../base/answer-pattern.ts';
import { commandName } from '../base/command-name.ts';
import { maxCells, maxPixels } from '../base/limits.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { keepNewestHistory } from '../emulator/history-mark.ts';
import { type PeekOptions, peek } from '../emulator/peek.ts';
import { preview } from '../emulator/preview.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProgramExit, Pty, PtySize } from '../platform/pty.ts';
import type { Left, ScreenPreview } from '../protocol/messages.ts';
import type { NotSaved, SessionStatus } from '../protocol/session-status.ts';
import { recordedStatus } from '../storage/recorded-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { ActivityLog } from './activity-log.ts';
import type { Holder } from './holder.ts';
import type { Delivery } from './output-queue.ts';
import type { PreviewSize } from './preview-board.ts';
import { Questions } from './questions.ts';
import type { Recording } from './recording.ts';

export interface SessionOptions {
  record: SessionRecord;
  emulator: Emulator;
  clock: Clock;
  /** Keeps the screen for later; left out where nothing is kept. */
  recorder?: Pick<Recording, 'output' | 'resize' | 'persistence'> | undefined;
  /** What runs in the foreground of the program's terminal, and where. */
  foreground(): { program: string | null; cwd: string | null };
  /** Somebody has attached and sees what comes from now on. */
  onHeld(): void;
  /** Something changed that a list shows; `isLasting` when it belongs on disk. */
  onChange(change: { isLasting: boolean }): void;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #emulator: Emulator;
  #record: SessionRecord;
  #size: PtySize;
  #pty: Pty | null = null;
  #holder: Holder | null = null;
  readonly #earlyInput: Uint8Array[] = [];
  /** What becomes of the output that is being fed: who sees a question in it is who answers it. */
  #delivery: Delivery = 'dropped';
  readonly #questions = new Questions();
  readonly #activity: ActivityLog;
  #sentRestoration = -1;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#emulator = options.emulator;
    this.#record = options.record;
    this.#size = { cols: options.record.cols, rows: options.record.rows };
    this.#activity = new ActivityLog(options.record.activity);
  }

  get record(): SessionRecord {
    return this.#record;
  }

  get holder(): Holder | null {
    return this.#holder;
  }

  /** The size of its terminal; a new object whenever it changes. */
  get size(): PtySize {
    return this.#size;
  }

  /** Gives the session its program, which was started with `size`, and what was typed before it was there. */
  run(pty: Pty, size: PtySize): void {
    this.#pty = pty;
    if (size !== this.#size) pty.resize(this.#size);
    for (const bytes of this.#earlyInput.splice(0)) pty.write(bytes);
  }

  /** Holds the program up as soon as it writes more, where the system can. */
  holdProgram(): void {
    this.#pty?.pause();
  }

  resumeProgram(): void {
    this.#pty?.resume();
  }

  /** The program wrote `bytes`. The holder gets them first: its terminal works while our emulator does. */
  onOutput(bytes: Uint8Array): void {
    this.#delivery = this.#holder?.output(bytes) ?? 'dropped';
    if (this.#delivery === 'queued') this.#questions.queued();
    this.#emulator.feed(bytes);
    this.#options.recorder?.output(bytes);
    this.#sendRestoration();
    const now = this.#options.clock.now();
    this.#record.lastOutputAt = now;
    this.#activity.add(this.#emulator.takeNews(), now);
    this.#options.onChange({ isLasting: false });
  }

  /** The emulator answers a question of the program. Exactly one terminal may: the holder's, when there is one that saw it. */
  onReply(bytes: Uint8Array): void {
    if (this.#delivery === 'dropped') this.#pty?.write(bytes);
    else this.#questions.asked(bytes, { isQueued: this.#delivery === 'queued', now: this.#options.clock.now() });
  }

  /** The holder was sent the oldest output that was kept for it, questions included. */
  holderWasSent(): void {
    this.#questions.sent(this.#options.clock.now());
  }

  /** The holder will never see what was kept for it: questions in there are ours to answer. */
  holderMissed(): void {
    for (const answer of this.#questions.missed()) this.#pty?.write(answer);
  }

  /** The program ended by itself, after its last output. */
  onExit(exit: ProgramExit): void {
    this.#pty = null;
    this.#record.exit = { ...exit, at: this.#options.clock.now() };
  }

  /**
   * Makes `holder` the holder; the one before is told and goes. The new one is painted the session's screen at its size.
   * Output goes on right behind the paint: nothing is shown twice, nothing is left out.
   */
  attach(holder: Holder, size: PtySize): void {
    this.#part({ reason: 'takenOver', by: holder.status });
    this.#setSize(size);
    this.#holder = holder;
    const paint = this.#emulator.repaint({ onto: 'used', historyLines: holder.replayLines });
    // First what undoes it: the person may leave in the middle of a long paint.
    this.#sentRestoration = -1;
    this.#sendRestoration();
    holder.output(paint);
    this.#used();
    if (this.#record.exit === null) this.#options.onHeld();
    else this.endHold();
  }

  /** The holder's client went, asked or unasked. Anybody else's going changes nothing. */
  detach(holder: Holder, left: Left): void {
    if (this.#holder === holder) this.release(left);
  }

  /** Detaches whoever holds the session; true when there was somebody. */
  release(left: Left): boolean {
    const wasHeld = this.#part(left);
    if (wasHeld) this.#used();
    return wasHeld;
  }

  /** Tells the holder that the program has ended, once that is so. */
  endHold(): void {
    if (this.#record.exit !== null) this.release({ reason: 'exited', ...this.#record.exit });
  }

  /** What the holder's person typed. */
  input(holder: Holder, bytes: Uint8Array): void {
    if (this.#holder !== holder || this.#record.exit !== null) return;
    this.#emulator.learn(bytes);
    this.#questions.heard(bytes);
    if (this.#pty === null) this.#earlyInput.push(bytes.slice());
    else this.#pty.write(bytes);
  }

  /** The holder's terminal has a new size. Its own reflow differs from ours, so it is painted again. */
  resize(holder: Holder, size: PtySize): void {
    if (this.#holder !== holder || !this.#setSize(size)) return;
    holder.output(this.#emulator.repaint({ onto: 'same', historyLines: 0 }));
    this.#sendRestoration();
    this.#options.onChange({ isLasting: false });
  }

  /** What brings the holder's terminal to the present screen after it missed output, and what then undoes it. */
  resync(): { paint: Uint8Array; restoration: Uint8Array } {
    const paint = this.#emulator.repaint({ onto: 'used', historyLines: this.#holder?.replayLines ?? 0 });
    return { paint, restoration: this.#emulator.restoration() };
  }

  /** The screen as text; nobody is attached, nothing changes. */
  peek(options: PeekOptions): ReturnType<typeof peek> {
    return peek(this.#emulator, options);
  }

  /** The part of the screen around its cursor, in at most as many cells, both at least 1; nobody is attached. */
  preview(size: PreviewSize): ScreenPreview {
    return preview(this.#emulator, size);
  }

  rename(name: string): void {
    this.#record.name = name;
    this.#options.onChange({ isLasting: true });
  }

  /** Takes new traits; what they mean for the disk is the caller's affair. */
  configure(traits: Partial<SessionTraits>): void {
    Object.assign(this.#record, traits);
    this.#options.onChange({ isLasting: true });
  }

  /** Forgets what has scrolled away; the screen stays, and so does what holders have in terminals of their own. */
  forgetHistory(): void {
    keepNewestHistory(this.#emulator, 0);
  }

  /** Closes the program's terminal; the kernel hangs up whoever is on it. */
  hangUp(): void {
    this.#pty?.close();
  }

  /** The facts as they are now, also brought into the record. */
  status(): SessionStatus {
    const record = this.#record;
    const foreground = this.#pty === null ? { program: null, cwd: null } : this.#options.foreground();
    const { title } = this.#emulator;
    // A title is part of the screen, and the record is a file.
    record.title = record.isPrivate ? '' : title;
    record.activity = this.#activity.forDisk(record);
    if (this.#holder !== null) record.seenAt = this.#options.clock.now();
    record.lastCwd = this.#emulator.cwd ?? foreground.cwd ?? record.lastCwd;
    const told = recordedStatus(record);
    return {
      ...told,
      activity: told.activity && { ...told.activity, ...this.#activity.present },
      state: record.exit === null ? 'running' : 'exited',
      stopped: null,
      title,
      notSaved: this.#notSaved(),
      attached: this.#holder?.status ?? null,
      program: foreground.program ?? commandName(record.command),
      pid: this.#pty?.pid ?? null,
    };
  }

  #notSaved(): NotSaved | null {
    const persistence = this.#options.recorder?.persistence;
    if (persistence === undefined || persistence.isPersisting) return null;
    const { since, why } = persistence;
    return { since, why };
  }

  #part(left: Left): boolean {
    const holder = this.#holder;
    if (holder === null) return false;
    this.#holder = null;
    this.#record.seenAt = this.#options.clock.now();
    const due = this.#questions.unanswered;
    for (const answer of this.#questions.abandoned(this.#options.clock.now())) this.#pty?.write(answer);
    const attributesDue = due.flatMap((answer) => latin1(answer).match(attributesPattern) ?? []).length;
    holder.leave(left, { endRow: this.#emulator.endRow, isAnswerDue: due.length > 0, attributesDue });
    return true;
  }

  /** Takes the size of the holder's terminal; true when the cells changed. The program hears of changed pixels as well. */
  #setSize(asked: PtySize): boolean {
    const size = possibleSize(asked);
    const hasNewCells = size.cols !== this.#size.cols || size.rows !== this.#size.rows;
    const hasNewPixels = size.pixelWidth !== this.#size.pixelWidth || size.pixelHeight !== this.#size.pixelHeight;
    if (!hasNewCells && !hasNewPixels) return false;
    this.#size = size;
    this.#record.cols = size.cols;
    this.#record.rows = size.rows;
    this.#emulator.resize(size);
    if (hasNewCells) this.#options.recorder?.resize(size);
    this.#pty?.resize(size);
    return hasNewCells;
  }

  #sendRestoration(): void {
    if (this.#holder === null || this.#sentRestoration === this.#emulator.restorationRevision) return;
    this.#sentRestoration = this.#emulator.restorationRevision;
    this.#holder.restoration(this.#emulator.restoration());
  }

  #used(): void {
    this.#record.lastUsedAt = this.#options.clock.now();
    this.#options.onChange({ isLasting: true });
  }
}

/** What a client says may be any number; a terminal of it must be possible. */
function possibleSize({ cols, rows, pixelWidth, pixelHeight }: PtySize): PtySize {
  const size = { cols: cellCount(cols), rows: cellCount(rows) };
  const isTold = pixelWidth !== undefined && pixelHeight !== undefined;
  return isTold ? { ...size, pixelWidth: pixelCount(pixelWidth), pixelHeight: pixelCount(pixelHeight) } : size;
}

function cellCount(asked: number): number {
  return Math.min(Math.max(1, Math.trunc(asked) || 1), maxCells);
}

function pixelCount(asked: number): number {
  return Math.min(Math.max(0, Math.trunc(asked) || 0), maxPixels);
}
