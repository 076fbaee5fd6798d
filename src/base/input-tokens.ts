// Cuts what a terminal sends into tokens: a character, or a whole escape sequence. Works on bytes, so that nothing is
// decoded on its way to the program, and says when the rest of a token has yet to arrive.

export const escapeByte = 0x1b;

/** The bytes `start` to `end` of a buffer. */
export interface InputToken {
  readonly start: number;
  readonly end: number;
  /** `paste` begins a bracketed paste, `string` a string such as an OSC answer; what follows is not typed. */
  readonly kind: 'key' | 'paste' | 'string';
}

export interface TokenOptions {
  /** True when no more bytes will come soon: what would be incomplete is a token as it is. */
  isFinal: boolean;
  /** Control bytes that belong to an escape before them. Any other is a key of its own after the Escape key. */
  altControls: ReadonlySet<number>;
}

export const pasteStart = Uint8Array.from('\x1b[200~', (character) => character.charCodeAt(0));
export const pasteEnd = Uint8Array.from('\x1b[201~', (character) => character.charCodeAt(0));

/** Bytes of a control sequence at most; keys with every kitty field stay far below. More is passed on in pieces. */
const maxSequenceBytes = 128;

/** OSC, DCS and APC: what terminals answer questions with. */
const stringIntroducers: ReadonlySet<number> = new Set([0x5d, 0x50, 0x5f]);

/** The token at `start`, or null when its end has yet to arrive. */
export function readToken(bytes: Uint8Array, start: number, options: TokenOptions): InputToken | null {
  const { end, kind } = tokenEnd(bytes, start, options);
  if (end <= bytes.length) return { start, end, kind };
  return options.isFinal ? { start, end: bytes.length, kind: 'key' } : null;
}

interface TokenEnd {
  /** Past the end of the bytes when the token is incomplete. */
  end: number;
  kind: InputToken['kind'];
}

function tokenEnd(bytes: Uint8Array, start: number, { altControls }: TokenOptions): TokenEnd {
  if (bytes[start] !== escapeByte) return key(characterEnd(bytes, start));
  const second = bytes[start + 1];
  if (second === undefined) return key(start + 2);
  if (second === 0x5b) return controlSequenceEnd(bytes, start);
  if (second === 0x4f) return key(parametersEnd(bytes, start));
  if (stringIntroducers.has(second)) return stringStart(bytes, start);
  if (second < 0x20) return key(altControls.has(second) ? start + 2 : start + 1);
  return key(characterEnd(bytes, start + 1));
}

function key(end: number): TokenEnd {
  return { end, kind: 'key' };
}

/** After a character in UTF-8; a byte that cannot begin one, or is not continued, stands alone. */
function characterEnd(bytes: Uint8Array, start: number): number {
  const lead = bytes[start]!;
  const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  for (let at = start + 1; at < start + length && at < bytes.length; at++) {
    if ((bytes[at]! & 0xc0) !== 0x80) return start + 1;
  }
  return start + length;
}

function controlSequenceEnd(bytes: Uint8Array, start: number): TokenEnd {
  const third = bytes[start + 2];
  // The Linux console's F1 to F5.
  if (third === 0x5b) return key(start + 4);
  // The mouse as X10 told of it: three bytes that are no characters.
  if (third === 0x4d) return key(plainBytesEnd(bytes, start + 3, 3));
  const end = parametersEnd(bytes, start);
  const isPaste = end - start === pasteStart.length && pasteStart.every((byte, index) => bytes[start + index] === byte);
  return { end, kind: isPaste ? 'paste' : 'key' };
}

/** After `count` bytes that are no controls, or at `start` when a control is among them. */
function plainBytesEnd(bytes: Uint8Array, start: number, count: number): number {
  return bytes.subarray(start, start + count).every((byte) => byte >= 0x20) ? start + count : start;
}

/** After the final byte of a CSI or SS3 sequence, or before a byte that cannot be part of one. */
function parametersEnd(bytes: Uint8Array, start: number): number {
  const limit = start + maxSequenceBytes;
  let at = start + 2;
  while (at < limit && bytes[at]! >= 0x20 && bytes[at]! <= 0x3f) at++;
  if (at === limit) return at;
  const final = bytes[at];
  const isEnd = final === undefined || (final >= 0x40 && final <= 0x7e);
  return isEnd ? at + 1 : at;
}

/** A string begins with its introducer and goes on with text; alone, the introducer is a key pressed with alt. */
function stringStart(bytes: Uint8Array, start: number): TokenEnd {
  const third = bytes[start + 2];
  if (third === undefined) return key(start + 3);
  return { end: start + 2, kind: third < 0x20 ? 'key' : 'string' };
}
