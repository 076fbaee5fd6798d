// The one table of keys: what each does where. The help and the hints at the bottom are made from it.

import type { FieldAction } from './text-field.ts';

export type BrowseAction =
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'pageUp'
  | 'pageDown'
  | 'attach'
  | 'new'
  | 'rename'
  | 'kill'
  | 'help'
  | 'quit';

export type NameAction = FieldAction | 'accept' | 'cancel';

export type QuestionAction = 'yes' | 'no';

export type HelpAction = 'up' | 'down' | 'close';

export interface Binding<Action> {
  action: Action;
  /** Names of keys; the first one stands for all where there is little room. */
  keys: readonly string[];
  /** What it does, for the help. */
  help: string;
  /** What it does in a word, for the line at the bottom; those without one are not shown there. */
  hint?: string;
  /** True for a hint that goes first where there is not room for all. */
  isMinor?: boolean;
}

export interface KeyTable {
  browse: readonly Binding<BrowseAction>[];
  name: readonly Binding<NameAction>[];
  question: readonly Binding<QuestionAction>[];
  help: readonly Binding<HelpAction>[];
}

/** In the order of the help and of the hints. */
export const keyTable: KeyTable = {
  browse: [
    { action: 'up', keys: ['up', 'k'], help: 'select the one above' },
    { action: 'down', keys: ['down', 'j'], help: 'select the one below' },
    { action: 'first', keys: ['home', 'g'], help: 'select the first' },
    { action: 'last', keys: ['end', 'G'], help: 'select the last' },
    { action: 'pageUp', keys: ['pageup'], help: 'one page up' },
    { action: 'pageDown', keys: ['pagedown'], help: 'one page down' },
    { action: 'attach', keys: ['enter'], help: 'attach to the session', hint: 'attach' },
    { action: 'new', keys: ['n'], help: 'make a session', hint: 'new' },
    { action: 'rename', keys: ['r'], help: 'rename the session', hint: 'rename', isMinor: true },
    { action: 'kill', keys: ['x'], help: 'kill the session (asks)', hint: 'kill', isMinor: true },
    { action: 'help', keys: ['?'], help: 'show the keys', hint: 'keys' },
    { action: 'quit', keys: ['q', 'esc', 'ctrl-c'], help: 'quit; sessions stay', hint: 'quit' },
  ],
  name: [
    { action: 'accept', keys: ['enter'], help: 'take the name', hint: 'accept' },
    { action: 'cancel', keys: ['esc', 'ctrl-c'], help: 'change nothing', hint: 'cancel' },
    { action: 'left', keys: ['left'], help: 'one character left' },
    { action: 'right', keys: ['right'], help: 'one character right' },
    { action: 'start', keys: ['home', 'ctrl-a'], help: 'to the start' },
    { action: 'end', keys: ['end', 'ctrl-e'], help: 'to the end' },
    { action: 'deleteBack', keys: ['backspace'], help: 'delete to the left' },
    { action: 'deleteForward', keys: ['delete'], help: 'delete to the right' },
    { action: 'deleteWord', keys: ['ctrl-w'], help: 'delete a word' },
    { action: 'deleteToStart', keys: ['ctrl-u'], help: 'delete to the start' },
  ],
  question: [
    { action: 'yes', keys: ['y'], help: 'yes', hint: 'yes' },
    { action: 'no', keys: ['n', 'esc', 'ctrl-c'], help: 'no', hint: 'no' },
  ],
  help: [
    { action: 'close', keys: ['esc', '?', 'q', 'enter', 'ctrl-c'], help: 'close the help', hint: 'close' },
    { action: 'down', keys: ['down', 'j'], help: 'further down', hint: 'further', isMinor: true },
    { action: 'up', keys: ['up', 'k'], help: 'further up' },
  ],
};

/** What the key called `name` does, or undefined for nothing. */
export function actionOf<Action>(bindings: readonly Binding<Action>[], name: string): Action | undefined {
  return bindings.find(({ keys }) => keys.includes(name))?.action;
}

/** How a key is written for people: `Ctrl-U`, `PgDn`, `j`. */
export function keyLabel(name: string): string {
  if ([...name].length === 1) return name;
  const special: Readonly<Record<string, string>> = { pageup: 'PgUp', pagedown: 'PgDn' };
  return name
    .split('-')
    .map((part) => special[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join('-');
}

/** One row of the help, or a heading when it has no keys. */
export interface HelpRow {
  keys: string;
  text: string;
}

/** The help as groups of rows, each with its heading first. */
export function helpGroups(table: KeyTable): HelpRow[][] {
  return [helpGroup('In the list', table.browse), helpGroup('While typing a name', table.name)];
}

function helpGroup<Action>(heading: string, bindings: readonly Binding<Action>[]): HelpRow[] {
  const rows = bindings.map(({ keys, help }) => ({ keys: keys.map(keyLabel).join(', '), text: help }));
  return [{ keys: '', text: heading }, ...rows];
}
