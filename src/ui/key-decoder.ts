// Bytes of a keyboard to key presses and pastes, across reads. It takes one key at a time, so that whoever stops
// reading can give back the rest. Complete sequences that are no key (a terminal's late reply, a mouse) give nothing.

import { keyOfCodepoint, keyOfControl, keyOfSequence } from './key-names.ts';

/** A key: its name (`a`, `enter`, `ctrl-u`, `shift-tab`) and the text it types, which is '' for most. */
export interface KeyPress {
  kind: 'key';
  name: string;
  text: string;
}

export interface MouseInput {
  kind: 'mouse';
  action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown';
  button: 'left' | 'middle' | 'right' | null;
  col: number;
  row: number;
}

export type KeyInput =
  | KeyPress
  | { kind: 'paste'; text: string }
  | MouseInput
  | { kind: 'background'; red: number; green: number; blue: number }
  | { kind: 'attributes' };

export interface KeyDecoder {
  push(bytes: Uint8Array): void;
  /** The next key, or null when more bytes are needed for one. */
  next(): KeyInput | null;
  /** True while an escape may be a key of its own or the start of a sequence: only time can tell. */
  isUnsure(): boolean;
  /** Settles what was unsure: a lone escape is the key, the start of a sequence is dropped. */
  settle(): KeyInput | null;
  /** Takes out the bytes that no key was made of yet. */
  takeRest(): Uint8Array;
}

const esc = 0x1b;
const bel = 0x07;
const pasteStart = '\x1b[200~';
const pasteEnd = [...'\x1b[201~'].map((character) => character.charCodeAt(0));

/** Characters of a paste that are kept: nothing here takes more. */
const maxPasteLength = 10_000;

/** What the front of the bytes is: its length, and the key if it is one. Null when it is not complete. */
type Token = { length: number; key: KeyPress | null } | null;

export function createKeyDecoder(): KeyDecoder {
  let pending: Uint8Array = new Uint8Array();
  let paste: { text: string; decoder: TextDecoder } | null = null;

  function next(): KeyInput | null {
    while (pending.length > 0) {
      if (paste !== null) return nextOfPaste(paste);
      const token = readToken(pending);
      if (token === null) return null;
      const isPasteStart = token.length === pasteStart.length && ascii(pending, 0, token.length) === pasteStart;
      pending = pending.subarray(token.length);
      if (isPasteStart) paste = { text: '', decoder: new TextDecoder() };
      if (token.key !== null) return token.key;
    }
    return null;
  }

  function nextOfPaste(open: { text: string; decoder: TextDecoder }): KeyInput | null {
    const end = indexOf(pending, pasteEnd);
    // Without an end, what may be the start of it waits for the next read.
    const length = end >= 0 ? end : Math.max(0, pending.length - pasteEnd.length + 1);
    const text = open.decoder.decode(pending.subarray(0, length), { stream: end < 0 });
    if (open.text.length < maxPasteLength) open.text += text;
    pending = pending.subarray(end >= 0 ? end + pasteEnd.length : length);
    if (end < 0) return null;
    paste = null;
    return { kind: 'paste', text: open.text };
  }

  function takeRest(): Uint8Array {
    const rest = pending;
    pending = new Uint8Array();
    return rest;
  }

  return {
    push: (bytes) => {
      pending = pending.length === 0 ? bytes : concat(pending, bytes);
    },
    next,
    isUnsure: () => paste === null && pending[0] === esc,
    settle: () => (takeRest().length === 1 ? key('esc') : null),
    takeRest,
  };
}

function readToken(bytes: Uint8Array): Token {
  const first = bytes[0] ?? 0;
  if (first === esc) return readEscape(bytes);
  if (first < 0x20 || first === 0x7f) return { length: 1, key: key(keyOfControl(first)) };
  return readCharacter(bytes);
}

function readCharacter(bytes: Uint8Array): Token {
  const first = bytes[0] ?? 0;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const tail = bytes.subarray(1, length);
  const bad = tail.findIndex((byte) => (byte & 0xc0) !== 0x80);
  if (bad >= 0 || (first >= 0x80 && first < 0xc2)) return { length: Math.max(1, bad + 1), key: null };
  if (tail.length < length - 1) return null;
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  return { length, key: key(keyOfCodepoint(text.codePointAt(0) ?? 0), text) };
}

function readEscape(bytes: Uint8Array): Token {
  const second = bytes[1];
  switch (second) {
    case undefined:
      return null;
    case esc:
      return { length: 1, key: key('esc') };
    case 0x5b: // CSI: [
      return readSequence(bytes, 2);
    case 0x4f: // SS3: O
      return bytes.length < 3 ? null : { length: 3, key: sequenceKey(ascii(bytes, 1, 3)) };
    case 0x5d: // OSC, DCS, APC, PM, SOS: ] P _ ^ X
    case 0x50:
    case 0x5f:
    case 0x5e:
    case 0x58:
      return readString(bytes);
    default:
      return readAlt(bytes);
  }
}

function readSequence(bytes: Uint8Array, from: number): Token {
  // The Linux console's function keys have a second bracket before their letter.
  let end = bytes[from] === 0x5b ? from + 1 : from;
  while (end < bytes.length && isBetween(bytes[end], 0x20, 0x3f)) end++;
  if (end >= bytes.length) return null;
  if (!isBetween(bytes[end], 0x40, 0x7e)) return { length: end, key: null };
  return { length: end + 1, key: sequenceKey(ascii(bytes, 1, end + 1)) };
}

function readString(bytes: Uint8Array): Token {
  for (let at = 2; at < bytes.length; at++) {
    if (bytes[at] === bel) return { length: at + 1, key: null };
    if (bytes[at] === esc && bytes[at + 1] === 0x5c) return { length: at + 2, key: null };
  }
  return null;
}

function readAlt(bytes: Uint8Array): Token {
  const token = readToken(bytes.subarray(1));
  if (token === null) return null;
  return { length: token.length + 1, key: token.key === null ? null : key(`alt-${token.key.name}`) };
}

function key(name: string, text = ''): KeyPress {
  return { kind: 'key', name, text };
}

function sequenceKey(sequence: string): KeyPress | null {
  const found = keyOfSequence(sequence);
  return found === null ? null : key(found.name, found.text);
}

function isBetween(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let at = bytes.indexOf(esc); at >= 0; at = bytes.indexOf(esc, at + 1))
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
