// A frozen talk between a client and a server: their frames in the order in which they were sent, with who sent each.
// Cuts frames by itself, not with the code that is tested: what is frozen stays readable whatever becomes of that.
//
//     file   entry, entry, ...
//     entry  side 1 (`C` client, `S` server)  length 4, big endian: bytes that follow  tag 1  body

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Side = 'client' | 'server';

export interface Entry {
  side: Side;
  tag: number;
  body: Uint8Array;
  /** The frame as it was on the wire. */
  frame: Uint8Array;
}

const sideBytes = { client: 0x43, server: 0x53 } as const;
const fixtures = fileURLToPath(new URL('../protocol/fixtures/', import.meta.url));

/** What was frozen of each version, such as `1-0.1.0`: the protocol's number and the version of stay. */
export const frozenVersions = (): string[] => readdirSync(fixtures).filter((name) => /^\d+-/.test(name));

/** The names of the talks that were frozen of a version. */
export function frozenTalks(version: string): string[] {
  return readdirSync(`${fixtures}${version}`).map((file) => basename(file, '.wire'));
}

export function readTalk(version: string, name: string): Entry[] {
  return decodeTalk(readFileSync(`${fixtures}${version}/${name}.wire`));
}

export function encodeTalk(entries: readonly Pick<Entry, 'side' | 'frame'>[]): Uint8Array {
  return Buffer.concat(entries.flatMap(({ side, frame }) => [Uint8Array.of(sideBytes[side]), frame]));
}

export function decodeTalk(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const side = bytes[at] === sideBytes.client ? 'client' : 'server';
    const [entry] = framesOf(side, bytes.subarray(at + 1)).entries;
    if (entry === undefined) throw new Error(`a talk that ends within an entry, at byte ${at}`);
    entries.push(entry);
    at += 1 + entry.frame.length;
  }
  return entries;
}

/** The frames at the beginning of a stream, and what is left behind the last whole one. */
export function framesOf(side: Side, bytes: Uint8Array): { entries: Entry[]; rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Entry[] = [];
  let at = 0;
  while (at + 4 < bytes.length && at + 4 + view.getUint32(at) <= bytes.length) {
    const end = at + 4 + view.getUint32(at);
    entries.push({ side, tag: bytes[at + 4]!, body: bytes.slice(at + 5, end), frame: bytes.slice(at, end) });
    at = end;
  }
  return { entries, rest: bytes.slice(at) };
}
