// The names of keys, and the forms in which terminals send them: controls, CSI and SS3 sequences, and the
// unambiguous forms (kitty's `CSI 113;5u`, xterm's `CSI 27;5;113~`) that a terminal may have been left in or set to.

/** Final letters of `CSI` and `SS3` sequences. */
const letterNames: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  Z: 'shift-tab',
};

/** First numbers of `CSI ... ~` sequences, in the numbering of the VT220 and of rxvt. */
const numberNames: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
};

const codepointNames: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  13: 'enter',
  27: 'esc',
  32: 'space',
  127: 'backspace',
  57414: 'enter',
};

/** Kitty's event type of a key let go. */
const released = 3;

/** The name of a key that types the character `codepoint`. */
export function keyOfCodepoint(codepoint: number): string {
  return codepointNames[codepoint] ?? String.fromCodePoint(codepoint);
}

/** The name of a key that sends one control byte. */
export function keyOfControl(byte: number): string {
  const name = codepointNames[byte];
  if (name !== undefined) return name;
  return byte === 0 ? 'ctrl-space' : `ctrl-${String.fromCharCode(byte + 0x40).toLowerCase()}`;
}

/** The key that a sequence without its escape (`[A`, `OA`, `[1;5C`, `[3~`) stands for, or null for none. */
export function keyOfSequence(sequence: string): { name: string; text: string } | null {
  const final = sequence.at(-1) ?? '';
  if (sequence === 'OM') return named('enter', undefined);
  const [first, second, third] = sequence.slice(1, -1).split(';');
  const [modifiers, event] = (second ?? '').split(':').map(Number);
  if (event === released) return null;
  if (final === 'u') return keyWithModifiers(Number(first?.split(':')[0]), modifiers);
  if (final !== '~') return /^(1;[\d:]+)?$/.test(sequence.slice(1, -1)) ? named(letterNames[final], modifiers) : null;
  if (first === '27' && third !== undefined) return keyWithModifiers(Number(third), modifiers);
  return named(numberNames[Number(first)], modifiers);
}

function keyWithModifiers(codepoint: number, modifiers: number | undefined) {
  const isCharacter = codepoint > 0 && codepoint <= 0x10ffff && !(codepoint >= 0xd800 && codepoint <= 0xdfff);
  if (!isCharacter) return null;
  const { isAlt, isCtrl, isShift } = bitsOf(modifiers);
  const special = codepointNames[codepoint];
  if (special !== undefined && codepoint !== 32) return named(special, modifiers);
  const character = String.fromCodePoint(codepoint);
  if (isAlt || isCtrl) return named(keyOfCodepoint(codepoint), modifiers);
  const text = isShift ? character.toUpperCase() : character;
  return { name: special ?? text, text };
}

function named(name: string | undefined, modifiers: number | undefined): { name: string; text: string } | null {
  if (name === undefined) return null;
  const { isAlt, isCtrl, isShift } = bitsOf(modifiers);
  return { name: `${isCtrl ? 'ctrl-' : ''}${isAlt ? 'alt-' : ''}${isShift ? 'shift-' : ''}${name}`, text: '' };
}

/** Sent as one more than the sum of its bits; the lock keys, 64 and 128, do not matter here. */
function bitsOf(modifiers: number | undefined): { isShift: boolean; isAlt: boolean; isCtrl: boolean } {
  const bits = Math.max(0, (modifiers || 1) - 1);
  return { isShift: (bits & 1) !== 0, isAlt: (bits & 2) !== 0, isCtrl: (bits & 4) !== 0 };
}
