// A word of the command line that must be one of a few.

import { closest } from '../base/closest.ts';
import { StayError } from '../base/stay-error.ts';

/** `word`, which is one of `words`; else an error: `Cannot <what>: there is no such <noun>`, with what could be meant. */
export function oneOf<T extends string>(word: string, words: readonly T[], refusal: { what: string; noun: string }): T {
  const found = words.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  const meant = closest(word, words);
  throw new StayError('usage', `Cannot ${refusal.what}: there is no such ${refusal.noun}`, {
    hint: meant === undefined ? `Write one of: ${words.join(', ')}` : `Did you mean ${meant}?`,
  });
}
