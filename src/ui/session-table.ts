// The sessions as a table of styled text: what each column says, how wide it is, and when what shows grows old.

import { pad, printable, shorten, widthOf } from './display-width.ts';
import { ageChangesIn, formatAge, formatDirectory, formatState, shortenDirectory } from './format.ts';
import { type ColumnId, type Columns, columnGap, columnIds, columnsFor } from './layout.ts';
import type { ListState } from './list-state.ts';
import { markMatches } from './mark-matches.ts';
import { newsOf } from './news.ts';
import type { Row } from './rows.ts';
import { listPanes, visibleRows } from './screen-plan.ts';
import type { ListedSession } from './session-list.ts';
import type { Theme } from './theme.ts';

/** Milliseconds between two looks at the ages, at least. */
const ageIntervalMs = 1_000;

/** Columns of a list from which on the state gets all the words it has; below, other columns need the room more. */
const wideCols = 100;
const compactStateWidth = 20;

const titles: Readonly<Record<ColumnId, string>> = {
  name: 'NAME',
  state: 'STATE',
  program: 'PROGRAM',
  directory: 'DIRECTORY',
  output: 'IDLE',
  age: 'AGE',
};

export interface TableLook {
  columns: Columns;
  theme: Theme;
  now: number;
  home: string | undefined;
}

/** Widths that suit all sessions, also those that do not show: scrolling moves no column. */
export function tableColumns(state: ListState, home: string | undefined): Columns {
  // A blank parts the last column from the other pane.
  const { list, separator } = listPanes(state);
  const cols = list - separator;
  const content = { ...widthsOf(titles), age: 4 };
  const stateWidth = cols < wideCols ? compactStateWidth : cols;
  for (const session of state.sessions ?? []) {
    content.name = Math.max(content.name, widthOf(printable(session.name)));
    content.state = Math.max(content.state, widthOf(fitting(stateTexts(session), stateWidth)));
    content.program = Math.max(content.program, widthOf(printable(session.program)));
    content.directory = Math.max(content.directory, widthOf(formatDirectory(session.cwd, home)));
  }
  return columnsFor(cols, content);
}

function widthsOf(cells: Readonly<Record<ColumnId, string>>): Record<ColumnId, number> {
  const widths = columnIds.map((id) => [id, widthOf(cells[id])] as const);
  return Object.fromEntries(widths) as Record<ColumnId, number>;
}

export function titleRow(columns: Columns): string {
  return joinCells(columns, (id, width) => padCell(id, { text: shorten(titles[id], width), width }));
}

/** The cells of a session side by side, styled. */
export function sessionRow({ session, matches }: Row, look: TableLook): string {
  return joinCells(look.columns, (id, width) => cellOf(id, { session, matches, width, look }));
}

interface Cell {
  session: ListedSession;
  matches: Row['matches'];
  width: number;
  look: TableLook;
}

function cellOf(id: ColumnId, cell: Cell): string {
  const { session, matches, width, look } = cell;
  switch (id) {
    case 'name': {
      const text = printable(session.name);
      return padCell(id, {
        text: shorten(text, width, 'end', look.theme.ellipsis),
        width,
        style: markMatches(matches.name, look.theme),
      });
    }
    case 'state':
      return stateCell(cell);
    case 'program':
      return padCell(id, { text: shorten(printable(session.program), width, 'end', look.theme.ellipsis), width });
    case 'directory':
      return directoryCell(cell);
    case 'output':
      return padCell(id, {
        text: session.lastOutputAt === null ? '-' : formatAge(session.lastOutputAt, look.now),
        width,
      });
    case 'age':
      return padCell(id, { text: formatAge(session.createdAt, look.now), width });
  }
}

/** What of the state and the news fits, the most telling first; the news stands out. */
function stateCell({ session, width, look }: Cell): string {
  const text = shorten(fitting(stateTexts(session), width), width, 'end', look.theme.ellipsis);
  const isFailure = session.state === 'exited' && (session.signal !== null || (session.exitCode ?? 0) !== 0);
  const news = newsOf(session);
  const style = news?.isUrgent || isFailure ? look.theme.problem : news === null ? undefined : look.theme.strong;
  return padCell('state', { text, width, style });
}

function directoryCell({ session, matches, width, look }: Cell): string {
  const whole = formatDirectory(session.cwd, look.home);
  const text = shortenDirectory(whole, width, look.theme.ellipsis);
  // Of a directory that was shortened the matched characters may be gone.
  if (text !== whole) return padCell('directory', { text, width });
  const homeLength = session.cwd.length - whole.length;
  const indexes = matches.directory.map((index) => index - homeLength).filter((index) => homeLength === 0 || index > 0);
  return padCell('directory', { text, width, style: markMatches(indexes, look.theme) });
}

/** State and news in words, in full and shorter and shorter. */
export function stateTexts(session: ListedSession): readonly [string, ...string[]] {
  const state = formatState(session);
  const news = newsOf(session);
  // That it is not saved matters more than what happened in it.
  if (news === null || session.notSaved) return state;
  if (session.state === 'running') return [`${state[0]}, ${news.texts[0]}`, ...news.texts];
  const [longest, ...shorter] = state;
  const withNews = (text: string) => `${text}, ${news.texts[0]}`;
  return [withNews(longest), ...shorter.map(withNews), ...state];
}

/** The fullest text within `width` cells, else the shortest. */
function fitting(texts: readonly string[], width: number): string {
  return texts.find((text) => widthOf(text) <= width) ?? texts.at(-1) ?? '';
}

function joinCells(columns: Columns, cell: (id: ColumnId, width: number) => string): string {
  return columnIds
    .filter((id) => columns[id] > 0)
    .map((id) => cell(id, columns[id]))
    .join(' '.repeat(columnGap));
}

interface CellText {
  text: string;
  width: number;
  style?: ((text: string) => string) | undefined;
}

function padCell(id: ColumnId, { text, width, style = (plain) => plain }: CellText): string {
  const isTime = id === 'output' || id === 'age';
  const padded = pad(text, width, isTime ? 'right' : 'left');
  return padded.replace(text, () => style(text));
}

/** Milliseconds until the list would look different without anything happening, or null for never. */
export function wakeIn(state: ListState, home: string | undefined): number | null {
  const ages = agesChangeIn(state, tableColumns(state, home));
  const until = state.notice?.until ?? null;
  const waits = [
    ...(until === null ? [] : [Math.max(0, until - state.now)]),
    ...(ages === null ? [] : [Math.max(ageIntervalMs, ages)]),
  ];
  return waits.length === 0 ? null : Math.min(...waits);
}

function agesChangeIn(state: ListState, columns: Columns): number | null {
  const times = visibleRows(state).flatMap(({ session }) => [
    ...(columns.output > 0 && session.lastOutputAt !== null ? [session.lastOutputAt] : []),
    ...(columns.age > 0 ? [session.createdAt] : []),
  ]);
  if (times.length === 0 || state.mode.kind === 'help') return null;
  return Math.min(...times.map((at) => ageChangesIn(at, state.now)));
}
