// The right pane: a title, and below it the screen of the selected session.

import { printable, shorten, takeStyled, wrap } from './display-width.ts';
import type { ListLook } from './field-line.ts';
import { formatDirectory, formatState } from './format.ts';
import { sessionOf } from './list-state.ts';
import { markCell } from './mark-cell.ts';
import { listPanes, previewSize } from './screen-plan.ts';
import type { Preview } from './session-list.ts';

/** The lines of the pane, none wider than the preview's size and one cell; none when it does not show. */
export function previewLines(look: ListLook): string[] {
  const { state, theme, home } = look;
  const size = previewSize(state);
  if (size === null) return [];
  const session = sessionOf(state, state.selectedId);
  if (session === undefined) return [];
  const title = printable(session.title) || formatDirectory(session.cwd, home);
  const [stateText] = formatState(session);
  // Where no row of the list tells whose it is.
  const head = listPanes(state).list > 0 ? title : `${printable(session.name)}  ${printable(stateText)}  ${title}`;
  const picture = state.preview?.id === session.id ? state.preview.picture : null;
  return [
    ` ${theme.faint(shorten(head, size.cols, 'end', theme.ellipsis))}`,
    ...pictureLines(picture, size).map((line) => ` ${line}`),
  ].map((line) => (picture?.kind === 'none' ? theme.faint(line) : line));
}

function pictureLines(picture: Preview | null, { cols, rows }: { cols: number; rows: number }): string[] {
  if (picture === null) return [];
  if (picture.kind === 'none') return ['', ...wrap(printable(picture.why), cols)].slice(0, rows);
  // It may be of another size for a moment: the terminal has just been resized.
  const { lines, cursor } = picture.frame;
  return lines
    .slice(0, rows)
    .map((line, row) => (row === cursor?.row ? markCell(line, cursor.col) : line))
    .map((line) => takeStyled(line, cols));
}
