// A line of the list with a text being typed, and what every picture of the list is made from.

import { takeStart } from './display-width.ts';
import { gutter } from './layout.ts';
import type { ListState } from './list-state.ts';
import { fieldWindow, type TextField } from './text-field.ts';
import type { Theme } from './theme.ts';

/** What a picture of the list is made from. */
export interface ListLook {
  state: ListState;
  theme: Theme;
  /** The directory shown as `~`. */
  home: string | undefined;
}

interface FieldLine {
  mark: string;
  width: number;
  /** What stands there while nothing is typed. */
  placeholder: string;
  look: ListLook;
}

/** A row with a name being typed; its columns give way to the field. */
export function fieldLine(field: TextField, { mark, width, placeholder, look: { theme } }: FieldLine): string {
  const room = Math.max(1, width - gutter);
  const text = fieldWindow(field, room).text;
  const start = takeStart(`${theme.marks.pointer} ${mark} `, width - room);
  return theme.accent(start) + (text === '' ? theme.faint(takeStart(placeholder, room)) : text);
}
