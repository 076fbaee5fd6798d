// A screen as text, for people and scripts that only look.

import type { Emulator } from './emulator.ts';

export interface PeekOptions {
  /** History lines before those of the screen, at most. */
  historyLines: number;
  /** Whether colours, attributes and links are kept, as escape sequences. */
  isAnsi: boolean;
}

export interface PeekFacts {
  cols: number;
  rows: number;
  /** How many of the lines are history. */
  historyLines: number;
  cursor: { col: number; row: number; isVisible: boolean };
  isAlternateScreen: boolean;
  title: string;
}

/** The history asked for, then the screen: one string a line, and what else there is to know. */
export function peek(emulator: Emulator, options: PeekOptions): { lines: string[]; facts: PeekFacts } {
  const { cols, rows, cursor, isAlternateScreen, title } = emulator;
  const lines = options.isAnsi ? emulator.ansiLines(options) : emulator.textLines(options);
  return { lines, facts: { cols, rows, historyLines: lines.length - rows, cursor, isAlternateScreen, title } };
}
