// Compression by the runtime's zstd, off the event loop.

import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

const pressed = promisify(zstdCompress);
const unpressed = promisify(zstdDecompress);

/** A port, so that tests need not wait for another thread. */
export type Compress = (bytes: Uint8Array) => Promise<Uint8Array>;

export const compress: Compress = (bytes) => pressed(bytes);

/** What `compress` made `bytes` of, which had `length` bytes. Throws when that is not so. */
export async function decompress(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  // No more than that is made, whatever the bytes want; some runtimes take an input that was cut for a whole one.
  const made = await unpressed(bytes, { maxOutputLength: Math.max(1, length) });
  if (made.length !== length) throw new Error(`${made.length} bytes came out instead of ${length}`);
  return made;
}
