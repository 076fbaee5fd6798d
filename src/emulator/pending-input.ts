// The bytes that the parser has taken but not yet acted on: the start of a character, an escape sequence or a string
// whose rest is still to come. A repaint ends with them, so that the rest is understood when it arrives live.

import { joinBytes } from '../base/join-bytes.ts';
import { cancel } from './repaint.ts';
import type { CoreInput } from './xterm-core.ts';

/** Bytes of an unfinished string that are kept. Titles, links and colours are far shorter; pictures are not restored. */
const maxPendingBytes = 64 * 1024;

const encoder = new TextEncoder();

const escapeByte = 0x1b;
const firstC1 = 0xc2;
/** DCS, SOS, CSI, OSC, PM, APC as UTF-8 second bytes of C1 controls. */
const c1Starters = new Set([0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f]);
const oscState = 8;
/** The parser's states from here on are insides of strings. */
export const firstStringState = 7;

/** Stands for a string that was too long to keep: the rest falls into one that every terminal ignores. */
const ignoredOsc = Uint8Array.from([escapeByte, 0x5d, ...'7777;'].map(byteOf));
const ignoredString = Uint8Array.from([escapeByte, 0x5e]);

export class PendingInput {
  readonly #input: CoreInput;
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** The last chunk ended inside of a character. */
  #isInsideCharacter = false;

  constructor(input: CoreInput) {
    this.#input = input;
  }

  /** To be called after `bytes` were parsed. Costs nothing while the parser rests between sequences. */
  follow(bytes: Uint8Array): void {
    const wasInsideCharacter = this.#isInsideCharacter;
    this.#isInsideCharacter = this.#input._utf8Decoder.interim[0] !== 0;
    if (this.#input._parser.currentState === 0) {
      if (this.#length > 0) this.#clear();
      return;
    }
    const start = lastStart(bytes);
    if (start >= 0) this.#clear();
    else if (this.#length === 0 && wasInsideCharacter) this.#add(Uint8Array.of(firstC1));
    this.#add(bytes.slice(Math.max(0, start)));
  }

  /** What is pending now, for another terminal in its resting state; empty when nothing is. */
  get bytes(): Uint8Array {
    const state = this.#input._parser.currentState;
    if (state === 0) return unfinishedCharacter(this.#input._utf8Decoder.interim);
    if (this.#length > maxPendingBytes) return state === oscState ? ignoredOsc : ignoredString;
    const bytes = joinBytes(this.#pieces);
    const start = bytes[0] === escapeByte ? 1 : 2;
    if (state >= firstStringState) return withoutControlsBefore(bytes, start);
    // Controls inside of an escape sequence were carried out already, and what is no ASCII was dropped.
    const body = bytes.subarray(start).filter(isPrintable);
    const rest = unfinishedCharacter(this.#input._utf8Decoder.interim);
    return joinBytes([bytes.subarray(0, start), body, rest]);
  }

  /** `text` for a terminal that has the pending bytes already, which then begin anew. */
  amid(text: string): Uint8Array {
    return this.bytes.length === 0 ? encoder.encode(text) : this.after(encoder.encode(cancel + text));
  }

  /** `first`, and then what is pending. */
  after(first: Uint8Array): Uint8Array {
    const { bytes } = this;
    return bytes.length === 0 ? first : joinBytes([first, bytes]);
  }

  /** Forgets everything, as when the parser was reset. */
  reset(): void {
    this.#clear();
  }

  #add(piece: Uint8Array): void {
    if (this.#length > maxPendingBytes) return;
    this.#length += piece.length;
    if (this.#length > maxPendingBytes) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  #clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}

/** Where the last sequence in `bytes` starts, or -1. A start inside of a string would have ended the string. */
function lastStart(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at]!;
    if (byte === escapeByte) return at;
    if (byte === firstC1 && c1Starters.has(bytes[at + 1] ?? 0)) return at;
  }
  return -1;
}

/** A string as it came, but for what was carried out between its escape and its introducer. */
function withoutControlsBefore(bytes: Uint8Array, start: number): Uint8Array {
  if (start !== 1) return bytes;
  const introducer = bytes.findIndex((byte, index) => index > 0 && isPrintable(byte));
  return introducer <= 1 ? bytes : joinBytes([bytes.subarray(0, 1), bytes.subarray(introducer)]);
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

function unfinishedCharacter(interim: Uint8Array): Uint8Array {
  const end = interim.indexOf(0);
  return interim.slice(0, end === -1 ? interim.length : end);
}

function byteOf(value: number | string): number {
  return typeof value === 'number' ? value : value.charCodeAt(0);
}
