// The list as a test reads and drives it.

import { script } from './programs.ts';
import type { Sandbox, TerminalOptions } from './sandbox.ts';
import type { TestTerminal } from './screen.ts';

export const keys = {
  enter: '\r',
  escape: '\x1b',
  down: '\x1b[B',
  up: '\x1b[A',
  detach: '\x1c',
  /** Empties a line of input. */
  clear: '\x15',
} as const;

/** Makes sessions that say who they are. What one says alone on its line is its own screen; the preview has rows beside it. */
export async function makeSessions(sandbox: Sandbox, ...names: string[]): Promise<void> {
  for (const name of names) await sandbox.runOk(['new', '-d', name, '--', ...script(`echo I am ${name}; sleep 4000`)]);
}

/** Opens the list and waits until it shows every one of the names. */
export async function openList(
  sandbox: Sandbox,
  names: string[] = [],
  options: TerminalOptions = {},
): Promise<TestTerminal> {
  const list = sandbox.terminal([], options);
  await list.waitFor(() => list.text() !== '' && names.every((name) => list.text().includes(name)));
  return list;
}

/** The row with the selection's mark, or ''. */
export function selectedRow(list: TestTerminal): string {
  return list.lines().find((line) => /^[\s│|]*[❯›>▸▶»→]/.test(line)) ?? '';
}

/** The left pane: without the preview, which shows what sessions say. */
export function rowsOf(list: TestTerminal): string {
  return list
    .lines()
    .map((line) => line.split('│')[0] ?? '')
    .join('\n');
}

/** Moves the selection to the row of `name`, from the top. */
export async function select(list: TestTerminal, name: string): Promise<void> {
  const isSelected = () => selectedRow(list).includes(name);
  for (let previous = ''; previous !== selectedRow(list); ) {
    previous = selectedRow(list);
    if (isSelected()) return;
    await list.type(keys.up);
    await list.waitFor(() => selectedRow(list) !== previous, { timeoutMs: 300 }).catch(() => {}); // the top row stays
  }
  while (!isSelected()) {
    const previous = selectedRow(list);
    await list.type(keys.down);
    await list.waitFor(() => selectedRow(list) !== previous);
  }
}
