// Where everything of the list goes on the screen, by its state: heights, widths, and the lines whose number decides them.

import type { Binding } from '../base/list-keys.ts';
import { wrap } from './display-width.ts';
import { confirmQuestion } from './format.ts';
import { type HelpLine, helpLines } from './help-lines.ts';
import { type Panes, panesOf, type Regions, regionsOf, type Size } from './layout.ts';
import { type ListState, sessionOf } from './list-state.ts';
import { formFields } from './new-form.ts';
import type { Row } from './rows.ts';

/** The lines between the list and the footer: a question, what is wrong with what is typed, or a notice. */
export function panelLines(state: ListState): string[] {
  const text = panelText(state);
  return text === null ? [] : wrap(text, Math.max(1, state.size.cols - panelIndent(state.size) * 2));
}

/** Cells free on both sides of the panel, where there is room for that. */
export function panelIndent({ cols }: Size): number {
  return cols >= 30 ? 2 : 0;
}

function panelText(state: ListState): string | null {
  const { mode } = state;
  if (mode.kind === 'confirm') {
    const sessions = mode.ids.flatMap((id) => sessionOf(state, id) ?? []);
    return confirmQuestion(mode.what, sessions);
  }
  if ((mode.kind === 'new' || mode.kind === 'rename') && mode.problem !== null) return mode.problem;
  if (mode.kind === 'new' && mode.form.candidates.length > 0) return mode.form.candidates.join('  ');
  return state.notice?.text ?? null;
}

/** Whether a line of the screen is for the filter: while it is typed, and as long as it hides something and nothing is asked. */
export function hasFilterLine({ mode, filter }: ListState): boolean {
  return mode.kind === 'filter' || (filter !== '' && mode.kind !== 'confirm');
}

export function listRegions(state: ListState): Regions {
  const height = panelLines(state).length + Number(hasFilterLine(state));
  return regionsOf(state.size.rows, { height, isQuestion: state.mode.kind === 'confirm' });
}

/** Without a session there is nothing to preview; and while something is typed, the list shows that. */
export function listPanes({ size, sessions, mode, previewShows }: ListState): Panes {
  if (sessions?.length === 0) return panesOf(size.cols, { beside: false, instead: false });
  const isTyping = mode.kind !== 'browse' && mode.kind !== 'confirm' && mode.kind !== 'help';
  return panesOf(size.cols, { beside: previewShows.beside, instead: previewShows.instead && !isTyping });
}

/** The rows that show at once; the form of a new session takes its place from them. */
export function listHeight(state: ListState): number {
  return Math.max(0, listRegions(state).body - formHeight(state));
}

/** The lines that the form of a new session takes: all of its fields, or the one that is being filled in. */
export function formHeight(state: ListState): number {
  if (state.mode.kind !== 'new' && state.mode.kind !== 'making') return 0;
  const { body } = listRegions(state);
  return body > formFields.length + 1 ? formFields.length + 1 : Math.min(1, body);
}

export function visibleRows(state: ListState): readonly Row[] {
  return state.rows.slice(state.top, state.top + listHeight(state));
}

/** The size of the preview's picture; null when none shows. Its first line is its title. */
export function previewSize(state: ListState): Size | null {
  const { preview } = listPanes(state);
  const { titles, body } = listRegions(state);
  const rows = titles + body - 1;
  return preview < 3 || rows < 1 ? null : { cols: preview - 1, rows };
}

/** The lines of the help, for the width of the screen. */
export function helpLinesOf(state: ListState): HelpLine[] {
  return helpLines(state.preferences.keys, Math.max(1, state.size.cols - 4));
}

/** The lines of the help that show at once, in a frame where there is room for one. */
export function helpHeight(state: ListState): number {
  const { titles, body, panel, header } = listRegions(state);
  const room = header + titles + body + panel;
  return Math.max(1, Math.min(helpLinesOf(state).length, room - helpFrame(state)));
}

/** Rows that the frame around the help takes. */
export function helpFrame({ size }: ListState): number {
  return size.rows >= 8 && size.cols >= 24 ? 2 : 0;
}

/** The last line of the help that may be the first to show. */
export function helpScroll(state: ListState): number {
  return Math.max(0, helpLinesOf(state).length - helpHeight(state));
}

/** The keys that have a meaning now, for the line at the bottom. */
export function bindingsOf(state: ListState): readonly Binding<string>[] {
  const { keys } = state.preferences;
  switch (state.mode.kind) {
    case 'browse':
      return keys.browse;
    case 'filter':
      return keys.filter;
    case 'new':
      return keys.form;
    case 'rename':
      return keys.name;
    case 'confirm':
      return keys.question;
    case 'help':
      return keys.help.filter(({ action }) => action === 'close' || helpScroll(state) > 0);
    case 'making':
      return [];
  }
}
