// What `stay list` prints: a table for people, JSON for scripts.

import { homeFolder } from '../platform/paths.ts';
import { pad, printable, shorten, widthOf } from '../ui/display-width.ts';
import { formatAge, formatDirectory, formatState, shortenDirectory } from '../ui/format.ts';
import type { KnownSession } from './known-sessions.ts';

/** An array of objects with stable fields; times are milliseconds since 1970. */
export function listJson(sessions: readonly KnownSession[]): string {
  return `${JSON.stringify(sessions.map(jsonOf), null, 2)}\n`;
}

function jsonOf({ status, record, needs = null }: KnownSession): Record<string, unknown> {
  const { id, name, state, attached, command, cwd, title, pid, exitCode, signal, createdAt, lastOutputAt, cols, rows } =
    status;
  // Servers of older stays do not tell these; their records have no such traits either.
  const {
    endedAt = null,
    stopped = null,
    restart = record.restart,
    resumeCommand = null,
    isPrivate = false,
    activity = null,
  } = status;
  const holder =
    attached === null ? null : { tty: attached.tty, pid: attached.pid, since: attached.since, from: attached.from };
  return {
    id,
    name,
    state,
    attached: holder,
    command,
    cwd,
    title,
    pid,
    exitCode,
    signal,
    endedAt,
    createdAt,
    lastOutputAt,
    cols,
    rows,
    stopped: stopped === null ? null : { reason: stopped.reason, at: stopped.at },
    restart,
    resumeCommand,
    private: isPrivate,
    needs,
    activity,
    notSaved: status.notSaved ?? null,
  };
}

const headings = ['NAME', 'STATE', 'PROGRAM', 'DIRECTORY', 'AGE', 'OUTPUT'];
const [nameColumn, directoryColumn] = [0, 3];
const gap = '  ';

/** The columns that may be shortened, in that order, and to how many cells at least. */
const shortened = [
  { column: directoryColumn, least: 10 },
  { column: nameColumn, least: 12 },
];

/** How wide the table may be, and what stands for what was left out. */
export interface TableRoom {
  columns: number;
  ellipsis: string;
}

/** One line a session under a heading, within `columns` if that can be; or one sentence when there is none. */
export function listTable(sessions: readonly KnownSession[], now: number, { columns, ellipsis }: TableRoom): string {
  if (sessions.length === 0) return 'No sessions. Make one: stay new\n';
  const lines = [headings, ...sessions.map((session) => cellsOf(session, now).map(printable))];
  const widths = columnWidths(lines, columns);
  const fitting = (cell: string, column: number) => {
    const width = widths[column]!;
    return column === directoryColumn ? shortenDirectory(cell, width, ellipsis) : shorten(cell, width, 'end', ellipsis);
  };
  const lineOf = (cells: readonly string[]) =>
    cells.map((cell, column) => pad(fitting(cell, column), widths[column]!)).join(gap);
  return lines.map((cells) => `${lineOf(cells).trimEnd()}\n`).join('');
}

/** The cells of each column. Where there is not room for all, directories are shortened, and then names. */
function columnWidths(lines: readonly (readonly string[])[], columns: number): number[] {
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => widthOf(cells[column] ?? ''))));
  let excess = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - columns;
  for (const { column, least } of shortened) {
    const spared = Math.max(0, Math.min(excess, widths[column]! - least));
    widths[column]! -= spared;
    excess -= spared;
  }
  return widths;
}

function cellsOf({ status, server, needs }: KnownSession, now: number): string[] {
  const [state] = formatState({ ...status, isAnswering: server !== 'silent', needs });
  const output = status.lastOutputAt === null ? '-' : formatAge(status.lastOutputAt, now);
  const directory = formatDirectory(status.cwd, homeFolder());
  return [status.name, state, status.program, directory, formatAge(status.createdAt, now), output];
}
