// The help as lines of text, made from the table of keys: in two columns where they fit beside each other.

import type { KeyTable } from '../base/list-keys.ts';
import { pad, shorten, widthOf } from './display-width.ts';
import { type HelpRow, helpGroups } from './key-table.ts';

/** Cells between keys and what they do, and between two columns. */
const gap = 2;
const columnGap = 3;

/** A piece of a line; headings are told apart by their look. */
export interface HelpPart {
  text: string;
  isHeading: boolean;
}

export type HelpLine = readonly HelpPart[];

export function helpText(line: HelpLine): string {
  return line.map(({ text }) => text).join('');
}

export function helpLines(table: KeyTable, width: number): HelpLine[] {
  const groups = helpGroups(table).map(partsOf);
  const [left, right] = halves(groups);
  const together = sideBySide(left, right);
  if (together.every((line) => widthOf(helpText(line)) <= width)) return together;
  return stacked(groups).map((part) => [{ ...part, text: shorten(part.text, width) }]);
}

const blank: HelpPart = { text: '', isHeading: false };

/** The rows of a group, its heading first. */
function partsOf(rows: readonly HelpRow[]): HelpPart[] {
  const keysWidth = Math.max(...rows.map(({ keys }) => widthOf(keys)));
  return rows.map(({ keys, text }) => {
    const isHeading = keys === '';
    return { text: isHeading ? text : pad(keys, keysWidth + gap) + text, isHeading };
  });
}

/** The groups in two columns of about the same height, in their order. */
function halves(groups: readonly HelpPart[][]): [HelpPart[], HelpPart[]] {
  const heights = groups.map((_, count) => {
    const [left, right] = [stacked(groups.slice(0, count)), stacked(groups.slice(count))];
    return Math.max(left.length, right.length);
  });
  const best = heights.indexOf(Math.min(...heights));
  return [stacked(groups.slice(0, best)), stacked(groups.slice(best))];
}

function stacked(groups: readonly HelpPart[][]): HelpPart[] {
  return groups.flatMap((parts, index) => (index === 0 ? parts : [blank, ...parts]));
}

function sideBySide(left: readonly HelpPart[], right: readonly HelpPart[]): HelpLine[] {
  const width = Math.max(0, ...left.map(({ text }) => widthOf(text))) + columnGap;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const [first, second] = [left[row] ?? blank, right[row] ?? blank];
    return second.text === '' ? [first] : [{ ...first, text: pad(first.text, width) }, second];
  });
}
