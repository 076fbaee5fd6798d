// Reading the table of keys: what a key does, how it is written, and the rows of the help.

import type { Binding, KeyTable } from '../base/list-keys.ts';

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
  const digits = { keys: '1-9', text: 'attach to that row' };
  return [
    [...helpGroup('In the list', table.browse), digits],
    helpGroup('While filtering', table.filter),
    helpGroup('In the form of a new session', table.form),
  ];
}

function helpGroup<Action>(heading: string, bindings: readonly Binding<Action>[]): HelpRow[] {
  const rows = bindings
    .filter(({ keys }) => keys.length > 0)
    .map(({ keys, help }) => ({ keys: keys.map(keyLabel).join(', '), text: help }));
  return [{ keys: '', text: heading }, ...rows];
}
