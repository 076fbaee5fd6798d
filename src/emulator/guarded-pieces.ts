// Cuts a program's output behind the sequences that may touch our line or the region above it, so that both can be mended
// right there, before anything else is written.

const escapeByte = 0x1b;
const openBracket = 0x5b;

export interface GuardedPiece {
  bytes: Uint8Array;
  /** It ends with such a sequence. */
  isCut: boolean;
  /** All is erased next, and many terminals keep what is erased as a whole in their history: not our line. */
  isBeforeErasure: boolean;
}

/**
 * `bytes` in pieces; most often one. `isInside`: they begin in the middle of a control sequence. What is not found here (one
 * cut in two elsewhere than there, C1 controls) the guard notices all the same, somewhat later.
 */
export function guardedPieces(bytes: Uint8Array, options: { rows: number; isInside: boolean }): GuardedPiece[] {
  const pieces: GuardedPiece[] = [];
  let from = 0;
  const cut = (end: number, isBeforeErasure = false) => {
    pieces.push({ bytes: bytes.subarray(from, end), isCut: !isBeforeErasure, isBeforeErasure });
    from = end;
  };
  if (options.isInside) {
    const end = finalAt(bytes, 0);
    if (end < bytes.length) cut(end + 1);
  }
  for (let at = bytes.indexOf(escapeByte, from); at !== -1; at = bytes.indexOf(escapeByte, at + 1)) {
    const end = touchyEnd(bytes, at, options.rows);
    if (end === null) continue;
    if (erasesAll(bytes.subarray(at, end))) cut(at, true);
    cut(end);
  }
  if (from < bytes.length) pieces.push({ bytes: bytes.subarray(from), isCut: false, isBeforeErasure: false });
  return pieces;
}

/** `CSI 2 J`. */
function erasesAll(sequence: Uint8Array): boolean {
  return sequence.length === 4 && sequence[2] === 0x32 && sequence[3] === 0x4a;
}

/** The end of the sequence that begins at `at`, if it is one to cut behind. */
function touchyEnd(bytes: Uint8Array, at: number, rows: number): number | null {
  const second = bytes[at + 1];
  // RIS and DECALN.
  if (second === 0x63) return at + 2;
  if (second === 0x23) return bytes[at + 2] === 0x38 ? at + 3 : null;
  if (second !== openBracket) return null;
  const end = finalAt(bytes, at + 2);
  const final = bytes[end];
  if (final === undefined) return null;
  return isTouchy(String.fromCharCode(final), { text: bytes.subarray(at + 2, end), rows }) ? end + 1 : null;
}

/** Where the final byte of a control sequence is, at or after `from`; the bytes' end when it is not there. */
function finalAt(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at]! < 0x40 || bytes[at]! > 0x7e) && bytes[at] !== escapeByte) at++;
  return at;
}

function isTouchy(final: string, { text, rows }: { text: Uint8Array; rows: number }): boolean {
  switch (final) {
    case 'H':
    case 'f':
    case 'd':
      return firstNumber(text) > rows;
    case 'J':
      return !/^\??[13]$/.test(String.fromCharCode(...text));
    case 'h':
    case 'l':
      return text[0] === 0x3f && /[?;](?:3|47|1047|1049)(?:;|$)/.test(String.fromCharCode(...text));
    case 'p':
      return text.includes(0x21) || text.includes(0x22);
    case 'r':
    case 'e':
      return true;
    default:
      return false;
  }
}

function firstNumber(text: Uint8Array): number {
  let number = 0;
  for (const byte of text) {
    if (byte < 0x30 || byte > 0x39) break;
    number = number * 10 + byte - 0x30;
  }
  return number;
}
