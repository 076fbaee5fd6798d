// One pressed key, as a person means it, and the bytes that every terminal sends for it.

export interface KeyPress {
  /** The character (letters in lower case), or the name of a key that has none: one of `namedKeys`. */
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** Keys that send one byte, with that byte. */
const simpleKeys = new Map([
  ['enter', 0x0d],
  ['tab', 0x09],
  ['esc', 0x1b],
  ['backspace', 0x7f],
]);

/** Keys that send an escape sequence, which can carry any modifier. */
const functionKeys = [
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
  ...['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'insert', 'delete'],
];

/** Every key that is not a character. */
export const namedKeys: readonly string[] = [...simpleKeys.keys(), ...functionKeys];

/** Bytes of ctrl with other characters than letters, with the characters; the digits are from the VT220. */
const controlCharacters: readonly (readonly [byte: number, characters: string])[] = [
  [0x00, ' @2'],
  [0x1b, '[3'],
  [0x1c, '\\4'],
  [0x1d, ']5'],
  [0x1e, '^6~'],
  [0x1f, '_7/'],
  [0x7f, '?8'],
];

const escapeByte = 0x1b;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** True for the keys that arrive as an escape sequence instead of as `legacyBytes`. */
export function isFunctionKey(press: KeyPress): boolean {
  return functionKeys.includes(press.key) || (press.key === 'tab' && press.shift);
}

/**
 * What a terminal sends for a key that is not a function key while no program asked it for more, or null when that is
 * nothing of its own: `ctrl-enter` cannot be told from `enter`.
 */
export function legacyBytes(press: KeyPress): Uint8Array | null {
  const plain = unescapedBytes(press);
  if (plain === null || !press.alt) return plain;
  // ESC ESC is what two presses of Escape send.
  return press.key === 'esc' ? null : Uint8Array.of(0x1b, ...plain);
}

/**
 * The press that sends `bytes` as `legacyBytes` has them, the plainest of several, or null when none does. Backspace is one in
 * both of its codes.
 */
export function pressOfBytes(bytes: Uint8Array): KeyPress | null {
  const [first, ...others] = bytes;
  if (first !== escapeByte || others.length === 0) return unescapedPress(bytes);
  const press = unescapedPress(bytes.subarray(1));
  return press === null || press.key === 'esc' ? null : { ...press, alt: true };
}

/** The plainest of all presses that terminals cannot tell from `press`: `tab` for ctrl-i. */
export function plainestPress(press: KeyPress): KeyPress {
  const bytes = legacyBytes(press);
  return (bytes && pressOfBytes(bytes)) ?? press;
}

/** What shift makes of a letter in lower case, or null for what has no capital. */
export function capitalOf(key: string): string | null {
  const capital = key.toUpperCase();
  const isOneCharacter = [...key].length === 1 && [...capital].length === 1;
  return isOneCharacter && capital !== key ? capital : null;
}

function unescapedBytes({ key, ctrl, shift }: KeyPress): Uint8Array | null {
  const simple = simpleKeys.get(key);
  if (simple !== undefined) return ctrl || shift ? null : Uint8Array.of(simple);
  const character = shift ? capitalOf(key) : key;
  if (!ctrl) return character === null ? null : encoder.encode(character);
  if (shift) return null;
  if (/^[a-z]$/.test(key)) return Uint8Array.of(key.charCodeAt(0) & 0x1f);
  const found = controlCharacters.find(([, characters]) => characters.includes(key));
  return found === undefined ? null : Uint8Array.of(found[0]);
}

function unescapedPress(bytes: Uint8Array): KeyPress | null {
  const [byte] = bytes;
  if (bytes.length === 1 && isControl(byte!)) return controlPress(byte!);
  const [character, ...others] = characters(bytes);
  if (character === undefined || others.length > 0) return null;
  const key = character.toLowerCase();
  const shift = capitalOf(key) === character;
  return { key: shift ? key : character, ctrl: false, alt: false, shift };
}

/** Terminals differ in which of 08 and 7f their backspace sends. */
function controlPress(byte: number): KeyPress {
  const code = byte === 0x08 ? 0x7f : byte;
  const [name] = [...simpleKeys].find(([, sent]) => sent === code) ?? [];
  if (name !== undefined) return { key: name, ctrl: false, alt: false, shift: false };
  const symbols = controlCharacters.find(([sent]) => sent === code)?.[1];
  const key = symbols?.charAt(0) ?? String.fromCharCode(code | 0x60);
  return { key, ctrl: true, alt: false, shift: false };
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

function characters(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return ''; // not UTF-8
  }
}
