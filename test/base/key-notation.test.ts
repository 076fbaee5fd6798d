import { describe, expect, it } from 'vitest';
import { keyName, parseDetachKeys, readKeyName, readKeySequences } from '../../src/base/key-notation.ts';
import { legacyBytes, pressOfBytes } from '../../src/base/key-press.ts';
import { StayError } from '../../src/base/stay-error.ts';

function read(...notations: string[]) {
  const reading = readKeySequences(notations);
  if (reading.kind === 'problem') throw new Error(reading.problem);
  return reading.keys;
}

function problemOf(...notations: string[]) {
  const reading = readKeySequences(notations);
  return reading.kind === 'problem' ? reading.problem : 'none';
}

function errorOf(action: () => unknown): StayError {
  try {
    action();
  } catch (error) {
    if (error instanceof StayError) return error;
  }
  throw new Error('no StayError was thrown');
}

describe('key notation', () => {
  it.each([
    ['ctrl-\\', 'ctrl-\\', '1c'],
    ['Ctrl-A', 'ctrl-a', '01'],
    ['C-a', 'ctrl-a', '01'],
    ['control+a', 'ctrl-a', '01'],
    ['^A', 'ctrl-a', '01'],
    ['^\\', 'ctrl-\\', '1c'],
    ['^^', 'ctrl-^', '1e'],
    ['^?', 'ctrl-?', '7f'],
    ['^', '^', '5e'],
    ['ctrl-]', 'ctrl-]', '1d'],
    ['ctrl-_', 'ctrl-_', '1f'],
    ['ctrl-space', 'ctrl-space', '00'],
    ['ctrl-@', 'ctrl-@', '00'],
    ['M-x', 'alt-x', '1b78'],
    ['alt-X', 'alt-X', '1b58'],
    ['alt-shift-x', 'alt-X', '1b58'],
    ['shift-x', 'X', '58'],
    ['ctrl-alt-q', 'ctrl-alt-q', '1b11'],
    ['alt-C-q', 'ctrl-alt-q', '1b11'],
    ['alt--', 'alt--', '1b2d'],
    ['-', '-', '2d'],
    ['+', '+', '2b'],
    ['comma', ',', '2c'],
    ['space', 'space', '20'],
    ['esc', 'esc', '1b'],
    ['Escape', 'esc', '1b'],
    ['enter', 'enter', '0d'],
    ['tab', 'tab', '09'],
    ['alt-backspace', 'alt-backspace', '1b7f'],
    ['é', 'é', 'c3a9'],
    ['e\u0301', 'é', 'c3a9'],
    ['É', 'É', 'c389'],
    ['alt-é', 'alt-é', '1bc3a9'],
    ['§', '§', 'c2a7'],
  ])('reads %j as %s, sent as %s', (text, notation, hex) => {
    const [key] = read(text);
    expect(key!.notation).toBe(notation);
    expect(key!.presses).toHaveLength(1);
    expect(Buffer.from(legacyBytes(key!.presses[0]!)!).toString('hex')).toBe(hex);
  });

  it.each([
    ['f12', 'f12'],
    ['F1', 'f1'],
    ['shift-f5', 'shift-f5'],
    ['ctrl-shift-pgup', 'ctrl-shift-pageup'],
    ['shift-tab', 'shift-tab'],
    ['del', 'delete'],
  ])('reads the function key %j as %s', (text, notation) => {
    expect(read(text)[0]!.notation).toBe(notation);
  });

  it('reads a sequence, and its own spelling again as the same', () => {
    const keys = read('C-a   D', 'ctrl-b\tspace', 'f12');
    expect(keys.map((key) => key.notation)).toEqual(['ctrl-a D', 'ctrl-b space', 'f12']);
    expect(read(...keys.map((key) => key.notation))).toEqual(keys);
  });

  it('takes an empty list for no key', () => {
    expect(read()).toEqual([]);
  });

  it.each([
    ['crtl-x', '"crtl" in "crtl-x" is no modifier; did you mean "ctrl"?'],
    ['hyper-x', '"hyper" in "hyper-x" is no modifier; they are ctrl, alt and shift'],
    ['ctrl-spcae', 'there is no key "spcae" in "ctrl-spcae"; did you mean "space"?'],
    ['f99', 'there is no key "f99"'],
    ['ctrl-\\\\', 'there is no key "\\\\"'],
    ['ctrl-', 'there is no key "ctrl-"'],
    ['', 'a key is missing'],
    ['  ', 'a key is missing'],
    ['\x1c', 'there is no key'],
    ['ctrl-enter', 'most terminals cannot send "ctrl-enter"'],
    ['ctrl-1', 'most terminals cannot send "ctrl-1"'],
    ['ctrl-shift-a', 'most terminals cannot send "ctrl-shift-a"'],
    ['shift-1', 'most terminals cannot send "shift-1"'],
    ['ctrl-é', 'most terminals cannot send'],
    ['alt-esc', '"alt-esc" is what terminals send for "esc esc"'],
    ['constructor', 'there is no key "constructor"'],
    ['constructor-a', '"constructor" in "constructor-a" is no modifier'],
  ])('refuses %j', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it('refuses a sequence that another key cuts short', () => {
    expect(problemOf('ctrl-a d', 'ctrl-a')).toBe('"ctrl-a d" can never be typed, for "ctrl-a" comes first');
    expect(problemOf('ctrl-a d', 'ctrl-a D', 'ctrl-a d')).toBe('none');
  });
});

describe('a single key', () => {
  const nameOf = (text: string) => {
    const reading = readKeyName(text);
    return reading.kind === 'key' ? reading.name : `problem: ${reading.problem}`;
  };

  it.each([
    ['Ctrl-X', 'ctrl-x'],
    ['G', 'G'],
    ['shift-g', 'G'],
    ['space', 'space'],
    [' PgDn ', 'pagedown'],
    ['F5', 'f5'],
    ['*', '*'],
    ['alt-X', 'alt-X'],
    ['ctrl-i', 'tab'],
    ['ctrl-m', 'enter'],
    ['ctrl-j', 'ctrl-j'],
    ['ctrl-h', 'backspace'],
    ['ctrl-[', 'esc'],
    ['ctrl-@', 'ctrl-space'],
    ['ctrl-/', 'ctrl-_'],
    ['ctrl-6', 'ctrl-^'],
    ['alt-ctrl-i', 'alt-tab'],
    ['g g', 'problem: "g g" is more than one key'],
    ['', 'problem: a key is missing'],
    ['pagedwon', 'problem: there is no key "pagedwon"; did you mean "pagedown"?'],
    ['ctrl-enter', 'problem: most terminals cannot send "ctrl-enter"'],
  ])('%j has the name %s', (text, name) => {
    expect(nameOf(text)).toBe(name);
  });

  it.each(Array.from({ length: 0x80 }, (_, byte) => byte))('byte %i is named as the press that sends it', (byte) => {
    const press = pressOfBytes(Uint8Array.of(byte))!;
    expect(legacyBytes(press)).toEqual(Uint8Array.of(byte === 0x08 ? 0x7f : byte));
    expect(nameOf(keyName(press))).toBe(keyName(press));
    const withAlt = pressOfBytes(Uint8Array.of(0x1b, byte));
    expect(withAlt).toEqual(byte === 0x1b ? null : { ...press, alt: true });
  });

  it.each(['', 'ab', '\x1bab', '\x1b[A', '\xff', '\xc3'])('%j is no key by itself', (text) => {
    expect(pressOfBytes(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBe(null);
  });
});

describe('parseDetachKeys', () => {
  const notationsOf = (option: string | string[]) => parseDetachKeys(option).map((key) => key.notation);

  it('takes a list with commas, a repeated option, or none', () => {
    expect(notationsOf('ctrl-a d, f12')).toEqual(['ctrl-a d', 'f12']);
    expect(notationsOf(['ctrl-a d', 'f12,ctrl-]'])).toEqual(['ctrl-a d', 'f12', 'ctrl-]']);
    expect(notationsOf('none')).toEqual([]);
  });

  it('says which key is wrong and how one looks', () => {
    const error = errorOf(() => parseDetachKeys('f12,crtl-x'));
    expect(error.message).toBe(
      'Cannot detach by "f12,crtl-x": "crtl" in "crtl-x" is no modifier; did you mean "ctrl"?',
    );
    expect(error.hint).toContain('ctrl-a d');
    expect(error.code).toBe('usage');
    expect(() => parseDetachKeys('f12,none')).toThrow('there is no key "none"');
    expect(() => parseDetachKeys('')).toThrow('a key is missing');
  });
});
