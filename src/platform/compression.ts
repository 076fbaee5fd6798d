// Compression by the runtime's zstd: off the event loop what goes to the disk, at once what stays in memory.

import { isBun } from './runtime.ts';

/** A port, so that tests need not wait for another thread. */
export type Compress = (bytes: Uint8Array) => Promise<Uint8Array>;

export const compress: Compress = async (bytes) => {
  const { zstdCompress } = await import('node:zlib');
  return inPromise((done) => zstdCompress(bytes, done));
};

/** What `compress` made `bytes` of, which had `length` bytes. Throws when that is not so. */
export async function decompress(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const { zstdDecompress } = await import('node:zlib');
  // No more than that is made, whatever the bytes want; some runtimes take an input that was cut for a whole one.
  const made = await inPromise((done) => zstdDecompress(bytes, { maxOutputLength: Math.max(1, length) }, done));
  if (made.length !== length) throw new Error(`${made.length} bytes came out instead of ${length}`);
  return made;
}

/** Hardly any work (10 to 40 us for 10 kB), for pieces that are read again soon; null where the runtime offers none. */
export const quickCodec = isBun
  ? {
      compress: (bytes: Uint8Array): Uint8Array => Bun.zstdCompressSync(bytes, { level: 1 }),
      expand: (bytes: Uint8Array): Uint8Array => Bun.zstdDecompressSync(bytes),
    }
  : null;

type Done = (error: Error | null, bytes: Uint8Array) => void;

function inPromise(work: (done: Done) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => work((error, bytes) => (error === null ? resolve(bytes) : reject(error))));
}
