// The definitions of all verbs, for the verbs that tell of the others.

import { definitionOf, type VerbDefinition } from './definition.ts';

/** In the order in which help tells them. */
export async function verbDefinitions(): Promise<VerbDefinition[]> {
  // Not at the start of this file: the verbs that ask for this are among those that it brings.
  const { eachVerb } = await import('./run-cli.ts');
  const definitions: VerbDefinition[] = [];
  eachVerb((verb) => definitions.push(definitionOf(verb)));
  return definitions;
}
