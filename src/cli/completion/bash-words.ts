// Words as bash's command line has them: what was typed, without its quotes, and what readline is to put in its place.
// Other shells do this themselves; bash hands out the raw line and takes raw text.

export interface BashLine {
  /** The words, quotes removed; the last one ends at the cursor and may be empty. */
  words: string[];
  /** The quote that is open at the cursor. */
  quote: '"' | "'" | null;
  /** The beginning of the last word that readline leaves as it is: it replaces only what stands behind it. */
  kept: string;
}

/**
 * Reads a command line up to the cursor. `breaks` is COMP_WORDBREAKS: readline replaces from behind an open quote or, outside
 * of quotes, from behind the last of these characters.
 */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let word: string | null = null;
  let kept = '';
  let quote: BashLine['quote'] = null;
  const characters = [...line];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    const next = characters[at + 1];
    if (quote !== null && character === quote) {
      quote = null;
    } else if (character === '\\' && quote !== "'") {
      // Between double quotes a backslash is one unless something special follows.
      const isEscape = quote === null || (next !== undefined && '$`"\\'.includes(next));
      word = (word ?? '') + (isEscape ? (next ?? '') : character);
      if (isEscape) at += 1;
    } else if (quote !== null) {
      word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
      kept = word;
    } else if (character === ' ' || character === '\t' || character === '\n') {
      if (word !== null) words.push(word);
      word = null;
      kept = '';
    } else {
      word = (word ?? '') + character;
      if (breaks.includes(character)) kept = word;
    }
  }
  return { words: [...words, word ?? ''], quote, kept };
}

/** What readline must insert to make the last word `value`; null when `value` does not begin as the word does. */
export function bashReplacement(value: string, { words, quote, kept }: BashLine): string | null {
  if (!value.startsWith(words.at(-1) ?? '')) return null;
  const rest = value.slice(kept.length);
  if (quote === null) return rest.replace(/[\s!"#$&'()*;<>?[\\\]^`{|}~]/g, String.raw`\$&`);
  const inside =
    quote === "'"
      ? rest.replaceAll("'", String.raw`'\''`)
      : // An exclamation mark would be expanded between double quotes, however it is escaped.
        rest.replace(/["$`\\]/g, String.raw`\$&`).replaceAll('!', `"'!'"`);
  // Readline closes the quote, unless it thinks that it is closed.
  return inside.endsWith(quote) ? `${inside}${quote}` : inside;
}
