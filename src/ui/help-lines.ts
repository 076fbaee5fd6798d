// The help as lines of text, made from the table of keys: in two columns where they fit beside each other.

import type { KeyTable } from '../base/list-keys.ts';
import { pad, shorten, widthOf } from './display-width.ts';
import { type HelpRow, helpGroups } from './key-table.ts';

/** Cells between keys and what they do, and between two columns. */
const gap = 2;
const columnGap = 3;

export interface HelpLine {
  text: string;
  /** The columns that are headings, each with where it begins in the text. */
  headings: readonly { at: number; text: string }[];
}

const blank: HelpLine = { text: '', headings: [] };

export function helpLines(table: KeyTable, width: number): HelpLine[] {
  const groups = helpGroups(table).map(linesOf);
  const [left, right] = halves(groups);
  const together = sideBySide(left, right);
  if (together.every((line) => widthOf(line.text) <= width)) return together;
  return stacked(groups).map(({ text, headings }) => {
    const short = shorten(text, width);
    return { text: short, headings: headings.length === 0 ? [] : [{ at: 0, text: short }] };
  });
}

function linesOf(rows: readonly HelpRow[]): HelpLine[] {
  const keysWidth = Math.max(...rows.map(({ keys }) => widthOf(keys)));
  return rows.map(({ keys, text }) => {
    if (keys === '') return { text, headings: [{ at: 0, text }] };
    return { text: pad(keys, keysWidth + gap) + text, headings: [] };
  });
}

/** The groups in two columns of about the same height, in their order. */
function halves(groups: readonly HelpLine[][]): [HelpLine[], HelpLine[]] {
  const heights = groups.map((_, count) => {
    const [left, right] = [stacked(groups.slice(0, count)), stacked(groups.slice(count))];
    return Math.max(left.length, right.length);
  });
  const best = heights.indexOf(Math.min(...heights));
  return [stacked(groups.slice(0, best)), stacked(groups.slice(best))];
}

function stacked(groups: readonly HelpLine[][]): HelpLine[] {
  return groups.flatMap((lines, index) => (index === 0 ? lines : [blank, ...lines]));
}

function sideBySide(left: readonly HelpLine[], right: readonly HelpLine[]): HelpLine[] {
  const width = Math.max(0, ...left.map(({ text }) => widthOf(text))) + columnGap;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const [first, second] = [left[row] ?? blank, right[row] ?? blank];
    const start = pad(first.text, width);
    const headings = [...first.headings, ...second.headings.map((one) => ({ ...one, at: start.length + one.at }))];
    return { text: (start + second.text).trimEnd(), headings };
  });
}
