// CRC-32 (ISO 3309), to tell a damaged file from a whole one.

import { crc32 } from 'node:zlib';

export function checksum(bytes: Uint8Array): number {
  return crc32(bytes);
}
