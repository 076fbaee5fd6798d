// Whether a typed name can name a session, as the list knows it.

import type { ListRules, ListState } from './list-state.ts';

/**
 * Why `name` cannot be the name, as a sentence, or null. An empty one asks for a random name; the present name of the
 * session `ownId` is no problem for itself.
 */
export function nameProblemOf(
  { sessions }: ListState,
  { name, ownId, rules }: { name: string; ownId: string | null; rules: ListRules },
): string | null {
  const owner = sessions?.find((session) => session.name === name);
  if (ownId === null ? name === '' : owner?.id === ownId) return null;
  const why = owner === undefined ? rules.nameProblem(name) : 'another session has it';
  return why === null ? null : `Cannot use this name: ${why}.`;
}
