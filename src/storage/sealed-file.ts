// The envelope of every file of ours: magic, kind, format version, checksum, then one msgpack value.
// Says honestly whether a file is whole, damaged, or from a newer stay.

import { pack, unpack } from '../base/pack.ts';
import { checksum } from '../platform/checksum.ts';

/** What a file holds; part of its header so that one is never read as the other. */
export const fileKinds = { session: 1, screen: 2, journal: 3, archive: 4, standing: 5 } as const;
/** Those that hold one msgpack value. */
export type FileKind = Exclude<keyof typeof fileKinds, 'journal' | 'archive'>;

export type Unsealed =
  | { kind: 'value'; version: number; value: unknown }
  | { kind: 'damaged'; why: string }
  | { kind: 'newer'; version: number };

/** How every file of ours begins. */
export const fileMagic = new TextEncoder().encode('stay');
const headerBytes = 12; // magic 4, kind 1, zero 1, version 2, checksum 4: of what stands before and after it
const checksumAt = 8;

export function seal(kind: FileKind, version: number, value: unknown): Uint8Array {
  const body = pack(value);
  const bytes = new Uint8Array(headerBytes + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(fileMagic);
  bytes[4] = fileKinds[kind];
  view.setUint16(6, version);
  bytes.set(body, headerBytes);
  view.setUint32(checksumAt, checksumOf(bytes));
  return bytes;
}

/** Opens what `seal` made. `newest` is the newest format version that the caller can read. */
export function unseal(kind: FileKind, newest: number, bytes: Uint8Array): Unsealed {
  if (bytes.length < headerBytes) return { kind: 'damaged', why: 'it is cut short' };
  if (fileMagic.some((byte, index) => bytes[index] !== byte))
    return { kind: 'damaged', why: 'it is not a file of stay' };
  if (bytes[4] !== fileKinds[kind]) return { kind: 'damaged', why: 'it is a file of another kind' };
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const version = view.getUint16(6);
  if (view.getUint32(checksumAt) !== checksumOf(bytes)) return { kind: 'damaged', why: 'its checksum is wrong' };
  if (version > newest) return { kind: 'newer', version };
  try {
    return { kind: 'value', version, value: unpack(bytes.subarray(headerBytes)) };
  } catch {
    return { kind: 'damaged', why: 'it is not msgpack' };
  }
}

function checksumOf(bytes: Uint8Array): number {
  return checksum([bytes.subarray(0, checksumAt), bytes.subarray(headerBytes)]);
}
