// The list's state as lines of styled text, each no wider than its pane.

import { pad, shorten, takeStart, takeStyled, widthOf } from './display-width.ts';
import { fieldLine, type ListLook } from './field-line.ts';
import { formCursor, formLines } from './form-lines.ts';
import { rowKind } from './format.ts';
import { headerOf, newSessionWords } from './header.ts';
import { type HelpLine, helpText } from './help-lines.ts';
import { keyLabel } from './key-table.ts';
import { type Columns, gutter, type Regions } from './layout.ts';
import type { ListState } from './list-state.ts';
import type { Row } from './rows.ts';
import {
  bindingsOf,
  formHeight,
  hasFilterLine,
  helpHeight,
  helpLinesOf,
  listHeight,
  listPanes,
  panelIndent,
  panelLines,
  visibleRows,
} from './screen-plan.ts';
import { sessionRow, titleRow } from './session-table.ts';
import { fieldWindow } from './text-field.ts';
import { closeWidth } from './zones.ts';

/** Cells between two hints. */
const hintGap = 3;

export function headerLines({ state, theme }: ListLook): string[] {
  const { indent, name, words, newCol } = headerOf(state);
  const start = `${indent}${theme.accent(theme.strong(name))}${theme.faint(words)}`;
  return newCol === null ? [start] : [pad(start, newCol) + theme.faint(newSessionWords)];
}

export function titleLines({ state, theme }: ListLook, columns: Columns): string[] {
  const { list } = listPanes(state);
  return [theme.faint(takeStart(' '.repeat(gutter) + titleRow(columns), list))];
}

/** The lines of the left pane, none wider than it; the last of them may be missing. */
export function bodyLines(look: ListLook, columns: Columns): string[] {
  const { state } = look;
  const rows = visibleRows(state).map((row) => sessionLine(row, { ...look, columns }));
  const form = formHeight(state) > 0 ? formLines(look) : [];
  if (rows.length > 0 || form.length > 0 || state.sessions === null) return [...form, ...rows];
  return emptyLines(look);
}

/** What to do where there is nothing to see. */
function emptyLines({ state, theme }: ListLook): string[] {
  const { list } = listPanes(state);
  const line = (text: string) => shorten(`  ${text}`, list, 'end', theme.ellipsis);
  if (state.filter !== '') return [line('No session matches.')].slice(0, listHeight(state));
  const label = keyLabel(state.preferences.keys.browse.find(({ action }) => action === 'new')?.keys[0] ?? '');
  const make = theme.strong(line(`No sessions yet. Press ${label} to make one.`));
  const { detachKey } = state.preferences;
  const more = [
    '',
    line('It goes on when you close the window or lose the connection.'),
    ...(detachKey === null ? [] : [line(`Inside, ${detachKey} brings you back here.`)]),
  ];
  return listHeight(state) > 5 ? ['', make, ...more.map(theme.faint)] : [make];
}

function sessionLine(row: Row, look: ListLook & { columns: Columns }): string {
  const { session } = row;
  const { state, theme, columns, home } = look;
  const { list } = listPanes(state);
  const mark = theme.marks[rowKind(session)];
  if (state.mode.kind === 'rename' && state.mode.id === session.id)
    return fieldLine(state.mode.field, { mark, width: list, placeholder: '', look });
  if (list < gutter) return '';
  const isSelected = session.id === state.selectedId && state.mode.kind !== 'new' && state.mode.kind !== 'making';
  const isMarked = state.marked.has(session.id);
  const start = `${isSelected ? theme.marks.pointer : session.isPinned ? theme.marks.pinned : ' '}${isMarked ? theme.marks.marked : ' '}`;
  const text = sessionRow(row, { columns, theme, now: state.now, home });
  const cells = pad(
    `${start}${styledMark(session.attached !== null || session.state === 'running', mark, theme)} ${text}`,
    list,
  );
  const line = session.id === state.pointer.hoveredId ? withCloseMark(cells, look) : cells;
  if (isSelected) return theme.selected(line);
  return isMarked ? theme.marked(line) : line;
}

function styledMark(isAlive: boolean, mark: string, theme: ListLook['theme']): string {
  return isAlive ? theme.accent(mark) : mark;
}

