// Reading the table of keys: what a key does, how it is written, and the rows of the help.

import type { Binding, BrowseAction, KeyTable } from '../base/list-keys.ts';

/** What Enter is when it was typed before the terminal was ours. */
const lineFeed = 'ctrl-j';

/** What the key called `name` does, or undefined for nothing. */
export function actionOf<Action>(bindings: readonly Binding<Action>[], name: string): Action | undefined {
  const bound = bindings.find(({ keys }) => keys.includes(name));
  return bound === undefined && name === lineFeed ? actionOf(bindings, 'enter') : bound?.action;
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

/** What looks at the list, and what does something to sessions: two groups of the help. */
const looking: ReadonlySet<BrowseAction> = new Set([
  'up',
  'down',
  'first',
  'last',
  'page_up',
  'page_down',
  'filter',
  'order',
  'preview',
  'help',
  'quit',
]);

/** The help as groups of rows, each with its heading first. */
export function helpGroups(table: KeyTable): HelpRow[][] {
  const digits = { keys: '1-9', text: 'attach to that row' };
  const isEditing = (action: string) =>
    table.name.some((binding) => binding.action === action && action !== 'accept' && action !== 'cancel');
  const without = <A extends string>(bindings: readonly Binding<A>[]) =>
    bindings.filter(({ action }) => !isEditing(action));
  return [
    helpGroup(
      'Looking',
      table.browse.filter(({ action }) => looking.has(action)),
    ),
    helpGroup('While filtering', without(table.filter)),
    [
      ...helpGroup(
        'Doing',
        table.browse.filter(({ action }) => !looking.has(action)),
      ),
      digits,
    ],
    helpGroup('New session', without(table.form)),
    helpGroup(
      'Typing',
      table.name.filter(({ action }) => isEditing(action)),
    ),
  ];
}

function helpGroup<Action>(heading: string, bindings: readonly Binding<Action>[]): HelpRow[] {
  const rows = bindings
    .filter(({ keys }) => keys.length > 0)
    .map(({ keys, help }) => ({ keys: keys.map(keyLabel).join(', '), text: help }));
  return [{ keys: '', text: heading }, ...rows];
}
