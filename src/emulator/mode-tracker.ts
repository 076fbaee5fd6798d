// Follows, through the emulator's own parser, everything a program turns on or sets that xterm.js ignores or does not
// show. Only looks on: each handler returns false so that xterm acts too, unless a comment says otherwise.

import type { Terminal } from '@xterm/headless';
import { Charsets } from './charsets.ts';
import { Colours, watchColours } from './colours.ts';
import { KeyModifiers, KittyStack, watchKeyboard } from './keyboard.ts';
import { Modes } from './modes.ts';
import { numbers, type Params } from './parameters.ts';
import { SavedCursors } from './saved-cursor.ts';
import { Titles, watchTitles } from './titles.ts';
import type { Core, ModeParams } from './xterm-core.ts';

/** How the alternate screen was entered, which is how it is left. */
export type AlternateMode = 47 | 1047 | 1049;

/** Left and right margins (DECSLRM), from 1; only terminals other than this one act on them. */
export interface SideMargins {
  left: number;
  right: number;
}

type Parser = Terminal['parser'];

export class ModeTracker {
  readonly modes = new Modes();
  readonly titles = new Titles();
  readonly colours = new Colours();
  readonly keyModifiers = new KeyModifiers();
  readonly normalKeys = new KittyStack();
  readonly alternateKeys = new KittyStack();
  readonly charsets: Charsets;
  readonly savedCursors: SavedCursors;
  readonly #core: Core;
  #cwd: string | undefined;
  #cursorStyle: number | undefined;
  #alternateMode: AlternateMode = 1049;
  #sideMargins: SideMargins | undefined;
  #hasTouchedTabs = false;

  constructor(core: Core) {
    this.#core = core;
    this.charsets = new Charsets(core);
    this.savedCursors = new SavedCursors(core, this.charsets);
  }

  /** The URL of OSC 7, as the program wrote it. */
  get cwdUrl(): string | undefined {
    return this.#cwd;
  }

  /** The number of DECSCUSR; undefined when the program never chose. */
  get cursorStyle(): number | undefined {
    return this.#cursorStyle;
  }

  get alternateMode(): AlternateMode {
    return this.#alternateMode;
  }

  get sideMargins(): SideMargins | undefined {
    return this.#sideMargins;
  }

  /** True once the program changed tab stops, even if they are the usual ones again. */
  get hasTouchedTabs(): boolean {
    return this.#hasTouchedTabs;
  }

  get isAlternate(): boolean {
    return this.#core.buffers.active === this.#core.buffers.alt;
  }

  /** Of the screen that is shown. */
  get keys(): KittyStack {
    return this.isAlternate ? this.alternateKeys : this.normalKeys;
  }

  watch(parser: Parser): void {
    this.charsets.watch(parser);
    this.#watchModes(parser);
    watchKeyboard(parser, { keys: () => this.keys, modifiers: this.keyModifiers });
    this.#watchStrings(parser);
    this.#watchLayout(parser);
    this.#watchResets(parser);
  }

  #watchModes(parser: Parser): void {
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => this.#setPrivateModes(params, true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => this.#setPrivateModes(params, false));
    parser.registerCsiHandler({ prefix: '?', final: 's' }, (params) => this.#saveModes(params));
    parser.registerCsiHandler({ prefix: '?', final: 'r' }, (params) => this.#restoreModes(params));
    parser.registerCsiHandler({ final: 'h' }, (params) => this.#setAnsiModes(params, true));
    parser.registerCsiHandler({ final: 'l' }, (params) => this.#setAnsiModes(params, false));
    // The keypad has a mode of its own and two escapes that set it.
    parser.registerEscHandler({ final: '=' }, () => this.#setPrivateMode(66, true));
    parser.registerEscHandler({ final: '>' }, () => this.#setPrivateMode(66, false));
  }

  #setPrivateModes(params: Params, isOn: boolean): boolean {
    for (const mode of numbers(params)) this.#setPrivateMode(mode, isOn);
    return false;
  }

  #setPrivateMode(mode: number, isOn: boolean): boolean {
    if (isAlternateMode(mode) && isOn && !this.isAlternate) this.#enterAlternate(mode);
    if (mode === 2 && isOn) this.charsets.reset();
    if (mode === 69 && !isOn) this.#sideMargins = undefined;
    this.modes.setPrivate(mode, isOn);
    return false;
  }

  #enterAlternate(mode: AlternateMode): void {
    this.#alternateMode = mode;
    this.savedCursors.forgetAlternate();
    this.alternateKeys.reset();
  }

  #setAnsiModes(params: Params, isOn: boolean): boolean {
    for (const mode of numbers(params)) this.modes.setAnsi(mode, isOn);
    return false;
  }

  #saveModes(params: Params): boolean {
    for (const mode of numbers(params)) {
      const isOn = this.isPrivateSet(mode);
      if (isOn !== undefined) this.modes.save(mode, isOn);
    }
    return true;
  }

