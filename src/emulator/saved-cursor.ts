// What DECSC saves on each screen, kept by us: xterm.js saves a row of the history instead of one of the screen, and
// neither origin mode, nor underline style, nor all of the charsets.

import { type CharsetState, type Charsets, initialCharsets } from './charsets.ts';
import { type Pen, penOf, plainPen, setPen } from './pen.ts';
import type { Core, CoreBuffer } from './xterm-core.ts';

export interface SavedCursor {
  /** From 0; equal to the number of columns where the wrap was pending. */
  x: number;
  y: number;
  pen: Readonly<Pen>;
  charsets: CharsetState;
  isOrigin: boolean;
}

export const homeCursor: Readonly<SavedCursor> = Object.freeze({
  x: 0,
  y: 0,
  pen: plainPen,
  charsets: initialCharsets,
  isOrigin: false,
});

export class SavedCursors {
  readonly #core: Core;
  readonly #charsets: Charsets;
  #normal: Readonly<SavedCursor> = homeCursor;
  #alternate: Readonly<SavedCursor> = homeCursor;

  /** Takes over saving and restoring from xterm, whichever sequence asks for it. */
  constructor(core: Core, charsets: Charsets) {
    this.#core = core;
    this.#charsets = charsets;
    core._inputHandler.saveCursor = () => this.#save();
    core._inputHandler.restoreCursor = () => this.#restore();
  }

  get normal(): Readonly<SavedCursor> {
    return this.#normal;
  }

  get alternate(): Readonly<SavedCursor> {
    return this.#alternate;
  }

  /** Forgets what was saved on the alternate screen: each stay there starts anew. */
  forgetAlternate(): void {
    this.#alternate = homeCursor;
  }

  /** As DECSTR does: the screen that is shown has nothing saved. */
  resetActive(): void {
    this.#keep(homeCursor);
  }

  /** After a resize: saved places outside of the screen move to its edge. */
  fit(size: { cols: number; rows: number }): void {
    const inside = (cursor: Readonly<SavedCursor>) => ({
      ...cursor,
      x: Math.min(cursor.x, size.cols - 1),
      y: Math.min(cursor.y, size.rows - 1),
    });
    this.#normal = inside(this.#normal);
    this.#alternate = inside(this.#alternate);
  }

  reset(): void {
    this.#normal = homeCursor;
    this.#alternate = homeCursor;
  }

  #save(): boolean {
    const { active } = this.#core.buffers;
    this.#keep({
      x: active.x,
      y: active.y,
      pen: { ...penOf(this.#core._inputHandler._curAttrData), linkId: 0 },
      charsets: this.#charsets.capture(),
      isOrigin: this.#core.coreService.decPrivateModes.origin,
    });
    return true;
  }

  #restore(): boolean {
    const { active } = this.#core.buffers;
    const saved = active === this.#core.buffers.alt ? this.#alternate : this.#normal;
    this.#charsets.restore(saved.charsets);
    this.#core.coreService.decPrivateModes.origin = saved.isOrigin;
    // The hyperlink is no part of what is saved.
    setPen(this.#core._inputHandler._curAttrData, saved.pen);
    this.#place(active, saved);
    return true;
  }

  #place(active: CoreBuffer, saved: Readonly<SavedCursor>): void {
    active.x = saved.x;
    active.y = saved.y;
    const cols = active.lines.get(active.ybase)?.length ?? 0;
    this.#core._inputHandler._restrictCursor(saved.x >= cols ? cols : cols - 1);
  }

  #keep(cursor: Readonly<SavedCursor>): void {
    if (this.#core.buffers.active === this.#core.buffers.alt) this.#alternate = cursor;
    else this.#normal = cursor;
  }
}
