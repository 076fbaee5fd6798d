// The help as lines of text, made from the key table: in two columns where they fit beside each other.

import { pad, shorten, widthOf } from './display-width.ts';
import { type HelpRow, helpGroups, type KeyTable } from './key-table.ts';

/** Cells between keys and what they do, and between two columns. */
const gap = 2;
const columnGap = 4;

export interface HelpLine {
  text: string;
  isHeading: boolean;
}

export function helpLines(table: KeyTable, width: number): HelpLine[] {
  const columns = helpGroups(table).map(columnOf);
  const together = sideBySide(columns);
  if (together.every(({ text }) => widthOf(text) <= width)) return together;
  const blank = { text: '', isHeading: false };
  return columns
    .flatMap(({ lines }, index) => (index === 0 ? lines : [blank, ...lines]))
    .map(({ text, isHeading }) => ({ text: shorten(text, width), isHeading }));
}

interface Column {
  lines: HelpLine[];
  width: number;
}

function columnOf(rows: readonly HelpRow[]): Column {
  const keysWidth = Math.max(...rows.map(({ keys }) => widthOf(keys)));
  const lines = rows.map(({ keys, text }) => {
    const isHeading = keys === '';
    return { text: isHeading ? text : pad(keys, keysWidth + gap) + text, isHeading };
  });
  return { lines, width: Math.max(...lines.map(({ text }) => widthOf(text))) };
}

function sideBySide(columns: readonly Column[]): HelpLine[] {
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    const texts = columns.map(({ lines, width }) => pad(lines[row]?.text ?? '', width + columnGap));
    return { text: texts.join('').trimEnd(), isHeading: columns.some(({ lines }) => lines[row]?.isHeading) };
  });
}