  // xterm.js has no XTRESTORE, so it is told of the mode as if the program had set it.
  #restoreModes(params: Params): boolean {
    const input = this.#core._inputHandler;
    for (const mode of numbers(params)) {
      const isOn = this.modes.savedValue(mode);
      if (isOn === undefined) continue;
      const one: ModeParams = { length: 1, params: [mode] };
      this.#setPrivateMode(mode, isOn);
      if (isOn) input.setModePrivate(one);
      else input.resetModePrivate(one);
    }
    return true;
  }

  /** Whether a private mode is on; undefined for one that the program never touched and xterm does not keep. */
  isPrivateSet(mode: number): boolean | undefined {
    const { decPrivateModes, isCursorHidden } = this.#core.coreService;
    switch (mode) {
      case 6:
        return decPrivateModes.origin;
      case 7:
        return decPrivateModes.wraparound;
      case 25:
        return !isCursorHidden;
      case 45:
        return decPrivateModes.reverseWraparound;
      case 47:
      case 1047:
      case 1049:
        return this.isAlternate;
      default:
        return this.modes.isPrivateSet(mode);
    }
  }

  #watchStrings(parser: Parser): void {
    watchTitles(parser, this.titles);
    watchColours(parser, this.colours);
    parser.registerOscHandler(7, (url) => {
      this.#cwd = url;
      return true;
    });
  }

  #watchLayout(parser: Parser): void {
    parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, (params) => {
      this.#cursorStyle = numbers(params)[0] ?? 0;
      return false;
    });
    // With DECLRMM on, `CSI s` sets the side margins instead of saving the cursor.
    parser.registerCsiHandler({ final: 's' }, (params) => {
      if (this.modes.isPrivateSet(69) !== true) return false;
      const [left, right] = numbers(params);
      this.#sideMargins = { left: left || 1, right: right || 0 };
      return true;
    });
    const touchTabs = () => {
      this.#hasTouchedTabs = true;
      return false;
    };
    parser.registerEscHandler({ final: 'H' }, touchTabs);
    parser.registerCsiHandler({ final: 'g' }, touchTabs);
  }

  #watchResets(parser: Parser): void {
    parser.registerEscHandler({ final: 'c' }, () => this.#fullReset());
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => this.#softReset());
  }

  #softReset(): boolean {
    this.modes.softReset();
    this.charsets.reset();
    this.savedCursors.resetActive();
    this.#resetCursorStyle();
    this.keyModifiers.reset();
    return false;
  }

  #fullReset(): boolean {
    this.modes.reset();
    this.charsets.reset();
    this.savedCursors.reset();
    this.keyModifiers.reset();
    this.normalKeys.reset();
    this.alternateKeys.reset();
    this.colours.reset();
    this.#resetCursorStyle();
    this.#sideMargins = undefined;
    return false;
  }

  #resetCursorStyle(): void {
    if (this.#cursorStyle !== undefined) this.#cursorStyle = 0;
  }
}

export function isAlternateMode(mode: number): mode is AlternateMode {
  return mode === 47 || mode === 1047 || mode === 1049;
}
