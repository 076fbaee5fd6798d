// What a terminal's answers to questions look like among the keys that it sends.

/**
 * Reports that begin with CSI (attributes, status, position, size, modes, keyboard flags and modifiers, graphics, colour
 * scheme, focus), and strings (DCS, OSC, APC) up to their terminator; in text of one character a byte. A modified F3
 * (`CSI 1;5R`) cannot be told from a cursor position and counts as one.
 */
export const answerPattern =
  /\x1b\[[?>=]?[\d;:]*(?:[cnRtIO]|\$y|(?<=\?[\d;:]*)[uS]|(?<=>[\d;:]*)m)|\x1b[P\]_][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** An answer to the question for primary device attributes (DA1). */
export const attributesPattern = /\x1b\[\?[\d;]*c/g;

/** One character a byte, so that nothing is decoded on its way. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
