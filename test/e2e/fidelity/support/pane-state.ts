// Everything that tmux tells of a pane, in a form in which two panes that look and behave the same are equal.

import { ansiCells } from '../../../emulator/ansi-cells.ts';
import type { Pane } from './tmux-server.ts';

export interface PaneState {
  /** Rows as characters with their attributes. */
  screen: string[];
  /** The normal screen while the alternate one is shown. */
  behind: string[];
  facts: Record<string, string>;
}

const facts = [
  'pane_title',
  'alternate_on',
  'cursor_x',
  'cursor_y',
  'cursor_flag',
  'cursor_character',
  'insert_flag',
  'keypad_cursor_flag',
  'keypad_flag',
  'mouse_any_flag',
  'mouse_standard_flag',
  'mouse_button_flag',
  'mouse_all_flag',
  'mouse_sgr_flag',
  'mouse_utf8_flag',
  'origin_flag',
  'wrap_flag',
  'scroll_region_upper',
  'scroll_region_lower',
  'pane_tabs',
] as const;

/** Between the facts in one answer; in no title. */
const separator = '\t';

export async function paneState(pane: Pane): Promise<PaneState> {
  const [screen, behind, told] = await Promise.all([
    pane.capture('screen'),
    pane.capture('behind'),
    pane.format(facts.map((fact) => `#{${fact}}`).join(separator)),
  ]);
  const values = told.split(separator);
  return {
    screen: cellRows(screen),
    behind: cellRows(behind),
    facts: Object.fromEntries(facts.map((fact, index) => [fact, values[index] ?? ''])),
  };
}

/** The rows of the history, oldest first. */
export async function paneHistory(pane: Pane): Promise<string[]> {
  return cellRows(await pane.capture('history'));
}

function cellRows(lines: string[]): string[] {
  const rows = ansiCells(lines);
  while (rows.at(-1) === '') rows.pop();
  return rows;
}
