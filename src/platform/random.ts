// Randomness.

import { randomBytes } from 'node:crypto';

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new session id: ten letters and digits (51 bits), short enough for a socket's path. */
export function newId(): string {
  return [...randomBytes(10)].map((byte) => letters[byte % letters.length]).join('');
}
