// CRC-32 (ISO 3309), to tell a damaged file from a whole one.

import { isBun } from './runtime.ts';

/** Goes on from the checksum of what stands before `bytes`, 0 for nothing. */
type Crc32 = (bytes: Uint8Array, before: number) => number;

/** Bun's own where we are on Bun: there node:zlib takes 3 ms to load, at the start of every verb. */
const crc32: Crc32 = isBun ? Bun.hash.crc32 : (await import('node:zlib')).crc32;

/** The checksum of all parts, as if they were one. */
export function checksum(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), 0);
}
