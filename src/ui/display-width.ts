// Text in terminal cells: what it measures, and making it fit. A grapheme is never cut in two.

import { quickWidth } from './quick-width.ts';

/** One SGR sequence, to split styled text along: every second piece is one. */
export const sgrSequence = /(\x1b\[[0-9;:]*m)/;

/** Text of one cell per character, which most names and paths are: needs no measuring. */
const plain = /^[\x20-\x7e]*$/;

/** What a terminal would act on instead of showing it, and line separators. */
const control = /[\p{Cc}\u2028\u2029]/gu;

/** Marks that turn the direction of what follows them, also outside of the text they came in. */
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Made when it is first needed: that takes 1.5 ms. */
let segmenter: Intl.Segmenter | undefined;

/** The characters of `text` as a person counts them. */
export function graphemes(text: string): string[] {
  if (plain.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The cells that `text` takes. */
export function widthOf(text: string): number {
  return quickWidth(text);
}

/** Text from anywhere made safe to show: one line, no control characters, no change of direction. */
export function printable(text: string): string {
  return plain.test(text) ? text : text.replace(control, '\ufffd').replace(direction, '');
}

/** The longest beginning of `text` within `width` cells. */
export function takeStart(text: string, width: number): string {
  return takeCells(graphemes(text), width).join('');
}

/** The longest end of `text` within `width` cells. */
export function takeEnd(text: string, width: number): string {
  return takeCells(graphemes(text).reverse(), width).reverse().join('');
}

/** The same of a text that is styled by SGR; all styles are kept, also those that end behind it. */
export function takeStyled(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let free = width;
  return text
    .split(sgrSequence)
    .map((part) => {
      if (part.startsWith('\x1b')) return part;
      const taken = free > 0 ? takeStart(part, free) : '';
      // What did not fit whole ends the text, even if something narrower would still fit.
      free = taken.length < part.length ? 0 : free - widthOf(taken);
      return taken;
    })
    .join('');
}

function takeCells(parts: string[], width: number): string[] {
  let used = 0;
  let end = 0;
  for (; end < parts.length; end++) {
    used += widthOf(parts[end] ?? '');
    if (used > width) break;
  }
  return parts.slice(0, end);
}

/** `text` in at most `width` cells; what is cut off is marked, at the end or, for a path, at the start. */
export function shorten(text: string, width: number, cut: 'end' | 'start' = 'end', ellipsis = '…'): string {
  if (widthOf(text) <= width) return text;
  const mark = takeStart(ellipsis, width);
  const room = width - widthOf(mark);
  return cut === 'end' ? takeStart(text, room) + mark : mark + takeEnd(text, room);
}

/** `text` filled up with blanks to `width` cells. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** `text` in lines of at most `width` cells, broken between words; a word longer than a line is broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => pieces(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const first = takeStart(word, width);
  if (first === word || first === '') return [word];
  return [first, ...pieces(word.slice(first.length), width)];
}
