// Numbers and lists in sentences.

/** Items that a sentence names before it only says how many more there are. */
const maxNamed = 3;

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `"a", "b", "c" and 4 more`. */
export function listOf(items: readonly string[]): string {
  const named = items
    .slice(0, maxNamed)
    .map((item) => `"${item}"`)
    .join(', ');
  return items.length > maxNamed ? `${named} and ${items.length - maxNamed} more` : named;
}
