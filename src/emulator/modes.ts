// Every mode the program set or reset, known to xterm or not, in the order in which each was last touched. Played again
// in that order it gives the same result in any terminal, also where modes exclude one another as the mouse's do.

/** Modes remembered at most, so that a stream of nonsense cannot grow without end. */
const maxModes = 512;

/** Private modes with a meaning of their own, or none that lasts. Kept out of the general replay. */
const specialPrivateModes = new Set([
  2, // VT52: an emulation that neither xterm.js nor the repaint could live in
  3, // DECCOLM clears the screen
  6, // origin: moves the cursor; has its place in the order of the repaint
  7, // autowrap: likewise
  25, // cursor visibility: comes last
  38, // Tektronix
  45, // reverse wrap: xterm.js knows it
  47, // the alternate screen and the saved cursor
  1047,
  1048,
  1049,
  2026, // synchronised output must never be left on
]);

/** Modes that are on in a new terminal. */
export const onByDefault: ReadonlySet<number> = new Set([7, 8, 25]);

export class Modes {
  readonly #private = new Map<number, boolean>();
  readonly #ansi = new Map<number, boolean>();
  readonly #saved = new Map<number, boolean>();

  /** The program set or reset a private mode. */
  setPrivate(mode: number, isOn: boolean): void {
    if (!specialPrivateModes.has(mode)) touch(this.#private, mode, isOn);
  }

  /** Those that are off everywhere unless set are forgotten when reset. Insert mode (4) is xterm's to know. */
  setAnsi(mode: number, isOn: boolean): void {
    if (mode === 4) return;
    if (isOn || mode === 12) touch(this.#ansi, mode, isOn);
    else this.#ansi.delete(mode);
  }

  /** What the program last said of a mode; undefined when it never did. */
  isPrivateSet(mode: number): boolean | undefined {
    return this.#private.get(mode);
  }

  /** XTSAVE of a mode that is now `isOn`. */
  save(mode: number, isOn: boolean): void {
    if (!specialPrivateModes.has(mode) || mode === 7 || mode === 25 || mode === 45) touch(this.#saved, mode, isOn);
  }

  /** What XTRESTORE brings back; undefined when nothing was saved. */
  savedValue(mode: number): boolean | undefined {
    return this.#saved.get(mode);
  }

  get savedModes(): ReadonlyMap<number, boolean> {
    return this.#saved;
  }

  get privateModes(): ReadonlyMap<number, boolean> {
    return this.#private;
  }

  get ansiModes(): ReadonlyMap<number, boolean> {
    return this.#ansi;
  }

  /** DECSTR: what xterm resets. Mouse, paste and focus reporting stay as they are. */
  softReset(): void {
    for (const mode of [1, 66]) if (this.#private.has(mode)) touch(this.#private, mode, false);
    this.#ansi.delete(2);
  }

  /** RIS. What was touched stays known, so that a terminal that missed the reset is brought along. */
  reset(): void {
    for (const mode of this.#private.keys()) this.#private.set(mode, onByDefault.has(mode));
    for (const mode of this.#ansi.keys())
      if (mode === 12) this.#ansi.set(mode, true);
      else this.#ansi.delete(mode);
    this.#saved.clear();
  }
}

function touch(modes: Map<number, boolean>, mode: number, isOn: boolean): void {
  modes.delete(mode);
  modes.set(mode, isOn);
  if (modes.size > maxModes) modes.delete(modes.keys().next().value!);
}
