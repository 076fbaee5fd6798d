// The table `[keys]` of the settings: other keys for the actions of the list. The keys given win over the usual ones, and
// no key ever has two meanings.

import { closest } from '../base/closest.ts';
import { readKeyName } from '../base/key-notation.ts';
import { type Binding, type BrowseAction, type KeyTable, listKeys } from '../base/list-keys.ts';

export type KeyBindingsReading =
  | { kind: 'keys'; keys: KeyTable }
  /** `action` is the entry at fault, as it is in the file, and `problem` what to say of it; null is the table itself. */
  | { kind: 'problem'; action: string | null; problem: string };

interface Bound {
  action: BrowseAction;
  /** Names as `keyName` gives them, each once. */
  keys: string[];
}

const mustBe = 'must be a key in quotes, a list of them, or [] for none';

/** The keys of the list when those of `table`, actions with what the file says of them, are bound as it says. */
export function readKeyBindings(table: unknown): KeyBindingsReading {
  if (!isTable(table)) return { kind: 'problem', action: null, problem: 'must be a table of actions with their keys' };
  const bound: Bound[] = [];
  for (const [action, value] of Object.entries(table)) {
    const reading = readEntry(action, value);
    if (typeof reading === 'string') return { kind: 'problem', action, problem: reading };
    const problem = conflictProblem(reading, bound);
    if (problem !== null) return { kind: 'problem', action, problem };
    bound.push(reading);
  }
  const browse = listKeys.browse.map((binding) => rebind(binding, bound));
  if (browse.find(({ action }) => action === 'quit')?.keys.length !== 0)
    return { kind: 'keys', keys: { ...listKeys, browse } };
  return { kind: 'problem', action: whoeverTookQuit(bound), problem: 'leaves no key to quit with' };
}

function readEntry(action: string, value: unknown): Bound | string {
  const binding = listKeys.browse.find((candidate) => candidate.action === action);
  if (binding === undefined) return actionProblem(action);
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const keys = new Set<string>();
  for (const text of texts) {
    if (typeof text !== 'string') return mustBe;
    const reading = readKeyName(text);
    if (reading.kind === 'problem') return `has a key that cannot be used: ${reading.problem}`;
    if (/^[1-9]$/.test(reading.name))
      return `has a key that cannot be used: "${reading.name}" attaches to the row of that number`;
    keys.add(reading.name);
  }
  return { action: binding.action, keys: [...keys] };
}

function actionProblem(action: string): string {
  const actions = listKeys.browse.map((binding) => binding.action);
  const meant = closest(action, actions);
  return `is no action of the list; ${meant === undefined ? `they are ${actions.join(', ')}` : `did you mean "${meant}"?`}`;
}

function conflictProblem({ keys }: Bound, before: readonly Bound[]): string | null {
  for (const other of before) {
    const key = keys.find((candidate) => other.keys.includes(candidate));
    if (key !== undefined) return `has the key "${key}", which "keys.${other.action}" has, too`;
  }
  return null;
}

/** `binding` with the keys given to it, or with those of its usual ones that were given to no other. */
function rebind(binding: Binding<BrowseAction>, bound: readonly Bound[]): Binding<BrowseAction> {
  const own = bound.find(({ action }) => action === binding.action);
  const isFree = (key: string) => !bound.some(({ keys }) => keys.includes(key));
  return { ...binding, keys: own?.keys ?? binding.keys.filter(isFree) };
}

/** The last entry that has to do with the keys to quit with. */
function whoeverTookQuit(bound: readonly Bound[]): string | null {
  const usual = listKeys.browse.find(({ action }) => action === 'quit')?.keys ?? [];
  return (
    bound.findLast(({ action, keys }) => action === 'quit' || keys.some((key) => usual.includes(key)))?.action ?? null
  );
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
