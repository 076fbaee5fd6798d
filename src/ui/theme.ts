// How things look: marks, lines and text styles. Styles are written as SGR here, so that nothing but `hasColor` decides
// about colour; the library below Ink would look at the environment and at the process's own output.

import type { RowKind } from './format.ts';

export type Background = 'dark' | 'light';

export interface ThemeOptions {
  hasColor: boolean;
  /** Null while it is not known. */
  background: Background | null;
  isAscii: boolean;
}

/** Styles may stand in each other: what the inner one ends, the outer one takes up again behind it. */
export type Style = (text: string) => string;

export interface Theme {
  /** One cell each; the words beside them say the same. */
  marks: Readonly<Record<Mark, string>>;
  lines: Lines;
  /** Stands for what was cut off; for `shorten`. */
  ellipsis: string;
  /** The one colour. */
  accent: Style;
  strong: Style;
  /** What matters less. Without colour it is plain text, so never the only difference. */
  faint: Style;
  /** The selected row. */
  selected: Style;
  /** A row that is marked for what comes next. */
  marked: Style;
  /** The characters of a row that a filter found. */
  matched: Style;
  /** What went wrong; used rarely, so that it is seen. */
  problem: Style;
}

export type Mark = RowKind | 'new' | 'marked' | 'pinned' | 'close' | 'pointer';

/** Of a frame and of what parts panes; one cell each. */
export interface Lines {
  vertical: string;
  horizontal: string;
  topLeft: string;
  topRight: string;
  bottomLeft: string;
  bottomRight: string;
}

const unicodeMarks: Readonly<Record<Mark, string>> = {
  held: '●',
  running: '○',
  exited: '×',
  stopped: '■',
  silent: '?',
  new: '+',
  marked: '✓',
  pinned: '★',
  close: '×',
  pointer: '>',
};

const asciiMarks: Readonly<Record<Mark, string>> = {
  held: '*',
  running: 'o',
  exited: 'x',
  stopped: '#',
  silent: '?',
  new: '+',
  marked: 'v',
  pinned: '^',
  close: 'x',
  pointer: '>',
};

const unicodeLines: Lines = {
  vertical: '│',
  horizontal: '─',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
};

const asciiLines: Lines = {
  vertical: '|',
  horizontal: '-',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
};

/** Ends of SGR attributes (ECMA-48), by what they end. */
const bold = styled(1, 22);
const underlined = styled(4, 24);
const reversed = styled(7, 27);

export function createTheme({ hasColor, background, isAscii }: ThemeOptions): Theme {
  const isLight = background === 'light';
  const plain: Style = (text) => text;
  const coloured = (colour: number) => (hasColor ? styled(colour, 39) : plain);
  // Cyan is hard to read on white, and blue on black.
  const accent = coloured(isLight ? 34 : 36);
  // Terminals fade by mixing with the background, which leaves too little on a light one. There the palette's grey can be
  // read; on a dark one it may be the background itself (Solarized).
  const faded = isLight ? coloured(90) : styled(2, 22);
  return {
    marks: isAscii ? asciiMarks : unicodeMarks,
    lines: isAscii ? asciiLines : unicodeLines,
    ellipsis: isAscii ? '...' : '…',
    accent,
    strong: bold,
    faint: hasColor ? faded : plain,
    selected: reversed,
    marked: hasColor ? accent : bold,
    // Without colour a line below: bold is hardly seen in a row that is reversed.
    matched: hasColor ? (text) => bold(accent(text)) : (text) => bold(underlined(text)),
    problem: hasColor ? coloured(31) : bold,
  };
}

/** Which of the two a background is, each part of its colour from 0 to 1. */
export function backgroundOf({ red, green, blue }: { red: number; green: number; blue: number }): Background {
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // From here on black stands out better than white (WCAG 2.2, relative luminance and contrast ratio).
  return luminance > 0.179 ? 'light' : 'dark';
}

/** A part of an sRGB colour as light. */
function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function styled(on: number, off: number): Style {
  const [start, end] = [`\x1b[${on}m`, `\x1b[${off}m`];
  return (text) => (text === '' ? '' : start + text.replaceAll(end, end + start) + end);
}
