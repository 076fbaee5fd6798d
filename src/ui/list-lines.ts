// The list's state as lines of styled text, each no wider than the screen.

import { pad, shorten, takeStart, widthOf } from './display-width.ts';
import { rowKind } from './format.ts';
import { type Binding, keyLabel, keyTable } from './key-table.ts';
import { type Columns, gutter, type Regions } from './layout.ts';
import {
  helpHeight,
  helpLinesOf,
  helpScroll,
  type ListState,
  listHeight,
  panelIndent,
  panelLines,
} from './list-state.ts';
import type { ListedSession } from './session-list.ts';
import { sessionRow, titleRow, visibleSessions } from './session-table.ts';
import { fieldWindow, type TextField } from './text-field.ts';
import type { Theme } from './theme.ts';

/** Cells between two hints. */
const hintGap = 3;

/** What a picture of the list is made from. */
export interface ListLook {
  state: ListState;
  theme: Theme;
  /** The directory shown as `~`. */
  home: string | undefined;
}

export function headerLines({ state, theme }: ListLook): string[] {
  const room = state.size.cols - 2;
  const count = state.sessions?.length ?? 0;
  const words = state.sessions === null || count === 0 ? '' : `   ${count} ${count === 1 ? 'session' : 'sessions'}`;
  const name = 'stay';
  return [
    `  ${theme.accent(theme.strong(shorten(name, room)))}${theme.faint(takeStart(words, Math.max(0, room - name.length)))}`,
  ];
}

export function bodyLines(props: ListLook, columns: Columns): string[] {
  const { state, theme } = props;
  const rows = visibleSessions(state).map((session) => sessionLine(session, { ...props, columns }));
  if (state.mode.kind === 'new' || state.mode.kind === 'making') return [newLine(props), ...rows];
  if (state.sessions?.length !== 0) return rows;
  const hint = takeStart('  No sessions yet. Press n to make one.', state.size.cols);
  return listHeight(state) > 2 ? ['', theme.strong(hint)] : [theme.strong(hint)];
}

function sessionLine(session: ListedSession, props: ListLook & { columns: Columns }): string {
  const { state, theme, columns, home } = props;
  const kind = rowKind(session);
  const isSelected = session.id === state.selectedId && state.mode.kind !== 'new' && state.mode.kind !== 'making';
  if (state.mode.kind === 'rename' && state.mode.id === session.id) {
    return fieldLine(state.mode.field, { mark: theme.marks[kind], props });
  }
  const text = sessionRow(session, { columns, now: state.now, home });
  if (isSelected) {
    const line = `${theme.pointer} ${theme.marks[kind]} ${text}`;
    return theme.selected(pad(takeStart(line, state.size.cols), state.size.cols));
  }
  const mark = kind === 'held' || kind === 'running' ? theme.accent(theme.marks[kind]) : theme.marks[kind];
  return state.size.cols < gutter ? '' : `  ${mark} ${text}`;
}

function newLine(props: ListLook): string {
  const { mode } = props.state;
  const field = 'field' in mode ? mode.field : { before: '', after: '' };
  return fieldLine(field, { mark: props.theme.marks.new, props });
}

/** A row with a name being typed; its columns give way to the field. */
function fieldLine(field: TextField, { mark, props }: { mark: string; props: ListLook }): string {
  const { state, theme } = props;
  const room = fieldRoom(state);
  const text = fieldWindow(field, room).text;
  const start = takeStart(`${theme.pointer} ${mark} `, state.size.cols - room);
  return theme.accent(start) + (text === '' ? theme.faint(takeStart(emptyHint(state), room)) : text);
}

function emptyHint({ mode }: ListState): string {
  if (mode.kind === 'making') return 'making a session...';
  return mode.kind === 'new' ? 'a name, or nothing for a random one' : '';
}

function fieldRoom({ size }: ListState): number {
  return Math.max(1, size.cols - gutter);
}

/** Where the terminal's own cursor belongs: in the field, for a person's eyes and for an input method's window. */
export function cursorOf({ state }: ListLook, regions: Regions): { x: number; y: number } | undefined {
  const { mode } = state;
  if (mode.kind !== 'new' && mode.kind !== 'rename') return undefined;
  const row = mode.kind === 'new' ? 0 : visibleSessions(state).findIndex(({ id }) => id === mode.id);
  if (row < 0 || regions.body === 0) return undefined;
  const room = fieldRoom(state);
  return { x: state.size.cols - room + fieldWindow(mode.field, room).cursor, y: regions.header + regions.titles + row };
}

export function panelView({ state, theme }: ListLook): string[] {
  return panelLines(state).map((line) => ' '.repeat(panelIndent(state.size)) + theme.strong(line));
}

export function helpView({ state, theme }: ListLook, top: number): string[] {
  const indent = ' '.repeat(panelIndent(state.size));
  const lines = helpLinesOf(state).slice(top, top + helpHeight(state));
  return lines.map(({ text, isHeading }) => indent + (isHeading ? theme.strong(text) : text));
}

export function footerLines(props: ListLook, regions: Regions): string[] {
  const line = hintLine(props);
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
  return bindingsOf(state).flatMap(({ keys, hint, isMinor = false }) =>
    hint === undefined ? [] : [{ label: keyLabel(keys[0] ?? ''), hint, isMinor }],
  );
}

function bindingsOf(state: ListState): readonly Binding<string>[] {
  switch (state.mode.kind) {
    case 'browse':
      return keyTable.browse;
    case 'new':
    case 'rename':
      return keyTable.name;
    case 'kill':
      return keyTable.question;
    case 'help':
      return keyTable.help.filter(({ action }) => action === 'close' || helpScroll(state) > 0);
    case 'making':
      return [];
  }
}

export function titleLines({ theme }: ListLook, columns: Columns): string[] {
  return [theme.faint(' '.repeat(gutter) + titleRow(columns))];
}
