// A journal: what happened to a session's screen since a checkpoint, record by record, appended while it happens.
// Each record carries a checksum, so that what a crash cut short or a disk spoiled is never replayed. It begins with the
// screen as it was then, so that it can be read without that checkpoint.
//
//     header  "stay"  kind 1  zero 1  version 2  generation 4  continues 4  checksum 4
//     record  length 4  checksum 4  kind 1  time 8  body of that length

import { checksum } from '../platform/checksum.ts';
import { fileKinds, fileMagic } from './sealed-file.ts';

/** Raised when the file's form changes; older forms are still read. 1 had no `start`. */
const journalVersion = 2;

export const journalHeaderBytes = 20;
const headerChecksumAt = 16;
const recordHeaderBytes = 17;
const kindAt = 8;
const bodyAt = 17;

/** Frozen: these numbers are in files. */
const recordKinds = { output: 1, resize: 2, repaint: 3, start: 4 } as const;

/** What a journal tells, in order. Times are milliseconds since 1970. */
export type JournalRecord = JournalStart | JournalChange;

/** How the screen was when the journal began: its first record, of no use to whoever comes from the checkpoint. */
export interface JournalStart {
  kind: 'start';
  at: number;
  cols: number;
  rows: number;
  paint: Uint8Array;
  /** The generation of the last journal before it, whoever wrote that; 0 when there is none. */
  follows: number;
  /** Lines that scrolled away before it and that no journal has; `manyLines` when nobody counted them. */
  missedLines: number;
  /** Lines of history in `paint`: none usually, for the journals before have them; `manyLines` when nobody counted them. */
  historyLines: number;
}

/** What happened to the screen. */
export type JournalChange =
  /** The program wrote `bytes`. */
  | { kind: 'output'; at: number; bytes: Uint8Array }
  | { kind: 'resize'; at: number; cols: number; rows: number }
  /** Too much was written to keep: how the screen was afterwards. */
  | ({ kind: 'repaint'; at: number; cols: number; rows: number; paint: Uint8Array } & RepaintFacts);

export interface RepaintFacts {
  /** Lines that scrolled away since the record before and are not in `paint`; `manyLines` when nobody counted them. */
  missedLines: number;
  /** Lines that the history held then, whether or not they are in `paint`. */
  historyLength: number;
}

/** More lines than a history holds. */
export const manyLines = 0xffff_ffff;

export interface JournalHeader {
  /** Of the checkpoint that this goes on from. */
  generation: number;
  /** The length of the journal before this one, of which this is the seamless continuation; 0 when it is none. */
  continues: number;
}

export type ReadJournal =
  | { kind: 'journal'; header: JournalHeader; records: JournalRecord[]; end: JournalEnd }
  | { kind: 'cut' }
  | { kind: 'damaged'; why: string }
  | { kind: 'newer'; version: number };

/** Where reading stopped, in bytes, and why: at the end of the file, where its writer was cut off, or at a record gone bad. */
export type JournalEnd = { at: number; kind: 'whole' | 'cut' } | { at: number; kind: 'damaged'; why: string };

export function encodeJournalHeader({ generation, continues }: JournalHeader): Uint8Array {
  const bytes = new Uint8Array(journalHeaderBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(fileMagic);
  bytes[4] = fileKinds.journal;
  view.setUint16(6, journalVersion);
  view.setUint32(8, generation);
  view.setUint32(12, continues);
  view.setUint32(headerChecksumAt, checksum([bytes.subarray(0, headerChecksumAt)]));
  return bytes;
}

/** The bytes of a journal that holds `records`. */
export function encodeJournal(header: JournalHeader, records: readonly JournalRecord[]): Uint8Array {
  const body = encodeRecords(records);
  const bytes = new Uint8Array(journalHeaderBytes + body.length);
  bytes.set(encodeJournalHeader(header));
  bytes.set(body, journalHeaderBytes);
  return bytes;
}

/** The bytes of records, one behind the other. */
export function encodeRecords(records: readonly JournalRecord[]): Uint8Array {
  const bodies = records.map(bodyOf);
  const bytes = new Uint8Array(bodies.reduce((sum, parts) => sum + recordHeaderBytes + lengthOf(parts), 0));
  let at = 0;
  records.forEach((record, index) => {
    at += writeRecord(bytes.subarray(at), record, bodies[index]!);
  });
  return bytes;
}

/** Writes one record to the start of `bytes` and returns its length. */
function writeRecord(bytes: Uint8Array, record: JournalRecord, body: readonly Uint8Array[]): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = lengthOf(body);
  view.setUint32(0, length);
  bytes[kindAt] = recordKinds[record.kind];
  view.setFloat64(kindAt + 1, record.at);
  let at = bodyAt;
  for (const part of body) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(4, recordChecksum(bytes.subarray(0, at)));
  return at;
}

