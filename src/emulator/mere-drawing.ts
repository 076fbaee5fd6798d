// Tells output that does nothing but draw: text, colours, cursor movements and erasures. A terminal that was shown it needs
// nothing undone that was not to be undone before, and has nothing to answer.

import { escapeByte } from '../base/input-tokens.ts';

const openBracket = 0x5b;
/** Controls are two bytes from here on in UTF-8: U+0080 to U+009F. */
const firstC1 = 0xc2;

/** BEL, BS, HT, LF, CR. */
const isHarmlessControl = (byte: number) => (byte >= 0x07 && byte <= 0x0a) || byte === 0x0d;
/** Parameters, and what is between them. */
const isParameter = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x3b;

/** ICH, CUU to CHA, CUP, ED to DL, DCH, SU, SD, ECH, HPA, VPA, HVP, SGR: the final bytes of ECMA-48. */
const drawing = new Set(Array.from('@ABCDEFGHJKLMPSTX`dfm', (final) => final.charCodeAt(0)));

/** Whether `bytes`, which begin between characters and sequences, do no more than that, and end between sequences. */
export function isMereDrawing(bytes: Uint8Array): boolean {
  // A continuation: of what, is not to be seen here.
  if ((bytes[0]! & 0xc0) === 0x80) return false;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === escapeByte) {
      const final = finalOf(bytes, at);
      if (!drawing.has(bytes[final] ?? 0)) return false;
      at = final;
    } else if (byte === firstC1 || byte === 0x7f || (byte < 0x20 && !isHarmlessControl(byte))) return false;
    at++;
  }
  return true;
}

/** Where the control sequence that begins at `at` has its final byte; where it has none, at what is none. */
function finalOf(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] !== openBracket) return at;
  let final = at + 2;
  while (isParameter(bytes[final])) final++;
  return final;
}
