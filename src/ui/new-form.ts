// The form of a new session as a value: its fields, which of them is being filled in, and what it asks for.

import { type RestartPolicy, restartPolicies } from '../base/session-traits.ts';
import type { NewSession } from './session-list.ts';
import { fieldOf, type TextField, textOf } from './text-field.ts';

export type FormFieldId = 'name' | 'command' | 'directory' | 'restart';

/** In the order of the screen. */
export const formFields: readonly FormFieldId[] = ['name', 'command', 'directory', 'restart'];

export interface NewForm {
  focus: FormFieldId;
  name: TextField;
  command: TextField;
  directory: TextField;
  restart: RestartPolicy;
  /** The name that is taken when none is typed; '' until it is known. */
  proposal: string;
  /** Names with which the typed directory may go on. */
  candidates: readonly string[];
}

export function emptyForm(restart: RestartPolicy): NewForm {
  const nothing = fieldOf('');
  return { focus: 'name', name: nothing, command: nothing, directory: nothing, restart, proposal: '', candidates: [] };
}

/** The focused field's text, or null where a choice is made instead. */
export function focusedField(form: NewForm): TextField | null {
  return form.focus === 'restart' ? null : form[form.focus];
}

/** The form with another text in the focused field. */
export function withField(form: NewForm, field: TextField): NewForm {
  return form.focus === 'restart' ? form : { ...form, [form.focus]: field, candidates: [] };
}

/** The form with the focus so many fields further on, around the end. */
export function moveFocus(form: NewForm, by: number): NewForm {
  const index = formFields.indexOf(form.focus) + by + formFields.length;
  return { ...form, focus: formFields[index % formFields.length] ?? 'name', candidates: [] };
}

/** The form with the next or the previous restart policy. */
export function moveChoice(form: NewForm, by: number): NewForm {
  const index = restartPolicies.indexOf(form.restart) + by + restartPolicies.length;
  return { ...form, restart: restartPolicies[index % restartPolicies.length] ?? form.restart };
}

export function sessionOfForm({ name, command, directory, restart, proposal }: NewForm): NewSession {
  return {
    name: textOf(name) || proposal,
    command: textOf(command).trim(),
    directory: textOf(directory).trim(),
    restart,
  };
}