function bodyOf(record: JournalRecord): Uint8Array[] {
  switch (record.kind) {
    case 'output':
      return [record.bytes];
    case 'resize':
      return [numbers(record.cols, record.rows)];
    case 'repaint':
      return [numbers(record.cols, record.rows, record.missedLines, record.historyLength), record.paint];
    case 'start':
      return [numbers(record.cols, record.rows, record.follows, record.missedLines, record.historyLines), record.paint];
  }
}

/** Reads as far as everything verifies. Never throws. */
export function decodeJournal(bytes: Uint8Array): ReadJournal {
  if (bytes.length < journalHeaderBytes || isZero(bytes)) return { kind: 'cut' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (fileMagic.some((byte, index) => bytes[index] !== byte) || bytes[4] !== fileKinds.journal)
    return { kind: 'damaged', why: 'it is not a journal of stay' };
  if (view.getUint32(headerChecksumAt) !== checksum([bytes.subarray(0, headerChecksumAt)]))
    return { kind: 'damaged', why: 'the checksum of its header is wrong' };
  const version = view.getUint16(6);
  if (version > journalVersion) return { kind: 'newer', version };
  const header = { generation: view.getUint32(8), continues: view.getUint32(12) };
  return { kind: 'journal', header, ...decodeRecords(bytes, journalHeaderBytes) };
}

/** Reads records from byte `start` on, as far as they verify. Never throws. */
export function decodeRecords(bytes: Uint8Array, start: number): { records: JournalRecord[]; end: JournalEnd } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const records: JournalRecord[] = [];
  let at = start;
  while (at < bytes.length) {
    const end = at + recordHeaderBytes <= bytes.length ? at + recordHeaderBytes + view.getUint32(at) : bytes.length + 1;
    // Some file systems fill with zeros what did not reach the disk before the power went.
    if (end > bytes.length || isZero(bytes.subarray(at))) return { records, end: { at, kind: 'cut' } };
    const record = readRecord(bytes.subarray(at, end));
    if (typeof record === 'string') return { records, end: { at, kind: 'damaged', why: `${record}, at byte ${at}` } };
    records.push(record);
    at = end;
  }
  return { records, end: { at, kind: 'whole' } };
}

/** The record that `bytes` are, or what is wrong with it. */
function readRecord(bytes: Uint8Array): JournalRecord | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(4) !== recordChecksum(bytes)) return 'the checksum of a record is wrong';
  const at = view.getFloat64(kindAt + 1);
  const number = (index: number) => view.getUint32(bodyAt + 4 * index);
  switch (bytes[kindAt]) {
    case recordKinds.output:
      return { kind: 'output', at, bytes: bytes.subarray(bodyAt) };
    case recordKinds.resize:
      return { kind: 'resize', at, cols: number(0), rows: number(1) };
    case recordKinds.repaint: {
      const facts = { cols: number(0), rows: number(1), missedLines: number(2), historyLength: number(3) };
      return { kind: 'repaint', at, ...facts, paint: bytes.subarray(bodyAt + 16) };
    }
    case recordKinds.start: {
      const place = { cols: number(0), rows: number(1), follows: number(2) };
      const lines = { missedLines: number(3), historyLines: number(4) };
      return { kind: 'start', at, ...place, ...lines, paint: bytes.subarray(bodyAt + 20) };
    }
    default:
      return 'a record is of an unknown kind';
  }
}

/** Of everything but the checksum itself. */
function recordChecksum(bytes: Uint8Array): number {
  return checksum([bytes.subarray(0, 4), bytes.subarray(kindAt)]);
}

function numbers(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint32(4 * index, Math.min(value, manyLines));
  });
  return bytes;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
