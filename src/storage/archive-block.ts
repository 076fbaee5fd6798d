// The form of the archive: blocks, one behind the other, each of which holds what one retired journal told, compressed. A
// block is found and verified by itself, so that damage costs the blocks that it hits and no others.
//
//     header  "stay"  kind 1  zero 1  version 2  generation 4  continues 4  journal's length 4  first time 8  last time 8
//             length of the body 4  of the records 4  whether it begins with the screen 4  checksum of the body 4
//             checksum of the header 4
//     body    the records, as in the journal, by zstd

import { checksum } from '../platform/checksum.ts';
import { type Compress, decompress } from '../platform/compression.ts';
import { decodeRecords, type JournalHeader, type JournalRecord } from './journal.ts';
import { fileKinds, fileMagic } from './sealed-file.ts';

/** Raised when the form of a block changes; older forms are still read. */
const blockVersion = 1;

const headerBytes = 56;
const bodyChecksumAt = 48;
const headerChecksumAt = 52;

export interface BlockFacts extends JournalHeader {
  /** The length of the journal, up to where it was good: what the next one says that it continues. */
  length: number;
  /** When its first and its last record were made, in milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
  /** Whether its first record is the screen as it was then. */
  isSelfContained: boolean;
}

export interface ArchiveBlock extends BlockFacts {
  recordsLength: number;
  /** The compressed records. */
  body: Uint8Array;
}

/** The bytes of the block that holds a journal's `bytes`, which are records. */
export async function encodeBlock(
  { bytes: records, ...facts }: BlockFacts & { bytes: Uint8Array },
  compress: Compress,
): Promise<Uint8Array> {
  const body = records.length === 0 ? new Uint8Array() : await compress(records);
  const bytes = new Uint8Array(headerBytes + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(fileMagic);
  bytes[4] = fileKinds.archive;
  view.setUint16(6, blockVersion);
  view.setUint32(8, facts.generation);
  view.setUint32(12, facts.continues);
  view.setUint32(16, facts.length);
  view.setFloat64(20, facts.firstAt);
  view.setFloat64(28, facts.lastAt);
  view.setUint32(36, body.length);
  view.setUint32(40, records.length);
  view.setUint32(44, facts.isSelfContained ? 1 : 0);
  view.setUint32(bodyChecksumAt, checksum([body]));
  view.setUint32(headerChecksumAt, checksum([bytes.subarray(0, headerChecksumAt)]));
  bytes.set(body, headerBytes);
  return bytes;
}

/** The blocks in an archive file that are whole, in order. What is none, or of a newer stay, is passed over. Never throws. */
export function findBlocks(bytes: Uint8Array): ArchiveBlock[] {
  const blocks: ArchiveBlock[] = [];
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    const block = blockAt(bytes, at);
    if (block !== null) blocks.push(block);
    at = block === null ? nextMagic(bytes, at + 1) : at + headerBytes + block.body.length;
  }
  return blocks;
}

/** Whether an archive file begins with a block that only a newer stay can read. */
export function isOfNewer(bytes: Uint8Array): boolean {
  return bytes.length >= headerBytes && isArchive(bytes, 0) && bytes[6]! * 256 + bytes[7]! > blockVersion;
}

/** The records of a block, or null when they were written damaged. Never throws. */
export async function recordsIn(block: ArchiveBlock): Promise<JournalRecord[] | null> {
  if (block.recordsLength === 0) return [];
  try {
    const bytes = await decompress(block.body, block.recordsLength);
    const { records, end } = decodeRecords(bytes, 0);
    return end.kind === 'whole' ? records : null;
  } catch {
    return null;
  }
}

function blockAt(bytes: Uint8Array, at: number): ArchiveBlock | null {
  if (!isArchive(bytes, at)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerBytes);
  if (view.getUint16(6) !== blockVersion) return null;
  if (view.getUint32(headerChecksumAt) !== checksum([bytes.subarray(at, at + headerChecksumAt)])) return null;
  const bodyEnd = at + headerBytes + view.getUint32(36);
  if (bodyEnd > bytes.length) return null;
  const body = bytes.subarray(at + headerBytes, bodyEnd);
  if (view.getUint32(bodyChecksumAt) !== checksum([body])) return null;
  return {
    generation: view.getUint32(8),
    continues: view.getUint32(12),
    length: view.getUint32(16),
    firstAt: view.getFloat64(20),
    lastAt: view.getFloat64(28),
    recordsLength: view.getUint32(40),
    isSelfContained: view.getUint32(44) === 1,
    body,
  };
}

function isArchive(bytes: Uint8Array, at: number): boolean {
  return fileMagic.every((byte, index) => bytes[at + index] === byte) && bytes[at + 4] === fileKinds.archive;
}

function nextMagic(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(fileMagic[0]!, from); at !== -1; at = bytes.indexOf(fileMagic[0]!, at + 1)) {
    if (isArchive(bytes, at)) return at;
  }
  return bytes.length;
}
