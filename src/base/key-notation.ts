// How people write keys, in the settings and on the command line: `ctrl-\`, `ctrl-a d`, `f12`.

import { closest } from './closest.ts';
import { capitalOf, isFunctionKey, type KeyPress, legacyBytes, namedKeys, plainestPress } from './key-press.ts';
import { StayError } from './stay-error.ts';

/** One key, or several pressed one after the other. */
export interface KeySequence {
  /** In its plainest spelling, for people. */
  readonly notation: string;
  /** At least one. */
  readonly presses: readonly KeyPress[];
}

export type KeySequencesReading = { kind: 'keys'; keys: KeySequence[] } | { kind: 'problem'; problem: string };

type Modifier = 'ctrl' | 'alt' | 'shift';

const modifierSpellings = new Map<string, Modifier>([
  ['ctrl', 'ctrl'],
  ['control', 'ctrl'],
  ['c', 'ctrl'],
  ['alt', 'alt'],
  ['meta', 'alt'],
  ['option', 'alt'],
  ['m', 'alt'],
  ['shift', 'shift'],
  ['s', 'shift'],
]);

const keySpellings = new Map<string, string>([
  ...namedKeys.map((name): [string, string] => [name, name]),
  ['escape', 'esc'],
  ['return', 'enter'],
  ['del', 'delete'],
  ['ins', 'insert'],
  ['pgup', 'pageup'],
  ['pgdn', 'pagedown'],
  // Characters that cannot stand for themselves: one parts presses, the other parts keys on the command line.
  ['space', ' '],
  ['comma', ','],
]);

/** A modifier and what it modifies, which may be the separator itself: `ctrl-a`, `ctrl+a`, `alt--`. */
const modified = /^([^-+]+)[-+](.+)$/u;

const hint = 'Write a key such as ctrl-\\, alt-x or f12, or keys to press one after the other, such as ctrl-a d.';

/** The keys that a `--detach-keys` option asks for: a list with commas, given once or more often, or `none`. */
export function parseDetachKeys(option: string | readonly string[]): KeySequence[] {
  const notations = [option].flat().flatMap((text) => text.split(','));
  if (notations.length === 1 && notations[0]!.trim().toLowerCase() === 'none') return [];
  const reading = readKeySequences(notations);
  if (reading.kind === 'keys') return reading.keys;
  throw new StayError('usage', `Cannot detach by "${notations.join(',')}": ${reading.problem}`, { hint });
}

/** The keys that a list of notations means, or what is wrong with it, as a clause. An empty list means no key. */
export function readKeySequences(notations: readonly string[]): KeySequencesReading {
  const keys: KeySequence[] = [];
  for (const text of notations) {
    const presses: KeyPress[] = [];
    for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
      const press = readPress(word.normalize('NFC'));
      if (typeof press === 'string') return { kind: 'problem', problem: press };
      presses.push(press);
    }
    if (presses.length === 0) return { kind: 'problem', problem: 'a key is missing' };
    keys.push({ notation: presses.map(pressNotation).join(' '), presses });
  }
  const problem = shadowProblem(keys);
  return problem === null ? { kind: 'keys', keys } : { kind: 'problem', problem };
}

/** The plainest spelling of one press. */
export function pressNotation({ key, ctrl, alt, shift }: KeyPress): string {
  const capital = shift ? capitalOf(key) : null;
  const name = key === ' ' ? 'space' : (capital ?? key);
  return (ctrl ? 'ctrl-' : '') + (alt ? 'alt-' : '') + (shift && capital === null ? 'shift-' : '') + name;
}

/** The one name of a key for tables of keys: presses that terminals cannot tell apart (`ctrl-i` and `tab`) have the same. */
export function keyName(press: KeyPress): string {
  return pressNotation(plainestPress(press));
}

/** The name of the one key that a person wrote, as `keyName` gives it, or what is wrong with it, as a clause. */
export function readKeyName(text: string): { kind: 'key'; name: string } | { kind: 'problem'; problem: string } {
  const words = text.split(/\s+/u).filter((part) => part !== '');
  if (words.length !== 1) {
    return { kind: 'problem', problem: words.length === 0 ? 'a key is missing' : `"${text}" is more than one key` };
  }
  const press = readPress(words[0]!.normalize('NFC'));
  return typeof press === 'string' ? { kind: 'problem', problem: press } : { kind: 'key', name: keyName(press) };
}

/** The press that one word means, or what is wrong with the word. */
function readPress(word: string): KeyPress | string {
  const modifiers = { ctrl: false, alt: false, shift: false };
  let rest = word;
  for (let match = modified.exec(rest); match !== null; match = modified.exec(rest)) {
    const modifier = modifierSpellings.get(match[1]!.toLowerCase());
    if (modifier === undefined) return modifierProblem(word, match[1]!);
    modifiers[modifier] = true;
    rest = match[2]!;
  }
  if (/^\^.$/u.test(rest)) {
    modifiers.ctrl = true;
    rest = rest.slice(1);
  }
  const key = keySpellings.get(rest.toLowerCase()) ?? rest;
  if (!namedKeys.includes(key) && key !== ' ' && !/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(key)) return keyProblem(word, rest);
  return sendable(word, { key, ...modifiers });
}

/** `press` with its shift told in one way only, or why no terminal can be relied upon to send it. */
function sendable(word: string, press: KeyPress): KeyPress | string {
  const lower = press.key.toLowerCase();
  const isCapital = press.key === capitalOf(lower);
  // `ctrl-A` is how many write ctrl-a; a capital by itself is typed with shift.
  const plain = isCapital ? { ...press, key: lower, shift: press.shift || !press.ctrl } : press;
  if (isFunctionKey(plain) || legacyBytes(plain) !== null) return plain;
  if (plain.alt && plain.key === 'esc') return `"${word}" is what terminals send for "esc esc"`;
  return `most terminals cannot send "${word}"`;
}

function modifierProblem(word: string, spelling: string): string {
  const meant = closest(spelling, ['ctrl', 'alt', 'shift']);
  const suggestion = meant === undefined ? 'they are ctrl, alt and shift' : `did you mean "${meant}"?`;
  return `"${spelling}" in "${word}" is no modifier; ${suggestion}`;
}

function keyProblem(word: string, spelling: string): string {
  const meant = closest(spelling, keySpellings.keys());
  const place = word === spelling ? '' : ` in "${word}"`;
  return `there is no key "${spelling}"${place}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

/** A key that begins another one makes that one unreachable: it acts first. */
function shadowProblem(keys: readonly KeySequence[]): string | null {
  for (const key of keys) {
    const longer = keys.find((other) => isBeginningOf(key, other));
    if (longer !== undefined) return `"${longer.notation}" can never be typed, for "${key.notation}" comes first`;
  }
  return null;
}

/** Whether pressing `longer` presses `key` before it is done. */
function isBeginningOf(key: KeySequence, longer: KeySequence): boolean {
  return longer.notation.startsWith(`${key.notation} `);
}

/** A key of one list that takes a key of another list away, because it is the same or begins it. */
export interface KeyConflict {
  readonly first: KeySequence;
  readonly second: KeySequence;
}

/** The first conflict between two lists that are to be listened for at the same time; null when there is none. */
export function keyConflict(firsts: readonly KeySequence[], seconds: readonly KeySequence[]): KeyConflict | null {
  for (const first of firsts) {
    for (const second of seconds) {
      const isSame = first.notation === second.notation;
      if (isSame || isBeginningOf(first, second) || isBeginningOf(second, first)) return { first, second };
    }
  }
  return null;
}
