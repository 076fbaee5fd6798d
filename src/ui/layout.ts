// Where things go: the rows of the screen, its panes, the columns of the table, and the part of the list that shows.
// Pure numbers.

export interface Size {
  cols: number;
  rows: number;
}

/** Heights in rows; 0 is absent. They add up to the screen. */
export interface Regions {
  header: number;
  titles: number;
  body: number;
  panel: number;
  footer: number;
}

/** Shares out `rows`. The list keeps a row as long as there is one, unless the panel asks a question. */
export function regionsOf(rows: number, panel: { height: number; isQuestion: boolean }): Regions {
  const isRoomy = rows >= 16;
  const footer = rows >= 3 ? 1 + Number(isRoomy) : 0;
  const header = rows >= 5 ? 1 + Number(isRoomy) : 0;
  const titles = rows >= 8 ? 1 : 0;
  const free = rows - footer - header - titles;
  const panelHeight = Math.min(panel.height, free === 1 && panel.isQuestion ? 1 : free - 1);
  return { header, titles, body: free - panelHeight, panel: panelHeight, footer };
}

/** Widths in cells; 0 is absent. */
export interface Panes {
  list: number;
  /** Between the two. */
  separator: number;
  preview: number;
}

/** Columns of a screen from which on it has room for two panes. */
const twoPanesCols = 80;

/** A list beside a preview gets this share of the screen, within these bounds. */
const listShare = { share: 0.42, least: 39, most: 76 } as const;

/** Shares out `cols`. Where there is no room for both, one takes the place of the other. */
export function panesOf(cols: number, previewShows: { beside: boolean; instead: boolean }): Panes {
  if (cols < twoPanesCols) {
    return previewShows.instead ? { list: 0, separator: 0, preview: cols } : { list: cols, separator: 0, preview: 0 };
  }
  if (!previewShows.beside) return { list: cols, separator: 0, preview: 0 };
  const list = Math.min(listShare.most, Math.max(listShare.least, Math.round(cols * listShare.share)));
  return { list, separator: 1, preview: cols - list - 1 };
}

/** Whether both panes have room. */
export function hasRoomForBoth(cols: number): boolean {
  return cols >= twoPanesCols;
}

export type ColumnId = 'name' | 'state' | 'program' | 'directory' | 'output' | 'age';

/** In the order of the screen. */
export const columnIds: readonly ColumnId[] = ['name', 'state', 'program', 'directory', 'output', 'age'];

/** Cells per column; 0 is absent. */
export type Columns = Readonly<Record<ColumnId, number>>;

/** Cells before the first column: the pointer, the mark, a blank after each. */
export const gutter = 4;

/** Cells between two columns. */
export const columnGap = 2;

/** Below these a column is not worth showing, unless its content is shorter still. */
const least: Columns = { name: 10, state: 8, program: 7, directory: 12, output: 4, age: 4 };

/** No column gets more, however long a text in it. */
const most: Columns = { name: 64, state: 40, program: 24, directory: 80, output: 4, age: 4 };

/** Who stays longest on a narrow screen. */
const importance: readonly ColumnId[] = ['name', 'state', 'program', 'output', 'directory', 'age'];

/** Who grows first from its least width to that of its content. */
const appetite: readonly ColumnId[] = ['name', 'state', 'directory', 'program', 'output', 'age'];

/** Columns for a screen of `cols`, given the widths that would show all content. */
export function columnsFor(cols: number, content: Columns): Columns {
  const widths: Record<ColumnId, number> = { name: 0, state: 0, program: 0, directory: 0, output: 0, age: 0 };
  let free = Math.max(0, cols - gutter);
  for (const id of importance) {
    const width = Math.min(least[id], content[id]);
    const gap = id === 'name' ? 0 : columnGap;
    if (width + gap > free) {
      if (id !== 'name') break;
      return { ...widths, name: free };
    }
    widths[id] = width;
    free -= width + gap;
  }
  return grown(widths, { content, free });
}

function grown(widths: Columns, { content, free }: { content: Columns; free: number }): Columns {
  const result = { ...widths };
  let left = free;
  for (const id of appetite) {
    if (result[id] === 0) continue;
    const extra = Math.max(0, Math.min(left, Math.min(most[id], content[id]) - result[id]));
    result[id] += extra;
    left -= extra;
  }
  return result;
}

/** The first row to show, moved from `top` only as far as needed to have `selected` among `height` rows. */
export function scrolledTop(top: number, list: { selected: number; count: number; height: number }): number {
  const { selected, count, height } = list;
  const lowest = Math.max(0, Math.min(top, count - height));
  if (selected < lowest) return Math.max(0, selected);
  return selected >= lowest + height ? selected - Math.max(1, height) + 1 : lowest;
}
