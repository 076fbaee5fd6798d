// What is shown of ours around a session in the terminal of its holder, and when that has to be made anew. Without anything
// of ours it does nothing.

import type { Terminal } from '@xterm/headless';
import { type GuardedPiece, guardedPieces } from './guarded-pieces.ts';
import { type Damage, LineGuard } from './line-guard.ts';
import type { ModeTracker } from './mode-tracker.ts';
import { firstStringState } from './pending-input.ts';
import { lineText, type StatusLine } from './status-line.ts';
import { TitleGuard } from './title-guard.ts';
import { namedTitleSequence } from './titles.ts';
import type { Core } from './xterm-core.ts';

/** A line of ours below the screen, or the session's name before the title. */
export type EmulatorLook = ({ kind: 'line' } & StatusLine) | { kind: 'title'; name: string };

export class Surroundings {
  readonly #parser: Terminal['parser'];
  readonly #core: Core;
  readonly #tracker: ModeTracker;
  #look: EmulatorLook | null = null;
  #guard: LineGuard | TitleGuard | null = null;

  constructor(parser: Terminal['parser'], { core, tracker }: { core: Core; tracker: ModeTracker }) {
    this.#parser = parser;
    this.#core = core;
    this.#tracker = tracker;
  }

  get look(): EmulatorLook | null {
    return this.#look;
  }

  set look(look: EmulatorLook | null) {
    if (look?.kind !== this.#look?.kind) {
      this.#guard?.dispose();
      this.#guard = look === null ? null : this.#guardOf(look);
    }
    this.#look = look;
  }

  /** The program's output, cut where the line may have to be mended. */
  pieces(bytes: Uint8Array): GuardedPiece[] {
    if (this.#look?.kind !== 'line') return [{ bytes, isCut: false, isBeforeErasure: false }];
    const state = this.#core._inputHandler._parser.currentState;
    const isInside = state > 0 && state < firstStringState;
    return guardedPieces(bytes, { rows: this.#core._bufferService.rows, isInside });
  }

  /** What is to be made anew after a piece. */
  damage({ isCut }: Pick<GuardedPiece, 'isCut'>): Damage {
    return this.#guard?.take({ isAlone: isCut }) ?? 'none';
  }

  /** Takes the line away, for as long as it takes to erase the screen. */
  blankText(source: Parameters<typeof lineText>[0]): string {
    return lineText(source, null);
  }

  /** Everything of ours, for a terminal that shows the screen. */
  text(source: Parameters<typeof lineText>[0]): string {
    if (this.#look?.kind === 'line') return lineText(source, this.#look);
    return this.#look === null ? '' : namedTitleSequence(this.#tracker.titles, this.#look.name);
  }

  dispose(): void {
    this.#guard?.dispose();
  }

  #guardOf({ kind }: EmulatorLook): LineGuard | TitleGuard {
    return kind === 'line' ? new LineGuard(this.#parser, this.#core) : new TitleGuard(this.#parser);
  }
}
