// Editing one line of text, as a value: every key gives a new field. Moves and deletes by grapheme.

import type { FieldAction } from '../base/list-keys.ts';
import { graphemes, printable, takeEnd, takeStart, widthOf } from './display-width.ts';

/** Characters kept at most: far more than any name may have, so that a pasted file does not slow the list down. */
const maxLength = 500;

export interface TextField {
  /** What stands before the cursor, and after it. */
  readonly before: string;
  readonly after: string;
}

/** A field that holds `text`, with the cursor at its end. */
export function fieldOf(text: string): TextField {
  return { before: text, after: '' };
}

export function textOf(field: TextField): string {
  return field.before + field.after;
}

/** Puts `text` in at the cursor, without its control characters. */
export function insert(field: TextField, text: string): TextField {
  const room = Math.max(0, maxLength - textOf(field).length);
  // Cut before looking at it: a pasted text may be huge. A character cut in two at the limit is dropped.
  const clean = text.slice(0, maxLength).replace(/\p{Cc}/gu, '');
  return {
    ...field,
    before:
      field.before +
      printable(clean)
        .slice(0, room)
        .replace(/[\ud800-\udbff]$/, ''),
  };
}

export function edit(field: TextField, action: FieldAction): TextField {
  const { before, after } = field;
  const previous = graphemes(before).at(-1) ?? '';
  const next = graphemes(after)[0] ?? '';
  switch (action) {
    case 'left':
      return { before: dropEnd(before, previous), after: previous + after };
    case 'right':
      return { before: before + next, after: after.slice(next.length) };
    case 'start':
      return { before: '', after: before + after };
    case 'end':
      return { before: before + after, after: '' };
    case 'deleteBack':
      return { before: dropEnd(before, previous), after };
    case 'deleteForward':
      return { before, after: after.slice(next.length) };
    case 'deleteWord':
      return { before: before.replace(/\S*\s*$/u, ''), after };
    case 'deleteToStart':
      return { before: '', after };
  }
}

function dropEnd(text: string, end: string): string {
  return text.slice(0, text.length - end.length);
}

/** The part of the field that shows in `width` cells, and the cell of the cursor in it. */
export function fieldWindow(field: TextField, width: number): { text: string; cursor: number } {
  // One cell stays free for a cursor behind the last character.
  const before = takeEnd(field.before, width - 1);
  const cursor = widthOf(before);
  return { text: before + takeStart(field.after, width - cursor), cursor };
}
