// UTF-8 (RFC 3629), one character at a time: quicker for a few than handing bytes to a decoder. Bytes that are not well-formed
// are left to that.

/** The character beyond ASCII whose bytes begin at `at`; 0 when they are not well-formed, or not all there. */
export function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + length > bytes.length) return 0;
  let codePoint = first & (0x7f >> length);
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next]!;
    if ((byte & 0xc0) !== 0x80) return 0;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
  return utf8Length(codePoint) !== length || isSurrogate || codePoint > 0x10_ffff ? 0 : codePoint;
}

/** How many bytes a character takes. */
export function utf8Length(codePoint: number): 1 | 2 | 3 | 4 {
  if (codePoint < 0x800) return codePoint < 0x80 ? 1 : 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}
