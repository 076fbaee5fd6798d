// Keys that arrive as escape sequences: function keys, and any key once a program has switched the user's keyboard to
// the kitty protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol/) or to xterm's modifyOtherKeys.

import { capitalOf, isFunctionKey, type KeyPress, legacyBytes } from './key-press.ts';

export interface KeyEvent {
  readonly type: 'press' | 'repeat' | 'release';
  /** True for the keys that only modify others: shift, ctrl, alt and their like. */
  readonly isModifier: boolean;
  /** What was pressed, in every way in which it can be said: `:` is also shift with `;`. */
  readonly meanings: readonly Meaning[];
}

interface Meaning {
  /** As in `KeyPress`. */
  readonly key: string;
  /** The sum of the bits below; others (super, hyper, meta) make it a key that nobody can write. */
  readonly modifiers: number;
}

const shiftBit = 1;
const altBit = 2;
const ctrlBit = 4;
/** Caps lock and num lock: they are on, not pressed. */
const lockBits = 64 | 128;

const codeNames = new Map([
  [9, 'tab'],
  [13, 'enter'],
  [27, 'esc'],
  [127, 'backspace'],
  // Of the number pad.
  [57414, 'enter'],
]);

/** Where kitty has keys that are neither characters nor named here, and UTF-16 its halves of characters. */
const noCharacters = { first: 0xd800, last: 0xf8ff } as const;

const tildeNames = new Map([
  ...['home', 'insert', 'delete', 'end', 'pageup', 'pagedown', 'home', 'end'].map(
    (name, at) => [at + 1, name] as const,
  ),
  ...[11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((number, at) => [number, `f${at + 1}`] as const),
]);

const letterNames = new Map([
  ...['up', 'down', 'right', 'left'].map((name, at) => ['ABCD'[at]!, name] as const),
  ...['f1', 'f2', 'f3', 'f4'].map((name, at) => ['PQRS'[at]!, name] as const),
  ['F', 'end'],
  ['H', 'home'],
  ['Z', 'tab'],
]);

/** Keys of a US keyboard that are no letters, and what shift makes of them, for terminals that do not tell. */
const plainSymbols = "`1234567890-=[]\\;',./";
const shiftedSymbols = '~!@#$%^&*()_+{}|:"<>?';

/** The key event that an escape sequence (a string of one character per byte) tells of; null for any other sequence. */
export function decodeKeyEvent(sequence: string): KeyEvent | null {
  // The number pad's, in application mode.
  if (sequence === '\x1bOM') return press({ key: 'enter', modifiers: 0 });
  const linux = /^\x1b\[\[([A-E])$/.exec(sequence);
  if (linux !== null) return press({ key: `f${linux[1]!.charCodeAt(0) - 0x40}`, modifiers: 0 });
  const match = /^\x1b[[O]([\d:;]*)([A-Zu~])$/.exec(sequence);
  if (match === null) return null;
  const [first = [], second = [], third = []] = match[1]!.split(';').map(numbersOf);
  const final = match[2]!;
  const modifiers = ((second[0] ?? 1) - 1) & ~lockBits;
  const type = second[1] === 3 ? 'release' : second[1] === 2 ? 'repeat' : 'press';
  if (final === 'u') return { type, isModifier: isModifierCode(first[0]), meanings: kittyMeanings(first, modifiers) };
  if (final === '~' && first[0] === 27) return press(...otherKeyMeanings(third[0], modifiers));
  const key = final === '~' ? tildeNames.get(first[0] ?? 0) : letterNames.get(final);
  // A letter's number is 1 or left out; other sequences with these letters are no keys (a cursor position ends in R).
  if (key === undefined || (final !== '~' && (first[0] ?? 1) !== 1)) return null;
  return { type, isModifier: false, meanings: [{ key, modifiers: final === 'Z' ? modifiers | shiftBit : modifiers }] };
}

/** Whether `event` is of the key of `wanted`, with the same modifiers. */
export function isEventOf(event: KeyEvent, wanted: KeyPress): boolean {
  const modifiers = (wanted.shift ? shiftBit : 0) | (wanted.alt ? altBit : 0) | (wanted.ctrl ? ctrlBit : 0);
  return event.meanings.some((meaning) => meaning.key === wanted.key && meaning.modifiers === modifiers);
}

/**
 * What was pressed, said in the way in which people write it, or null when nothing was that they can write: a key let go, a
 * modifier by itself, a key with super.
 */
export function pressOf({ type, isModifier, meanings }: KeyEvent): KeyPress | null {
  if (type === 'release' || isModifier) return null;
  const presses = meanings.filter(({ modifiers }) => (modifiers & ~(shiftBit | altBit | ctrlBit)) === 0).map(toPress);
  return presses.find((candidate) => isFunctionKey(candidate) || legacyBytes(candidate) !== null) ?? presses[0] ?? null;
}

function toPress({ key, modifiers }: Meaning): KeyPress {
  return {
    key,
    ctrl: (modifiers & ctrlBit) !== 0,
    alt: (modifiers & altBit) !== 0,
    shift: (modifiers & shiftBit) !== 0,
  };
}

function press(...meanings: Meaning[]): KeyEvent {
  return { type: 'press', isModifier: false, meanings };
}

/** The parts of one field; a part that is left out is undefined. */
function numbersOf(field: string): (number | undefined)[] {
  return field.split(':').map((part) => (part === '' ? undefined : Number(part)));
}

function isModifierCode(code: number | undefined): boolean {
  return code !== undefined && code >= 57441 && code <= 57454;
}

/** Kitty tells the key without shift, and on request what shift makes of it and what a US keyboard has in its place. */
function kittyMeanings([code, shiftedCode, usCode]: readonly (number | undefined)[], modifiers: number): Meaning[] {
  const meanings = meaningOf(code, modifiers);
  const unshifted = modifiers & ~shiftBit;
  if (shiftedCode !== undefined) meanings.push(...meaningOf(shiftedCode, unshifted));
  else if (unshifted !== modifiers) {
    const symbol = code === undefined ? -1 : plainSymbols.indexOf(String.fromCharCode(code));
    if (symbol !== -1) meanings.push({ key: shiftedSymbols[symbol]!, modifiers: unshifted });
  }
  // For keyboards without Latin letters only: on Dvorak, the key in the place of another is not meant to be that one.
  if (code !== undefined && code > 127) meanings.push(...meaningOf(usCode, modifiers));
  return meanings;
}

/** modifyOtherKeys tells the character that shift has already made, together with shift. */
function otherKeyMeanings(code: number | undefined, modifiers: number): Meaning[] {
  const meanings = meaningOf(code, modifiers);
  const isLetter = meanings.some(({ key }) => capitalOf(key) !== null);
  return isLetter ? meanings : [...meanings, ...meaningOf(code, modifiers & ~shiftBit)];
}

/** A capital is a letter with shift, as in `KeyPress`. */
function meaningOf(code: number | undefined, modifiers: number): Meaning[] {
  if (code === undefined || code > 0x10ffff) return [];
  const name = codeNames.get(code);
  if (name !== undefined) return [{ key: name, modifiers }];
  if (code >= noCharacters.first && code <= noCharacters.last) return [];
  const character = String.fromCodePoint(code);
  const lower = character.toLowerCase();
  return capitalOf(lower) === character
    ? [{ key: lower, modifiers: modifiers | shiftBit }]
    : [{ key: character, modifiers }];
}
