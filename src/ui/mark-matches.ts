// Marking the characters of a text that a filter matched.

import type { Theme } from './theme.ts';

/** Marks those whose index (in UTF-16 units, as the matching library counts) is among `indexes`, runs of them together. */
export function markMatches(indexes: readonly number[], theme: Theme): (text: string) => string {
  if (indexes.length === 0) return (text) => text;
  const matched = new Set(indexes);
  return (text) => {
    let marked = '';
    let run = '';
    let index = 0;
    for (const character of text) {
      if (matched.has(index)) run += character;
      else {
        marked += (run === '' ? '' : theme.matched(run)) + character;
        run = '';
      }
      index += character.length;
    }
    return run === '' ? marked : marked + theme.matched(run);
  };
}
