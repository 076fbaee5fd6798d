// The sessions as a table of text: what each column says, how wide it is, and when what shows grows old.

import { pad, printable, shorten, widthOf } from './display-width.ts';
import { ageChangesIn, formatAge, formatDirectory, formatState } from './format.ts';
import { type ColumnId, type Columns, columnGap, columnIds, columnsFor } from './layout.ts';
import { type ListState, listHeight } from './list-state.ts';
import type { ListedSession } from './session-list.ts';

/** Milliseconds between two looks at the ages, at least. */
const ageIntervalMs = 1_000;

/** Columns of a screen from which on the state gets all the words it has; below, other columns need the room more. */
const wideCols = 100;
const compactStateWidth = 20;

type Cells = Readonly<Record<ColumnId, string>>;

const titles: Cells = {
  name: 'NAME',
  state: 'STATE',
  program: 'PROGRAM',
  directory: 'DIRECTORY',
  output: 'OUTPUT',
  age: 'AGE',
};

/** The sessions that show. */
export function visibleSessions(state: ListState): readonly ListedSession[] {
  return (state.sessions ?? []).slice(state.top, state.top + listHeight(state));
}

/** Widths that suit all sessions, also those that do not show: scrolling moves no column. */
export function tableColumns(state: ListState, home: string | undefined): Columns {
  const content = { ...widthsOf(titles), output: widthOf(titles.output), age: 4 };
  const stateWidth = state.size.cols < wideCols ? compactStateWidth : state.size.cols;
  for (const session of state.sessions ?? []) {
    content.name = Math.max(content.name, widthOf(printable(session.name)));
    content.state = Math.max(content.state, widthOf(stateText(session, stateWidth)));
    content.program = Math.max(content.program, widthOf(printable(session.program)));
    content.directory = Math.max(content.directory, widthOf(formatDirectory(session.cwd, home)));
  }
  return columnsFor(state.size.cols, content);
}

function widthsOf(cells: Cells): Record<ColumnId, number> {
  const widths = columnIds.map((id) => [id, widthOf(cells[id])] as const);
  return Object.fromEntries(widths) as Record<ColumnId, number>;
}

export function titleRow(columns: Columns): string {
  return rowOf(titles, columns);
}

export function sessionRow(session: ListedSession, table: { columns: Columns; now: number; home: string | undefined }) {
  const { columns, now, home } = table;
  const cells: Cells = {
    name: printable(session.name),
    state: stateText(session, columns.state),
    program: printable(session.program),
    directory: formatDirectory(session.cwd, home),
    output: session.lastOutputAt === null ? '-' : formatAge(session.lastOutputAt, now),
    age: formatAge(session.createdAt, now),
  };
  return rowOf(cells, columns);
}

/** The fullest words for the state within `width` cells, else the shortest. */
function stateText(session: ListedSession, width: number): string {
  const texts = formatState(session);
  return texts.find((text) => widthOf(text) <= width) ?? texts.at(-1) ?? '';
}

function rowOf(cells: Cells, columns: Columns): string {
  return columnIds
    .filter((id) => columns[id] > 0)
    .map((id) => cellOf(id, { text: cells[id], width: columns[id] }))
    .join(' '.repeat(columnGap));
}

function cellOf(id: ColumnId, { text, width }: { text: string; width: number }): string {
  const isTime = id === 'output' || id === 'age';
  return pad(shorten(text, width, id === 'directory' ? 'start' : 'end'), width, isTime ? 'right' : 'left');
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
  const times = visibleSessions(state).flatMap((session) => [
    ...(columns.output > 0 && session.lastOutputAt !== null ? [session.lastOutputAt] : []),
    ...(columns.age > 0 ? [session.createdAt] : []),
  ]);
  if (times.length === 0 || state.mode.kind === 'help') return null;
  return Math.min(...times.map((at) => ageChangesIn(at, state.now)));
}
