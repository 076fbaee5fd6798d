// The headless terminal of a session: always knows the true screen, can make another terminal equal to it, and undo it.

import type { Terminal } from '@xterm/headless';
import xterm from '@xterm/headless';
import type { Disposable } from '../base/disposables.ts';
import { type ActivityNews, ActivityTracker } from './activity-tracker.ts';
import { pathOf } from './cwd-path.ts';
import type { EmulatorSize } from './emulator-size.ts';
import type { GuardedPiece } from './guarded-pieces.ts';
import { Links } from './links.ts';
import { isMereDrawing } from './mere-drawing.ts';
import { ModeTracker } from './mode-tracker.ts';
import { PendingInput } from './pending-input.ts';
import { linesFrom, type RepaintOptions, type RepaintSource, repaintBytes } from './repaint.ts';
import { answerQueries } from './replies.ts';
import { restorationText } from './restoration.ts';
import { print } from './scroll-by.ts';
import { type EmulatorLook, Surroundings } from './surroundings.ts';
import { TerminalAnswers } from './terminal-answers.ts';
import { ansiLine, plainLine } from './text-lines.ts';
import { unicodeVersion, unicodeWidths } from './unicode.ts';
import { usedLinks } from './used-links.ts';
import { type Core, type CoreLine, isBetween, openCore } from './xterm-core.ts';
import { mendXterm, resizeMended } from './xterm-mends.ts';

export interface EmulatorOptions {
  cols: number;
  rows: number;
  /** Lines kept above the screen. */
  historyLines: number;
  /** Answers to the program's questions (DA, DSR, ...), to be written to the PTY by whoever is the answerer now. */
  onReply(bytes: Uint8Array): void;
  /** A fault inside the emulator; it goes on, with a screen that may be wrong. */
  onFault(error: unknown): void;
}

export interface EmulatorParts {
  core: Core;
  tracker: ModeTracker;
  links: Links;
  /** Bytes taken and not yet acted on. */
  pending: Uint8Array;
  isNewlineMode: boolean;
}

const encoder = new TextEncoder();

/** Bytes of which the lines would scroll by on any usual screen. */
const muchOutput = 64 * 1024;

export class Emulator implements Disposable {
  /** Whether much of what was fed last were lines that scrolled by, which are cheap to take if they come at once. */
  hasScrolledBy = false;
  readonly #terminal: Terminal;
  readonly #core: Core;
  readonly #tracker: ModeTracker;
  readonly #links: Links;
  readonly #pending: PendingInput;
  readonly #activity = new ActivityTracker();
  readonly #surroundings: Surroundings;
  readonly #onFault: (error: unknown) => void;
  readonly #known = new TerminalAnswers();
  #size: EmulatorSize;
  #hasShown = false;
  #hasPushedTitle = false;
  #restoration = '';
  #restorationRevision = 0;

