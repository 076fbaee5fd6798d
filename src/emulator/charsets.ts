// Which character sets G0-G3 hold and which one is shifted in: xterm keeps the tables, we the names that designate them.

import type { Terminal } from '@xterm/headless';
import type { Core, CoreCharset } from './xterm-core.ts';

/** The sets that xterm.js translates; it ignores others, and so do we. */
const finals = [...'0ABC45RQKYE6ZH7='];
const setOfIntermediate: Record<string, number> = { '(': 0, ')': 1, '*': 2, '+': 3, '-': 1, '.': 2 };
const designators = ['(', ')', '*', '+'] as const;
const lockingShifts = ['\x0f', '\x0e', '\x1bn', '\x1bo'] as const;
const ascii = 'B';

/** Everything about charsets that the cursor saves. */
export interface CharsetState {
  names: readonly string[];
  tables: readonly CoreCharset[];
  level: number;
}

export const initialCharsets: CharsetState = { names: [ascii, ascii, ascii, ascii], tables: [], level: 0 };

export class Charsets {
  readonly #core: Core;
  #names: string[] = [...initialCharsets.names];

  constructor(core: Core) {
    this.#core = core;
  }

  /** Follows what the program designates. */
  watch(parser: Terminal['parser']): void {
    for (const [intermediate, set] of Object.entries(setOfIntermediate)) {
      for (const final of finals) {
        parser.registerEscHandler({ intermediates: intermediate, final }, () => this.#designate(set, final));
      }
    }
    for (const final of ['@', 'G']) {
      parser.registerEscHandler({ intermediates: '%', final }, () => this.#designate(0, ascii));
    }
    // LS1R, LS2R, LS3R shift into the right half, which UTF-8 does not have; xterm.js takes them for the left one.
    for (const final of ['~', '}', '|']) parser.registerEscHandler({ final }, () => true);
  }

  #designate(set: number, final: string): boolean {
    this.#names[set] = final;
    return false;
  }

  /** ASCII everywhere. xterm does its own part. */
  reset(): void {
    this.#names = [...initialCharsets.names];
  }

  capture(): CharsetState {
    const service = this.#core._charsetService;
    return { names: [...this.#names], tables: [...service._charsets], level: service.glevel };
  }

  restore(state: CharsetState): void {
    const service = this.#core._charsetService;
    this.#names = [...state.names];
    service._charsets = [...state.tables];
    service.glevel = state.level;
    service.charset = state.tables[state.level];
  }

  /** The characters that, written now, come out as `text`. */
  typed(text: string): string {
    const table = this.#core._charsetService.charset;
    if (table === undefined) return text;
    return [...text].map((shown) => Object.keys(table).find((plain) => table[plain] === shown) ?? shown).join('');
  }
}

/** From any charset state to `state`. */
export function charsetSequence(state: CharsetState): string {
  const designations = state.names.map((name, set) => {
    // A terminal that knows only the first two must not see the others without need.
    if (set > 1 && name === ascii && state.level !== set) return '';
    return `\x1b${designators[set]}${name}`;
  });
  return `${designations.join('')}${lockingShifts[state.level] ?? lockingShifts[0]}`;
}

export function isInitialCharsets(state: CharsetState): boolean {
  return state.level === 0 && state.names.every((name) => name === ascii);
}
