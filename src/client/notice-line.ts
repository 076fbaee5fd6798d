// One line for the person over the last row of whatever a session shows. What it breaks, the session's next paint mends.

const encoder = new TextEncoder();

/** Drops a half-sent sequence; then, wherever the program wrote and in whatever manner, plainly and below everything. */
const below = '\x18\x1b\\\x1b[0m\x1b]8;;\x1b\\\x1b(B\x0f\x1b[4l\x1b[?7l\x1b[?6l\x1b[r\x1b[999;1H\x1b[2K';

/** The bytes that show `sentence`. */
export function noticeLine(sentence: string): Uint8Array {
  return encoder.encode(`${below}\x1b[7m ${sentence} \x1b[0m`);
}
