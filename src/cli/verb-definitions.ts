// The definitions of all verbs, for the verbs that tell of the others.

import { definitionOf, type VerbDefinition } from './definition.ts';
import { allVerbs } from './verb-table.ts';

/** In the order in which help tells them. */
export async function verbDefinitions(): Promise<VerbDefinition[]> {
  return (await allVerbs()).map(definitionOf);
}
