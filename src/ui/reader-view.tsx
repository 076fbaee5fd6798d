// The list for somebody who hears it: plain sentences from the top to the bottom, the selected session first of all.

import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { printable } from './display-width.ts';
import type { ListLook } from './field-line.ts';
import { formatAge, formatDirectory } from './format.ts';
import { helpText } from './help-lines.ts';
import { keyLabel } from './key-table.ts';
import { type ListState, selectedIndex } from './list-state.ts';
import { formFields, type NewForm } from './new-form.ts';
import type { Row } from './rows.ts';
import { bindingsOf, helpLinesOf, panelLines, visibleRows } from './screen-plan.ts';
import { stateTexts } from './session-table.ts';
import { textOf } from './text-field.ts';

export function ReaderView(look: ListLook): ReactNode {
  return (
    <Box flexDirection="column">
      {readerLines(look).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the reading order
        <Text key={row}>{line}</Text>
      ))}
    </Box>
  );
}

/** What is read, in order: what is asked or told, then what is selected, then the rest, then the keys. */
export function readerLines(look: ListLook): string[] {
  const { state } = look;
  if (state.mode.kind === 'help') return ['Keys.', ...helpLinesOf(state).map(helpText)];
  const selected = state.rows[selectedIndex(state)];
  const others = visibleRows(state).filter((row) => row !== selected);
  return [
    ...panelLines(state),
    ...typedLines(state),
    ...(selected === undefined ? [emptyText(state)] : [`Selected: ${rowText(selected, look)}`]),
    ...others.map((row) => rowText(row, look)),
    keysText(state),
  ];
}

function typedLines({ mode }: ListState): string[] {
  switch (mode.kind) {
    case 'filter':
      return [`Filter: ${textOf(mode.field)}`];
    case 'rename':
      return [`New name: ${textOf(mode.field)}`];
    case 'new':
      return formFields.map(
        (id) => `${mode.form.focus === id ? 'Filling in ' : ''}${id}: ${valueOfField(mode.form, id)}`,
      );
    default:
      return [];
  }
}

function valueOfField(form: NewForm, id: keyof Pick<NewForm, 'name' | 'command' | 'directory' | 'restart'>): string {
  return id === 'restart' ? form.restart : textOf(form[id]) || (id === 'name' ? form.proposal : 'the usual');
}

function emptyText({ sessions, filter }: ListState): string {
  if (sessions === null) return 'Looking for sessions.';
  return filter === '' ? 'No sessions yet.' : 'No session matches.';
}

function rowText({ session }: Row, { state, home }: ListLook): string {
  const number = state.rows.findIndex((row) => row.session.id === session.id) + 1;
  const output =
    session.lastOutputAt === null ? 'no output' : `output ${formatAge(session.lastOutputAt, state.now)} ago`;
  const parts = [
    `${number} of ${state.rows.length}`,
    printable(session.name),
    stateTexts(session)[0],
    printable(session.program),
    formatDirectory(session.cwd, home),
    output,
    ...(session.isPinned ? ['pinned'] : []),
    ...(state.marked.has(session.id) ? ['marked'] : []),
  ];
  return `${parts.join(', ')}.`;
}

function keysText(state: ListState): string {
  const hints = bindingsOf(state).flatMap(({ keys: [key], hint }) => (key && hint ? [`${keyLabel(key)} ${hint}`] : []));
  return `Keys: ${hints.join(', ')}.`;
}
