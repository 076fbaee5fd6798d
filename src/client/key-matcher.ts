// Finds the keys that are bound to something in what the user types and takes them out; every other byte goes on to the
// program, in order. Matched on bytes across reads, in every form in which a terminal may send a key, and never in what
// nobody typed.

import { escapeByte, type InputToken, readToken } from '../base/input-tokens.ts';
import { decodeKeyEvent, isEventOf, type KeyEvent } from '../base/key-events.ts';
import type { KeySequence } from '../base/key-notation.ts';
import { type KeyPress, legacyBytes } from '../base/key-press.ts';
import { OpaqueInput } from './opaque-input.ts';

/** What a key may do while attached. */
export type KeyAction = 'detach' | 'next' | 'previous' | 'last' | 'list';

/** Keys, and what each of them does. */
export interface KeyBinding {
  readonly keys: readonly KeySequence[];
  readonly action: KeyAction;
}

export interface KeyMatch {
  /** Bytes for the program. May be the very array that was pushed, or a part of it. */
  readonly forward: Uint8Array;
  /** What the bound key does that was typed after `forward`, if one was. Its own bytes are in neither array. */
  readonly action: KeyAction | null;
  /** What came after the bound key, unread; push it to go on. */
  readonly rest: Uint8Array;
  /**
   * What is held back: nothing; something that ends in an unfinished escape sequence or character, so that the caller
   * calls `flush` unless more comes within `escapeHoldMs`; or the beginning of a sequence of keys, for as long as it takes.
   */
  readonly holding: 'none' | 'escape' | 'sequence';
}

export interface KeyMatcher {
  /** Takes what the terminal sent, of any size and cut anywhere. The array must not change while `forward` is in use. */
  push(bytes: Uint8Array): KeyMatch;
  /** Takes an unfinished escape for what it is, the Escape key. Does nothing when none is held. */
  flush(): KeyMatch;
}

/** A matcher for one terminal's input from its beginning; without keys it lets everything pass. */
export function createKeyMatcher(bindings: readonly KeyBinding[]): KeyMatcher {
  if (bindings.some(({ keys }) => keys.length > 0)) return new BoundKeys(bindings);
  return { push: passing, flush: () => passing(nothing) };
}

const nothing = new Uint8Array(0);

function passing(forward: Uint8Array): KeyMatch {
  return { forward, action: null, rest: nothing, holding: 'none' };
}

/** One press of a bound key, with the bytes that it is in any terminal, one character each. */
interface WantedPress {
  readonly press: KeyPress;
  readonly legacy: string | null;
}

interface WantedKey {
  readonly presses: readonly WantedPress[];
  readonly action: KeyAction;
}

/** A key that the tokens from `start` on are. */
interface FoundKey {
  readonly start: TypedToken;
  readonly key: WantedKey;
}

/** A token that may be part of a bound key. */
interface TypedToken extends InputToken {
  readonly text: string;
  readonly event: KeyEvent | null;
}

class BoundKeys implements KeyMatcher {
  readonly #keys: readonly WantedKey[];
  /** Which bytes may begin a bound key, or something opaque. */
  readonly #isStart = new Uint8Array(256);
  readonly #altControls = new Set<number>();
  readonly #opaque = new OpaqueInput();
  /** Bytes that have not been passed on: `#run`, then at most one unfinished token. */
  #held: Uint8Array = nothing;
  /** The beginning of a bound key, as tokens of `#held`. */
  #run: readonly TypedToken[] = [];
  /** True from a bound key on for as long as only events of releasing or holding it follow: they belong to it. */
  #isSettling = false;

  constructor(bindings: readonly KeyBinding[]) {
    this.#keys = bindings.flatMap(({ keys, action }) => keys.map((key) => wantedKey(key, action)));
    this.#isStart[escapeByte] = 1;
    for (const {
      presses: [first],
    } of this.#keys)
      if (first?.legacy) this.#isStart[first.legacy.charCodeAt(0)] = 1;
    for (const { press, legacy } of this.#keys.flatMap(({ presses }) => presses)) {
      if (press.alt && legacy !== null && legacy < '\x1b ') this.#altControls.add(legacy.charCodeAt(1));
    }
  }

  push(bytes: Uint8Array): KeyMatch {
    if (bytes.length === 1 && this.#isNothingBegun && this.#isStart[bytes[0]!] === 0) return passing(bytes);
    return this.#read(joined(this.#held, bytes), false);
  }

  /** Whether what comes next stands for itself. */
  get #isNothingBegun(): boolean {
    return this.#held.length === 0 && !this.#isSettling && this.#opaque.isOutside;
  }

  flush(): KeyMatch {
    const holding = this.#holding();
    if (holding !== 'escape') return { ...passing(nothing), holding };
    this.#opaque.leaveString();
    const match = this.#read(this.#held, true);
    if (match.holding === 'none' && match.action === null) this.#opaque.resume(lastEscape(match.forward));
    return match;
  }

  #read(bytes: Uint8Array, isFinal: boolean): KeyMatch {
    const from = this.#isSettling ? this.#settle(bytes, { from: 0, isFinal }) : 0;
    let run = this.#run;
    let at = run.at(-1)?.end ?? from;
    while (at < bytes.length) {
      if (run.length === 0) at = this.#nextStart(bytes, at);
      if (at === bytes.length) break;
      const token = this.#token(bytes, { at, isFinal });
      if (token === null) return this.#hold(bytes, { from, to: run[0]?.start ?? at, run });
      at = token.end;
      run = [...run, token];
      const found = this.#find(run, 'whole');
      if (found !== undefined)
        return this.#act(bytes, { from, to: found.start.start, after: at, action: found.key.action });
      const begun = this.#find(run, 'part');
      run = begun === undefined ? [] : run.slice(run.indexOf(begun.start));
      if (token.kind !== 'key') this.#opaque.enter(token.kind);
    }
    return this.#hold(bytes, { from, to: run[0]?.start ?? at, run });
  }

