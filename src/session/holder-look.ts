// What a holder wants shown of ours around the session, what that leaves of its terminal to the session, and what of its
// terminal's words the program is not to hear.

import { latin1 } from '../base/answer-pattern.ts';
import type { Look } from '../base/look.ts';
import type { EmulatorLook } from '../emulator/surroundings.ts';
import type { PtySize } from '../platform/pty.ts';

/** Rows of a terminal that has room for our line: a scroll region has two rows at least. */
const leastRows = 3;

/** What is shown in a terminal of `size` whose holder wants `look`. */
export function shownLook(look: Look, { name, size }: { name: string; size: PtySize }): EmulatorLook | null {
  if (look.kind === 'plain' || (look.kind === 'line' && size.rows < leastRows)) return null;
  return { ...look, name };
}

/** What is left of a terminal to the session. */
export function sizeInside(look: Look, size: PtySize): PtySize {
  if (look.kind !== 'line' || size.rows < leastRows) return size;
  const rows = size.rows - 1;
  if (size.pixelHeight === undefined) return { ...size, rows };
  return { ...size, rows, pixelHeight: Math.floor((size.pixelHeight * rows) / size.rows) };
}

/**
 * Answers that the holder's terminal would give for all of its rows: where the cursor is, sizes, and the settings (DECRQSS)
 * of region and page.
 */
const answersOfRows = /^\x1b(?:\[\??\d+;\d+(?:;1)?R|\[[489];\d+;\d+t|P1\$r[\d;]*(?:r|t|\*\|)\x1b\\)$/;

/** Whether `answer`, which is ours, is to be given instead of the terminal's. */
export function tellsOfRows(answer: Uint8Array): boolean {
  return answersOfRows.test(latin1(answer));
}

/** Reports of the mouse (SGR and urxvt, X10) and of a new size (mode 2048). */
const reports =
  /\x1b\[(<?)(\d+);(\d+);(\d+)([Mm])|\x1b\[M([\x20-\xff])([\x20-\xff])([\x20-\xff])|\x1b\[48;(\d+);(\d+);(\d+);(\d+)t/g;

const [motion, releaseOfAny] = [32, 3];

/** What was typed, without what tells of our line: clicks on it, and its row. `size` is that of the session. */
export function inputInside(bytes: Uint8Array, size: PtySize): Uint8Array {
  if (!bytes.includes(0x1b)) return bytes;
  const text = latin1(bytes);
  const inside = text.replace(reports, (report, ...parts: (string | undefined)[]) => {
    const [kind, code, x, y, final, x10Code, x10X, x10Y, rows, cols, height, width] = parts;
    if (rows !== undefined) return sizeReport({ rows, cols, height, width }, size);
    if (x10Code !== undefined && x10Y !== undefined) {
      if (x10Y.charCodeAt(0) - 32 <= size.rows) return report;
      const isKept = isOfPressed(x10Code.charCodeAt(0) - 32, 'M');
      return isKept ? `\x1b[M${x10Code}${x10X}${String.fromCharCode(size.rows + 32)}` : '';
    }
    if (Number(y) <= size.rows) return report;
    return isOfPressed(Number(code), final) ? `\x1b[${kind}${code};${x};${size.rows}${final}` : '';
  });
  return inside === text ? bytes : Uint8Array.from(inside, (character) => character.charCodeAt(0));
}

/** A release or a motion belongs to a press that the program may know of: it is told of the last row instead. */
function isOfPressed(code: number, final: string | undefined): boolean {
  return final === 'm' || (code & motion) !== 0 || (code & 67) === releaseOfAny;
}

function sizeReport(told: Record<'rows' | 'cols' | 'height' | 'width', string | undefined>, size: PtySize): string {
  const rows = Number(told.rows) - 1;
  const height = Math.floor((Number(told.height) * rows) / Number(told.rows));
  return `\x1b[48;${Math.min(rows, size.rows)};${told.cols};${height};${told.width}t`;
}
