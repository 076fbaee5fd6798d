// One session: a program on a PTY, the emulator that always knows its screen, and at most one holder.
// Everything here is synchronous, and reads first what was shown: output, attach and take-over never interleave.

import type { LineText, Look } from '../base/look.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { keepNewestHistory } from '../emulator/history-mark.ts';
import { type PeekOptions, peek } from '../emulator/peek.ts';
import { preview } from '../emulator/preview.ts';
import type { EmulatorLook } from '../emulator/surroundings.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProgramExit, Pty, PtySize } from '../platform/pty.ts';
import type { Left, ScreenPreview } from '../protocol/messages.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { ActivityLog } from './activity-log.ts';
import { Cover } from './cover.ts';
import { Dialogue } from './dialogue.ts';
import type { FreshPaint, Holder } from './holder.ts';
import { shownLook, sizeInside } from './holder-look.ts';
import { possibleSize } from './possible-size.ts';
import { presentStatus } from './present-status.ts';
import type { PreviewSize } from './preview-board.ts';
import { ProgramTerminal } from './program-terminal.ts';
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
  readonly record: SessionRecord;
  readonly terminal = new ProgramTerminal();
  readonly #options: SessionOptions;
  #size: PtySize;
  #holder: Holder | null = null;
  readonly #activity: ActivityLog;
  readonly #dialogue: Dialogue;
  #sentRestoration = -1;
  /** While the holder shows something else. */
  #cover: Cover | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.record = options.record;
    this.#size = { cols: options.record.cols, rows: options.record.rows };
    this.#activity = new ActivityLog(options.record.activity);
    this.#dialogue = new Dialogue({
      emulator: options.emulator,
      clock: options.clock,
      holder: () => this.#holder,
      size: () => this.#size,
      toProgram: (bytes) => this.terminal.write(bytes),
      onRead: (bytes) => this.#wasRead(bytes),
    });
  }

  /** The emulator, which reads first what it has not read yet of what was shown; but for what comes after what is being read. */
  get #emulator(): Emulator {
    this.settle();
    return this.#options.emulator;
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
    if (size !== this.#size) pty.resize(this.#size);
    this.terminal.begin(pty);
  }

  /** The program wrote `bytes`, which nobody changes any more. */
  onOutput(bytes: Uint8Array): void {
    this.#dialogue.output(bytes);
  }

  /** What was shown of the program's output is known to emulator, recorder and record from now on. */
  settle(): void {
    this.#dialogue.settle();
  }

  /** The emulator answers a question of the program. */
  onReply(bytes: Uint8Array): void {
    this.#dialogue.reply(bytes);
  }

  /** The holder was sent the oldest output that was kept for it. */
  holderWasSent(): void {
    this.#dialogue.sent();
  }

  /** The holder will never see what was kept for it. */
  holderMissed(): void {
    this.#dialogue.missed();
  }

  /** The program ended by itself, after its last output. */
  onExit(exit: ProgramExit): void {
    this.settle();
    this.terminal.end();
    this.record.exit = { ...exit, at: this.#options.clock.now() };
  }

  /**
   * Makes `holder` the holder; the one before is told and goes. The new one is painted the session's screen at its size.
   * Output goes on right behind the paint: nothing is shown twice, nothing is left out.
   */
  attach(holder: Holder, size: PtySize): void {
    this.#part({ reason: 'takenOver', by: holder.status });
    this.#setSize(size, holder.look);
    this.#holder = holder;
    const paint = this.#emulator.repaint({ onto: 'used', historyLines: holder.replayLines });
    // First what undoes it: the person may leave in the middle of a long paint.
    this.#sentRestoration = -1;
    this.#sendRestoration();
    holder.output(paint);
    if (this.record.exit === null) this.#options.onHeld();
    this.#used();
    this.endHold();
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
    if (this.record.exit !== null) this.release({ reason: 'exited', ...this.record.exit });
  }

  /** What the holder's person typed. */
  input(holder: Holder, bytes: Uint8Array): void {
    if (this.#holder !== holder || this.record.exit !== null) return;
    holder.typed();
    this.terminal.write(this.#dialogue.heard(bytes));
  }

  /** The holder's terminal has a new size. Its own reflow differs from ours, so it is painted again. */
  resize(holder: Holder, size: PtySize): void {
    if (this.#holder !== holder || !this.#setSize(size, holder.look)) return;
    holder.output(this.#emulator.repaint({ onto: 'same', historyLines: 0 }));
    this.#sendRestoration();
    this.#options.onChange({ isLasting: false });
  }

  /** What brings the holder's terminal to the present screen after it missed output, and what then undoes it. */
  resync({ historyBytes }: { historyBytes: number }): FreshPaint {
    const historyLines = Math.min(this.#holder?.replayLines ?? 0, Math.floor(historyBytes / this.#size.cols));
    const paint = this.#emulator.repaint({ onto: 'used', historyLines });
    return { paint, restoration: this.#emulator.restoration() };
  }

  /** The holder shows something else for now: it is shown nothing, and the program's questions are ours to answer. */
  cover(holder: Holder): void {
    if (this.#holder !== holder || this.#cover !== null) return;
    holder.cover(this.#dialogue.end());
    this.#cover = new Cover(this.#emulator);
  }

  /** The holder shows the session again: its screen as it is now, below the lines that it has missed. */
  uncover(holder: Holder): void {
    if (this.#holder !== holder || this.#cover === null) return;
    const historyLines = Math.min(this.#cover.missedLines, holder.replayLines);
    this.#cover.dispose();
    this.#cover = null;
    const paint = this.#emulator.repaint({ onto: 'restored', historyLines });
    this.#sentRestoration = this.#emulator.restorationRevision;
    holder.uncover({ paint, restoration: this.#emulator.restoration() });
  }

  /** The screen as text; nobody is attached, nothing changes. */
  peek(options: PeekOptions): ReturnType<typeof peek> {
    return peek(this.#emulator, options);
  }

  /** The part of the screen around its cursor, in at most as many cells, both at least 1; nobody is attached. */
  preview(size: PreviewSize): ScreenPreview {
    return preview(this.#emulator, size);
  }

  /** What the holder's line says changes. */
  setLine(holder: Holder, text: LineText): void {
    if (holder.look.kind === 'line') holder.look = { kind: 'line', ...text };
    if (this.#holder === holder) this.#changeLook();
  }

  rename(name: string): void {
    this.record.name = name;
    this.#changeLook();
    this.#options.onChange({ isLasting: true });
  }

  /** Takes new traits; what they mean for the disk is the caller's affair. */
  configure(traits: Partial<SessionTraits>): void {
    Object.assign(this.record, traits);
    this.#options.onChange({ isLasting: true });
  }

  /** Forgets what has scrolled away; the screen stays, and so does what holders have in terminals of their own. */
  forgetHistory(): void {
    keepNewestHistory(this.#emulator, 0);
  }

  /** The facts as they are now, also brought into the record. */
  status(): SessionStatus {
    const { clock, foreground, recorder } = this.#options;
    return presentStatus({
      ...{ record: this.record, emulator: this.#emulator, activity: this.#activity, now: clock.now() },
      ...{ holder: this.#holder, pid: this.terminal.pid, foreground, persistence: recorder?.persistence },
    });
  }

  #wasRead(bytes: Uint8Array): void {
    const { recorder, emulator, clock, onChange } = this.#options;
    recorder?.output(bytes);
    this.#sendRestoration();
    const now = clock.now();
    this.record.lastOutputAt = now;
    this.#activity.add(emulator.takeNews(), now);
    onChange({ isLasting: false });
  }

  #part(left: Left): boolean {
    const holder = this.#holder;
    if (holder === null) return false;
    // It has seen all that it was sent, bells and all.
    this.settle();
    // What it leaves behind in its terminal is the present screen.
    this.uncover(holder);
    this.#holder = null;
    this.record.seenAt = this.#options.clock.now();
    holder.leave(left, { endRow: this.#emulator.endRow, ...this.#dialogue.end() });
    this.#emulator.look = null;
    return true;
  }

  /** Takes the size of the holder's terminal; true when it is to be painted again. The program hears of changed pixels as well. */
  #setSize(asked: PtySize, look: Look): boolean {
    const outside = possibleSize(asked);
    const size = sizeInside(look, outside);
    const shown = shownLook(look, { name: this.record.name, size: outside });
    const hasOtherLook = shown?.kind !== this.#emulator.look?.kind;
    this.#emulator.look = shown;
    const hasNewCells = size.cols !== this.#size.cols || size.rows !== this.#size.rows;
    const hasNewPixels = size.pixelWidth !== this.#size.pixelWidth || size.pixelHeight !== this.#size.pixelHeight;
    if (!hasNewCells && !hasNewPixels) return hasOtherLook;
    this.#size = size;
    Object.assign(this.record, { cols: size.cols, rows: size.rows });
    const resize = () => this.#emulator.resize(size);
    if (this.#cover === null) resize();
    else this.#cover.during(resize);
    if (hasNewCells) this.#options.recorder?.resize(size);
    this.terminal.resize(size);
    return hasNewCells || hasOtherLook;
  }

  #sendRestoration(): void {
    if (this.#holder === null || this.#sentRestoration === this.#emulator.restorationRevision) return;
    this.#sentRestoration = this.#emulator.restorationRevision;
    this.#holder.restoration(this.#emulator.restoration());
  }

  /** Something of what is shown around the session is another; where it is shown is not. */
  #changeLook(): void {
    const { look } = this.#emulator;
    if (this.#holder === null || look === null) return;
    this.#emulator.look = { ...look, ...this.#holder.look, name: this.record.name } as EmulatorLook;
    this.#dialogue.show(this.#emulator.lookAgain());
  }

  #used(): void {
    this.record.lastUsedAt = this.#options.clock.now();
    this.#options.onChange({ isLasting: true });
  }
}
