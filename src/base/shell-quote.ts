// Words as a shell wants them, for hints that can be copied.

/** `word` as one word of a command line; plain words stay as they are. */
export function shellQuote(word: string): string {
  return /^[\p{L}\p{N}_.:@%+=,/-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
