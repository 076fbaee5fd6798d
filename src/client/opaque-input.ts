// Input that nobody typed: bracketed pastes and the strings that terminals answer with. No key is looked for in it.

import { escapeByte, pasteEnd, pasteStart } from '../base/input-tokens.ts';

const bell = 0x07;
const backslash = 0x5c;

/** Follows such input across reads without holding any of it back, but for an escape that may end a string. */
export class OpaqueInput {
  #inside: 'nothing' | 'paste' | 'string' = 'nothing';
  /** How many bytes of the marker that comes next (start or end of a paste) have been passed on already. */
  #markerBytes = 0;

  /** Neither in such input nor in a marker that may begin it. */
  get isOutside(): boolean {
    return this.#inside === 'nothing' && this.#markerBytes === 0;
  }

  enter(kind: 'paste' | 'string'): void {
    this.#inside = kind;
  }

  /** Nothing more came for a while: who answers does not pause in a string, so it was none, or is over. */
  leaveString(): void {
    if (this.#inside === 'string') this.#inside = 'nothing';
  }

  /** `passedOn` went to the program after a pause. If it begins a paste, the rest of that marker still counts. */
  resume(passedOn: Uint8Array): void {
    const isMarker = passedOn.every((byte, index) => byte === pasteStart[index]);
    this.#markerBytes = isMarker ? passedOn.length : 0;
  }

  /** Where typed input goes on at or after `from`; the bytes' end when it does not. */
  skip(bytes: Uint8Array, from: number): number {
    if (this.#inside === 'string') return this.#skipString(bytes, from);
    let at = from;
    while (at < bytes.length) {
      if (this.#markerBytes > 0) at = this.#skipMarker(bytes, at);
      if (this.#inside !== 'paste' || this.#markerBytes > 0) return at;
      const markerAt = bytes.indexOf(escapeByte, at);
      if (markerAt === -1) return bytes.length;
      at = markerAt + 1;
      this.#markerBytes = 1;
    }
    return at;
  }

  /** After what follows of the marker, or at `from` when something else does. */
  #skipMarker(bytes: Uint8Array, from: number): number {
    const marker = this.#inside === 'paste' ? pasteEnd : pasteStart;
    let at = from;
    while (at < bytes.length && bytes[at] === marker[this.#markerBytes]) {
      at++;
      this.#markerBytes++;
      if (this.#markerBytes < marker.length) continue;
      this.#inside = this.#inside === 'paste' ? 'nothing' : 'paste';
      this.#markerBytes = 0;
      return at;
    }
    if (at === bytes.length) return at;
    this.#markerBytes = 0;
    return from;
  }

  /** After BEL or ST; before any other control, which breaks a string off. */
  #skipString(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && bytes[at]! >= 0x20) at++;
    if (at === bytes.length) return at;
    const isCutShort = bytes[at] === escapeByte && at + 1 === bytes.length;
    if (isCutShort) return at;
    this.#inside = 'nothing';
    if (bytes[at] === bell) return at + 1;
    return bytes[at] === escapeByte && bytes[at + 1] === backslash ? at + 2 : at;
  }
}
