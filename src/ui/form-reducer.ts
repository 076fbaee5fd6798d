// What keys and pastes do to the form of a new session.

import type { FormAction } from '../base/list-keys.ts';
import type { KeyInput } from './key-decoder.ts';
import { actionOf } from './key-table.ts';
import { type ListRules, type ListState, type Mode, type Step, stay } from './list-state.ts';
import { nameProblemOf } from './name-problem.ts';
import { focusedField, moveChoice, moveFocus, type NewForm, sessionOfForm, withField } from './new-form.ts';
import type { Completion } from './session-list.ts';
import { edit, fieldOf, insert, textOf } from './text-field.ts';

type NewMode = Extract<Mode, { kind: 'new' }>;

interface FormContext {
  mode: NewMode;
  input: KeyInput;
  rules: ListRules;
}

export function reduceForm(state: ListState, { mode, input, rules }: FormContext): Step {
  const filled = (form: NewForm) =>
    stay({ ...state, mode: { ...mode, form, problem: problemOf(state, { form, rules }) } });
  const { form } = mode;
  const field = focusedField(form);
  if (input.kind === 'paste') return field === null ? stay(state) : filled(withField(form, insert(field, input.text)));
  if (input.kind !== 'key') return stay(state);
  const action = actionOf(state.preferences.keys.form, input.name);
  switch (action) {
    case undefined:
      return input.text === '' ? stay(state) : filled(typed(form, input.text));
    case 'cancel':
      return stay({ ...state, mode: { kind: 'browse' } });
    case 'accept':
      return accept(state, { form, rules });
    case 'next':
    case 'previous':
      return filled(moveFocus(form, action === 'next' ? 1 : -1));
    case 'complete':
      return form.focus === 'directory'
        ? { state, effect: { kind: 'complete', text: textOf(form.directory) } }
        : filled(moveFocus(form, 1));
    default:
      return filled(edited(form, action));
  }
}

/** What a directory was completed to, unless something else was typed meanwhile. Where nothing is left to complete, on. */
export function completed(
  state: ListState,
  { typed: text, completion }: { typed: string; completion: Completion },
): Step {
  const { mode } = state;
  if (mode.kind !== 'new' || mode.form.focus !== 'directory' || textOf(mode.form.directory) !== text)
    return stay(state);
  if (completion.text === text && completion.candidates.length < 2)
    return stay({ ...state, mode: { ...mode, form: moveFocus(mode.form, 1) } });
  const form = { ...withField(mode.form, fieldOf(completion.text)), candidates: completion.candidates };
  return stay({ ...state, mode: { ...mode, form: candidatesWorthShowing(form) } });
}

/** One candidate is in the field already. */
function candidatesWorthShowing(form: NewForm): NewForm {
  return form.candidates.length > 1 ? form : { ...form, candidates: [] };
}

function typed(form: NewForm, text: string): NewForm {
  const field = focusedField(form);
  if (field === null) return text === ' ' ? moveChoice(form, 1) : form;
  return withField(form, insert(field, text));
}

function edited(
  form: NewForm,
  action: Exclude<FormAction, 'accept' | 'cancel' | 'next' | 'previous' | 'complete'>,
): NewForm {
  const field = focusedField(form);
  if (field !== null) return withField(form, edit(field, action));
  if (action === 'left' || action === 'right') return moveChoice(form, action === 'right' ? 1 : -1);
  return form;
}

function accept(state: ListState, { form, rules }: { form: NewForm; rules: ListRules }): Step {
  const problem = problemOf(state, { form, rules });
  if (problem !== null) return stay({ ...state, mode: { kind: 'new', form, problem } });
  return {
    state: { ...state, mode: { kind: 'making', form } },
    effect: { kind: 'create', session: sessionOfForm(form) },
  };
}

function problemOf(state: ListState, { form, rules }: { form: NewForm; rules: ListRules }): string | null {
  return nameProblemOf(state, { name: textOf(form.name), ownId: null, rules });
}
