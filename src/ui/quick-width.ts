// string-width, asked only where it takes more than counting: to be asked at all costs 12 ms once, for its tables of Unicode. The
// built binary has Ink measure by this as well (`scripts/build.ts`).

import stringWidth from 'string-width';

type Options = Parameters<typeof stringWidth>[1];

/**
 * Nothing but characters of one cell that join no other: ASCII, Latin letters, dashes, quotes, arrows, lines, blocks, shapes,
 * Braille. Some of them are wide behind a variation selector, which is none of them.
 */
const simple = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203b\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff]*$/;

const styles = /\x1b\[[0-9;:]*m/g;

/** The cells that `text` takes. */
export function quickWidth(text: string, options?: Options): number {
  if (options === undefined) {
    const shown = text.includes('\x1b') ? text.replace(styles, '') : text;
    if (simple.test(shown)) return shown.length;
  }
  return stringWidth(text, options);
}
