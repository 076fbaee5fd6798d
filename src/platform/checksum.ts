// CRC-32 (ISO 3309), to tell a damaged file from a whole one.

import { crc32 } from 'node:zlib';

/** The checksum of all parts, as if they were one. */
export function checksum(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), 0);
}
