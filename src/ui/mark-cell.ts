// The cursor of a screen that is shown as text: one cell in reverse video.

import { graphemes, sgrSequence, widthOf } from './display-width.ts';

/** The line, of text and SGR, with the cell in column `col`, from 0, turned to or from reverse video. */
export function markCell(line: string, col: number): string {
  let at = 0;
  let isReverse = false;
  let isMarked = false;
  const marked = (text: string) => (isReverse ? `\x1b[27m${text}\x1b[7m` : `\x1b[7m${text}\x1b[27m`);
  const parts = line.split(sgrSequence).map((part) => {
    if (part.startsWith('\x1b')) {
      isReverse = reverseAfter(part, isReverse);
      return part;
    }
    return graphemes(part)
      .map((grapheme) => {
        const start = at;
        at += widthOf(grapheme);
        if (isMarked || col < start || col >= at) return grapheme;
        isMarked = true;
        return marked(grapheme);
      })
      .join('');
  });
  return isMarked ? parts.join('') : `${parts.join('')}${' '.repeat(Math.max(0, col - at))}${marked(' ')}`;
}

/** Whether text is in reverse video after the SGR sequence, as ECMA-48 has it. */
function reverseAfter(sequence: string, isReverse: boolean): boolean {
  const parameters = sequence.slice(2, -1).split(';');
  let result = isReverse;
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index];
    if (parameter === '0' || parameter === '' || parameter === '27') result = false;
    else if (parameter === '7') result = true;
    // A colour by its number, or by its three parts: these are no attributes.
    else if (parameter === '38' || parameter === '48' || parameter === '58')
      index += parameters[index + 1] === '5' ? 2 : 4;
  }
  return result;
}
