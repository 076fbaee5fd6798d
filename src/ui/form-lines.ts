// The form of a new session as lines: all its fields, or on a small screen the one that is being filled in.

import { restartPolicies } from '../base/session-traits.ts';
import { pad, takeStart, widthOf } from './display-width.ts';
import type { ListLook } from './field-line.ts';
import { type FormFieldId, formFields, type NewForm } from './new-form.ts';
import { formHeight, listPanes } from './screen-plan.ts';
import { fieldWindow } from './text-field.ts';

const labels: Readonly<Record<FormFieldId, string>> = {
  name: 'Name',
  command: 'Command',
  directory: 'Directory',
  restart: 'Restart',
};

/** Cells before a label, and those of the widest label with a blank after it. */
const indent = 2;
const labelWidth = Math.max(...Object.values(labels).map(widthOf)) + 2;

export function formLines(look: ListLook): string[] {
  const { state, theme } = look;
  const { mode } = state;
  if (mode.kind === 'making')
    return padded([theme.faint(takeStart('  making a session...', listPanes(state).list))], formHeight(state));
  if (mode.kind !== 'new') return [];
  return padded(
    shownFields(look).map((id) => fieldLineOf(id, { form: mode.form, look })),
    formHeight(state),
  );
}

/** A blank line parts the form from the rows below. */
function padded(lines: string[], height: number): string[] {
  return Array.from({ length: height }, (_, row) => lines[row] ?? '');
}

function shownFields({ state }: ListLook): readonly FormFieldId[] {
  const { mode } = state;
  if (mode.kind !== 'new') return [];
  return formHeight(state) > formFields.length ? formFields : [mode.form.focus];
}

function fieldLineOf(id: FormFieldId, { form, look }: { form: NewForm; look: ListLook }): string {
  const { theme } = look;
  const isFocused = form.focus === id;
  const start = isFocused ? `${theme.marks.pointer} ` : ' '.repeat(indent);
  const label = takeStart(start + pad(labels[id], labelWidth), fieldStart(look));
  return (isFocused ? theme.accent(label) : theme.faint(label)) + valueText(id, { form, look });
}

function valueText(id: FormFieldId, { form, look }: { form: NewForm; look: ListLook }): string {
  const { theme } = look;
  const room = fieldRoom(look);
  if (id === 'restart') return takeStart(choiceText(form), room).replace(form.restart, (word) => theme.strong(word));
  const { text } = fieldWindow(form[id], room);
  return text === '' ? theme.faint(takeStart(placeholders(form)[id], room)) : text;
}

function choiceText({ restart }: NewForm): string {
  return restartPolicies.map((policy) => (policy === restart ? `[${policy}]` : ` ${policy} `)).join(' ');
}

function placeholders({ proposal }: NewForm): Readonly<Record<'name' | 'command' | 'directory', string>> {
  return { name: proposal, command: 'your login shell', directory: 'the one you are in' };
}

function fieldRoom({ state }: ListLook): number {
  return Math.max(1, listPanes(state).list - indent - labelWidth);
}

/** The cell of a field's first character. */
function fieldStart(look: ListLook): number {
  return listPanes(look.state).list - fieldRoom(look);
}

/** Where the cursor is in the form, from its first cell; null in a field that is no text. */
export function formCursor(look: ListLook): { x: number; y: number } | null {
  const { mode } = look.state;
  if (mode.kind !== 'new' || mode.form.focus === 'restart') return null;
  const y = shownFields(look).indexOf(mode.form.focus);
  const { cursor } = fieldWindow(mode.form[mode.form.focus], fieldRoom(look));
  return { x: fieldStart(look) + cursor, y };
}
