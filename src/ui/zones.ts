// What of the list is at a cell of the screen.

import { widthOf } from './display-width.ts';
import { headerOf, newSessionWords } from './header.ts';
import { gutter } from './layout.ts';
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

/** Cells of the close mark, the blanks around it included. */
export const closeWidth = 3;

export function zoneAt(state: ListState, { col, row }: { col: number; row: number }): Zone {
  const regions = listRegions(state);
  const panes = listPanes(state);
  if (row < regions.header) return row === 0 && isOverNew(state, col) ? { kind: 'new' } : { kind: 'nothing' };
  const top = regions.header + regions.titles;
  if (row >= top + regions.body) return { kind: 'nothing' };
  if (col >= panes.list + panes.separator) return { kind: 'preview' };
  const session = visibleRows(state)[row - top - formHeight(state)]?.session;
  if (session === undefined || row < top || col >= panes.list) return { kind: 'nothing' };
  // A list too narrow for rows has no mark either.
  const isClose = panes.list >= gutter && col >= panes.list - closeWidth;
  return { kind: isClose ? 'close' : 'row', id: session.id };
}

function isOverNew(state: ListState, col: number): boolean {
  const { newCol } = headerOf(state);
  return newCol !== null && col >= newCol && col < newCol + widthOf(newSessionWords);
}