  /** Passes on what is before `to`, and keeps the rest for the next read. */
  #hold(bytes: Uint8Array, { from, to, run }: { from: number; to: number; run: readonly TypedToken[] }): KeyMatch {
    if (to === bytes.length) {
      this.#held = nothing;
      this.#run = [];
      return passing(part(bytes, from, to));
    }
    // A copy: the caller may reuse its array for the next read.
    this.#held = bytes.slice(to);
    this.#run = run.map((token) => ({ ...token, start: token.start - to, end: token.end - to }));
    return { ...passing(part(bytes, from, to)), holding: this.#holding() };
  }

  #holding(): KeyMatch['holding'] {
    if (this.#held.length === 0) return 'none';
    return this.#run.at(-1)?.end === this.#held.length ? 'sequence' : 'escape';
  }

  #act(
    bytes: Uint8Array,
    { from, to, after, action }: { from: number; to: number; after: number; action: KeyAction },
  ): KeyMatch {
    this.#held = nothing;
    this.#run = [];
    this.#isSettling = true;
    const rest = bytes.subarray(this.#settle(bytes, { from: after, isFinal: false }));
    return { forward: part(bytes, from, to), action, rest, holding: 'none' };
  }

  /** After the events at `from` that still belong to the bound key. */
  #settle(bytes: Uint8Array, { from, isFinal }: { from: number; isFinal: boolean }): number {
    let at = from;
    while (at < bytes.length) {
      const token = this.#token(bytes, { at, isFinal });
      if (token === null && bytes[at] === escapeByte) return at;
      if (token === null || !(isIncidental(token) || token.event?.type === 'repeat')) {
        this.#isSettling = false;
        return at;
      }
      at = token.end;
    }
    return at;
  }

  /** The next place at or after `from` where a bound key may begin. */
  #nextStart(bytes: Uint8Array, from: number): number {
    let at = this.#opaque.skip(bytes, from);
    while (at < bytes.length && this.#isStart[bytes[at]!] === 0) at++;
    return at;
  }

  #token(bytes: Uint8Array, { at, isFinal }: { at: number; isFinal: boolean }): TypedToken | null {
    const token = readToken(bytes, at, { isFinal, altControls: this.#altControls });
    if (token === null) return null;
    const text = String.fromCharCode(...bytes.subarray(token.start, token.end));
    return { ...token, text, event: decodeKeyEvent(text) };
  }

  /** The first token of `run` from which on it is a bound key, or may become one. */
  #find(run: readonly TypedToken[], extent: 'whole' | 'part'): FoundKey | undefined {
    for (const [at, start] of run.entries()) {
      const key = this.#keys.find(({ presses }) => extentOf(presses, run.slice(at)) === extent);
      if (key !== undefined) return { start, key };
    }
    return undefined;
  }
}

/** How much of `key` the tokens are, if they are nothing else. */
function extentOf(key: readonly WantedPress[], tokens: readonly TypedToken[]): 'whole' | 'part' | 'none' {
  let count = 0;
  for (const token of tokens) {
    if (isPressOf(token, key[count])) count++;
    else if (count === 0 || !isIncidental(token)) return 'none';
  }
  return count === key.length ? 'whole' : 'part';
}

function isPressOf({ kind, text, event }: TypedToken, wanted: WantedPress | undefined): boolean {
  if (wanted === undefined || kind !== 'key') return false;
  if (text === wanted.legacy) return true;
  return event !== null && event.type !== 'release' && isEventOf(event, wanted.press);
}

/** What happens beside the pressing of keys: one is released, or shift and its like go down or up. */
function isIncidental({ event }: TypedToken): boolean {
  return event !== null && (event.type === 'release' || event.isModifier);
}

function wantedKey({ presses }: KeySequence, action: KeyAction): WantedKey {
  return { presses: presses.map((press) => ({ press, legacy: legacyText(press) })), action };
}

function legacyText(press: KeyPress): string | null {
  const bytes = legacyBytes(press);
  return bytes && String.fromCharCode(...bytes);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/** The array itself when all of it is meant: most reads pass uncut. */
function part(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
}

function lastEscape(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(Math.max(0, bytes.lastIndexOf(escapeByte)));
}