/** The row with a mark at its end that closes the session when it is clicked. */
function withCloseMark(line: string, { state, theme }: ListLook): string {
  const { list } = listPanes(state);
  const mark = state.pointer.isOverClose ? theme.strong(theme.marks.close) : theme.marks.close;
  return `${pad(takeStyled(line, list - closeWidth), list - closeWidth)} ${mark} `;
}

/** Where the terminal's own cursor belongs: in a field, for a person's eyes and for an input method's window. */
export function cursorOf(look: ListLook, regions: Regions): { x: number; y: number } | undefined {
  const { state } = look;
  const { mode } = state;
  const top = regions.header + regions.titles;
  if (mode.kind === 'filter' && regions.panel > 0) {
    const { cursor } = fieldWindow(mode.field, filterRoom(state));
    return { x: state.size.cols - filterRoom(state) + cursor, y: top + regions.body };
  }
  if (mode.kind === 'new') {
    const place = formCursor(look);
    return place === null || regions.body === 0 ? undefined : { x: place.x, y: top + place.y };
  }
  if (mode.kind !== 'rename') return undefined;
  const row = visibleRows(state).findIndex(({ session }) => session.id === mode.id);
  if (row < 0 || regions.body === 0) return undefined;
  const room = Math.max(1, listPanes(state).list - gutter);
  return { x: listPanes(state).list - room + fieldWindow(mode.field, room).cursor, y: top + row };
}

function filterRoom({ size }: ListState): number {
  return Math.max(1, size.cols - panelIndent(size) - 2);
}

/** The filter, then a question or a notice. */
export function panelView({ state, theme }: ListLook): string[] {
  const indent = ' '.repeat(panelIndent(state.size));
  const lines = panelLines(state).map((line) => indent + theme.strong(line));
  if (!hasFilterLine(state)) return lines;
  const { mode } = state;
  const start = takeStart(`${indent}/ `, state.size.cols - filterRoom(state));
  const text =
    mode.kind === 'filter'
      ? fieldWindow(mode.field, filterRoom(state)).text
      : shorten(state.filter, filterRoom(state), 'end', theme.ellipsis);
  return [`${theme.accent(start)}${mode.kind === 'filter' ? text : theme.faint(text)}`, ...lines];
}

/** The keys, in a frame where there is room for one; and the cells that it is wide. */
export function helpView({ state, theme }: ListLook, top: number): { lines: string[]; width: number } {
  const all = helpLinesOf(state);
  const shown = all.slice(top, top + helpHeight(state));
  const width = Math.max(...all.map((line) => widthOf(helpText(line))));
  return { lines: shown.map((line) => pad(styledHelp(line, theme), width)), width };
}

function styledHelp(line: HelpLine, theme: ListLook['theme']): string {
  return line.map(({ text, isHeading }) => (isHeading ? theme.strong(text) : text)).join('');
}

export function footerLines(look: ListLook, regions: Regions): string[] {
  const line = hintLine(look);
  return regions.footer > 1 ? ['', line] : [line];
}

/** As many hints as fit, each whole. */
function hintLine({ state, theme }: ListLook): string {
  const indent = panelIndent(state.size);
  const shown = fitHints(hintsOf(state), state.size.cols - indent);
  const texts = shown.map(({ label, hint }) => `${theme.accent(label)} ${theme.faint(hint)}`);
  return ' '.repeat(indent) + texts.join(' '.repeat(hintGap));
}

interface Hint {
  label: string;
  hint: string;
  isMinor: boolean;
}

/** Drops the last of the minor ones first, then the last. */
function fitHints(hints: readonly Hint[], room: number): readonly Hint[] {
  const width = hints.reduce((sum, { label, hint }) => sum + hintGap + widthOf(label) + 1 + widthOf(hint), -hintGap);
  if (width <= room) return hints;
  const minor = hints.findLastIndex(({ isMinor }) => isMinor);
  return fitHints(hints.toSpliced(minor, 1), room);
}

function hintsOf(state: ListState): Hint[] {
  return bindingsOf(state).flatMap(({ keys: [key], hint, isMinor = false }) =>
    hint === undefined || key === undefined ? [] : [{ label: keyLabel(key), hint, isMinor }],
  );
}
