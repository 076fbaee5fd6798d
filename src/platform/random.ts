// Randomness.

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new session id: ten letters and digits (51 bits), short enough for a socket's path. */
export function newId(): string {
  // Web Crypto is there without loading node:crypto, which takes some milliseconds.
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % letters.length]).join('');
}
