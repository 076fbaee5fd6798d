// What of the list is at a cell of the screen.

import { widthOf } from './display-width.ts';
import type { ListState } from './list-state.ts';
import { formHeight, listPanes, listRegions, visibleRows } from './screen-plan.ts';

export type Zone =
  | { kind: 'row'; id: string }
  /** The mark at the end of a row that closes its session. */
  | { kind: 'close'; id: string }
  | { kind: 'preview' }
  /** The words at the top that make a session. */
  | { kind: 'new' }
  | { kind: 'nothing' };

/** The words at the top right that make a session when they are clicked. */
export const newSessionWords = '+ New session';

/** Cells of the close mark, the blanks around it included. */
export const closeWidth = 3;

/** Where the words at the top begin; null where they have no room beside `used` cells of other words. */
export function newSessionCol(cols: number, used: number): number | null {
  const col = cols - widthOf(newSessionWords) - 2;
  return col >= used + 3 ? col : null;
}

/** Cells that the header needs for what stands at its left. */
export const headerWordsWidth = 24;

export function zoneAt(state: ListState, { col, row }: { col: number; row: number }): Zone {
  const regions = listRegions(state);
  const panes = listPanes(state);
  if (row < regions.header) return row === 0 && isOverNew(state, col) ? { kind: 'new' } : { kind: 'nothing' };
  const top = regions.header + regions.titles;
  if (row >= top + regions.body) return { kind: 'nothing' };
  if (col >= panes.list + panes.separator) return { kind: 'preview' };
  const session = visibleRows(state)[row - top - formHeight(state)]?.session;
  if (session === undefined || row < top || col >= panes.list) return { kind: 'nothing' };
  return { kind: col >= panes.list - closeWidth ? 'close' : 'row', id: session.id };
}

function isOverNew({ size }: ListState, col: number): boolean {
  const start = newSessionCol(size.cols, headerWordsWidth);
  return start !== null && col >= start && col < start + widthOf(newSessionWords);
}