  constructor(options: EmulatorOptions) {
    this.#size = { cols: options.cols, rows: options.rows };
    this.#onFault = options.onFault;
    this.#terminal = new xterm.Terminal({
      cols: options.cols,
      rows: options.rows,
      scrollback: options.historyLines,
      allowProposedApi: true,
      logLevel: 'off',
      // Only so that our own handlers see these; xterm's part of them never runs.
      windowOptions: {
        pushTitle: true,
        popTitle: true,
        getWinSizePixels: true,
        getCellSizePixels: true,
        getWinSizeChars: true,
      },
    });
    this.#terminal.unicode.register(unicodeWidths);
    this.#terminal.unicode.activeVersion = unicodeVersion;
    this.#core = openCore(this.#terminal);
    this.#links = new Links(() => usedLinks(this.#core));
    mendXterm(this.#terminal, this.#core, this.#links);
    this.#tracker = new ModeTracker(this.#core);
    this.#tracker.watch(this.#terminal.parser);
    this.#activity.watch(this.#terminal);
    const reply = (text: string) => options.onReply(encoder.encode(text));
    answerQueries(this.#terminal.parser, {
      core: this.#core,
      tracker: this.#tracker,
      size: () => this.#size,
      known: this.#known,
      reply,
    });
    this.#terminal.onData(reply);
    this.#pending = new PendingInput(this.#core._inputHandler);
    this.#surroundings = new Surroundings(this.#terminal.parser, { core: this.#core, tracker: this.#tracker });
  }

  get cols(): number {
    return this.#size.cols;
  }

  get rows(): number {
    return this.#size.rows;
  }

  get title(): string {
    return this.#tracker.titles.window.current ?? '';
  }

  /** The directory of OSC 7, as a path. */
  get cwd(): string | undefined {
    return pathOf(this.#tracker.cwdUrl);
  }

  get isAlternateScreen(): boolean {
    return this.#tracker.isAlternate;
  }

  /** Takes bytes of the program, cut anywhere. The screen is settled on return. Never throws. */
  feed(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    try {
      const hasScrolledBy = print(this.#core, bytes);
      // Of a little there is nothing to tell.
      if (hasScrolledBy || bytes.length >= muchOutput) this.hasScrolledBy = hasScrolledBy;
      this.#pending.follow(bytes);
    } catch (error) {
      this.#recover(error);
    }
    this.#hasShown = true;
  }

  /** Whether `bytes`, shown in a terminal that shows nothing of ours, change nothing there but what is drawn. */
  onlyDraws(bytes: Uint8Array): boolean {
    return this.look === null && isBetween(this.#core._inputHandler) && isMereDrawing(bytes);
  }

  /** What is shown of ours around the session, in the terminals that it is painted for from now on. */
  get look(): EmulatorLook | null {
    return this.#surroundings.look;
  }

  set look(look: EmulatorLook | null) {
    this.#surroundings.look = look;
  }

  /** Output as it is to be shown and fed, piece by piece, with `mend` behind each: in one piece unless we show a line. */
  pieces(bytes: Uint8Array): GuardedPiece[] {
    return this.#surroundings.pieces(bytes);
  }

  /** What makes good, in a terminal that shows something of ours, what the last piece did to that; null when nothing does. */
  mend(piece: Pick<GuardedPiece, 'isCut' | 'isBeforeErasure'>): Uint8Array | null {
    const damage = this.#surroundings.damage(piece);
    if (piece.isBeforeErasure) return this.#pending.amid(this.#surroundings.blankText(this.#source()));
    if (damage === 'none') return null;
    return damage === 'screen' ? this.repaint({ onto: 'same', historyLines: 0 }) : this.lookAgain();
  }

  /** What we show around the session, anew. */
  lookAgain(): Uint8Array {
    return this.#pending.amid(this.#surroundings.text(this.#source()));
  }

  /** Tolerates any size; the screen is kept at no less than two columns and one row. */
  resize(size: EmulatorSize): void {
    this.#size = { ...size };
    try {
      resizeMended(this.#terminal, this.#core, size);
      this.#tracker.savedCursors.fit({ cols: this.#terminal.cols, rows: this.#terminal.rows });
      this.#core._inputHandler._parser.precedingJoinState = 0;
    } catch (error) {
      this.#recover(error);
    }
  }

  /** Takes note of what a real terminal sent, to give the same answers while there is none. */
  learn(bytes: Uint8Array): void {
    const { palette, special } = this.#tracker.colours;
    // A colour that the program set is told back to it, and is none of the terminal's.
    this.#known.learn(bytes, (key) => {
      const [, index, entry] = /^OSC (\d+)(?:;(\d+))?$/.exec(key) ?? [];
      return entry === undefined ? special.has(Number(index)) : palette.has(Number(entry));
    });
  }

  /** The bytes that make another terminal of the same size equal to this one. */
  repaint(options: RepaintOptions): Uint8Array {
    if (options.onto === 'used' || options.onto === 'restored') this.#hasPushedTitle = true;
    this.#hasShown = true;
    return this.#pending.after(repaintBytes(this.#source(), options));
  }

  /** The bytes that undo, in the user's terminal, what the program turned on and `repaint` did. Right at any moment. */
  restoration(): Uint8Array {
    return encoder.encode(this.#restorationText());
  }

  /** Grows whenever `restoration` would give something else. */
  get restorationRevision(): number {
    const text = this.#restorationText();
    if (text !== this.#restoration) {
      this.#restoration = text;
      this.#restorationRevision++;
    }
    return this.#restorationRevision;
  }

  /** The last row of the normal screen, from 1, that holds text or the cursor: what follows the session goes below it. */
  get endRow(): number {
    const { normal } = this.#core.buffers;
    const lines = linesFrom(normal, { start: normal.ybase, count: this.#terminal.rows });
    return (
      Math.max(
        lines.findLastIndex((line) => plainLine(line) !== ''),
        normal.y,
      ) + 1
    );
  }

  /** The screen, and up to `historyLines` lines above it, without attributes and without blanks at the ends. */
  textLines(options: { historyLines: number }): string[] {
    return this.#lines(options.historyLines).map(plainLine);
  }

  /** The same with SGR colours and hyperlinks; each line stands by itself. */
  ansiLines(options: { historyLines: number }): string[] {
    return this.#lines(options.historyLines).map((line) => ansiLine(line, (linkId) => this.#links.get(linkId)));
  }

  /** Where the cursor of the shown screen is, from 0, and whether the program lets it be seen. */
  get cursor(): { col: number; row: number; isVisible: boolean } {
    const { x, y: row } = this.#core.buffers.active;
    return { col: Math.min(x, this.#terminal.cols - 1), row, isVisible: !this.#core.coreService.isCursorHidden };
  }

  /** What the program told its person since this was last asked, or null when it told nothing. */
  takeNews(): ActivityNews | null {
    return this.#activity.take();
  }

  /** What it is made of, for this room and for tests that compare two of them part by part. */
  get parts(): EmulatorParts {
    return {
      core: this.#core,
      tracker: this.#tracker,
      links: this.#links,
      pending: this.#pending.bytes,
      isNewlineMode: this.#terminal.options.convertEol === true,
    };
  }

  dispose(): void {
    this.#surroundings.dispose();
    this.#terminal.dispose();
  }

  #restorationText(): string {
    if (!this.#hasShown) return '';
    const lineRow = this.look?.kind === 'line' ? this.#terminal.rows + 1 : null;
    return restorationText(this.#tracker, { cols: this.cols, hasPushedTitle: this.#hasPushedTitle, lineRow });
  }

  #lines(historyLines: number): CoreLine[] {
    const { active } = this.#core.buffers;
    const history = Math.min(active.ybase, Math.max(0, historyLines));
    return linesFrom(active, { start: active.ybase - history, count: history + this.#terminal.rows });
  }

  #source(): RepaintSource {
    return {
      core: this.#core,
      tracker: this.#tracker,
      linkOf: (linkId) => this.#links.get(linkId),
      cols: this.#terminal.cols,
      rows: this.#terminal.rows,
      look: this.look,
    };
  }

  // A fault leaves the parser inside of a sequence; from its resting state it understands what follows.
  #recover(error: unknown): void {
    this.#core._inputHandler._parser.reset();
    this.#pending.reset();
    this.#onFault(error);
  }
}
