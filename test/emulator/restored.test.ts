// What a repaint restores, thing by thing: one line each. The state is made, repainted into a new emulator, and the
// sentence about it must hold there, besides everything else being equal.

import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { bytesOf, newEmulator, repainted, type TestEmulator } from './new-emulator.ts';

type Check = (copy: TestEmulator) => unknown;

const size = { cols: 20, rows: 6 };
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\r\n`).join('');
const active: Check = (copy) => copy.parts.core.buffers.active;
const cursor: Check = (copy) => [copy.parts.core.buffers.active.x, copy.parts.core.buffers.active.y];
const row =
  (index: number): Check =>
  (copy) =>
    copy.textLines({ historyLines: 0 })[index];
const ansiRow =
  (index: number): Check =>
  (copy) =>
    copy.ansiLines({ historyLines: 0 })[index];
const then =
  (bytes: string, check: Check): Check =>
  (copy) => {
    copy.feed(bytesOf(bytes));
    return check(copy);
  };
const mode =
  (number: number): Check =>
  (copy) =>
    copy.parts.tracker.isPrivateSet(number);

const things: [what: string, bytes: string, check: Check, expected: unknown][] = [
  ['text', 'hello', row(0), 'hello'],
  [
    'bold, dim, italic, blink, inverse, hidden, strike, overline',
    '\x1b[1;2;3;5;7;8;9;53mx',
    ansiRow(0),
    '\x1b[0;1;5;7;8;9;2;3;53mx\x1b[0m',
  ],
  [
    'each style of underline',
    '\x1b[4mA\x1b[21mB\x1b[4:3mC\x1b[4:4mD\x1b[4:5mE',
    ansiRow(0),
    '\x1b[0;4mA\x1b[0;4:2mB\x1b[0;4:3mC\x1b[0;4:4mD\x1b[0;4:5mE\x1b[0m',
  ],
  [
    'the colour of an underline',
    '\x1b[4;58:2::1:2:3mA\x1b[58:5:9mB\x1b[59mC',
    ansiRow(0),
    '\x1b[0;4;58:2::1:2:3mA\x1b[0;4;58:5:9mB\x1b[0;4mC\x1b[0m',
  ],
  [
    '16, 256 and true colours',
    '\x1b[31;102mA\x1b[38;5;200;48;5;7mB\x1b[38;2;1;2;3;48;2;4;5;6mC',
    ansiRow(0),
    '\x1b[0;31;102mA\x1b[0;38;5;200;48;5;7mB\x1b[0;38;2;1;2;3;48;2;4;5;6mC\x1b[0m',
  ],
  ['wide characters', '世界', row(0), '世界'],
  ['combining characters', 'e\u0301\u0302', row(0), 'e\u0301\u0302'],
  ['emoji of several characters, as one wide cell', '👩‍👩‍👧x', cursor, [3, 0]],
  [
    'a wrapped line, as one line',
    'x'.repeat(30),
    (copy) => copy.parts.core.buffers.normal.lines.get(1)!.isWrapped,
    true,
  ],
  [
    'a full line that does not wrap, as two',
    `${'x'.repeat(20)}\r\ny`,
    (copy) => copy.parts.core.buffers.normal.lines.get(1)!.isWrapped,
    false,
  ],
  [
    'a wrap whose first line was erased since',
    `${'x'.repeat(30)}\x1b[A\x1b[5G\x1b[K\x1b[B`,
    (copy) => copy.parts.core.buffers.normal.lines.get(1)!.isWrapped,
    true,
  ],
  ['a wide character that did not fit the line', `${'x'.repeat(19)}世`, row(1), '世'],
  [
    'blank cells with a background',
    '\x1b[44m\x1b[2K',
    (copy) => copy.parts.core.buffers.normal.lines.get(0)!._data[2],
    0x100_0004,
  ],
  [
    'a background that ends at a wrap',
    `\x1b[44m${'x'.repeat(22)}`,
    (copy) => copy.parts.core.buffers.normal.lines.get(1)!._data[10 * 3 + 2],
    0,
  ],
  [
    'hyperlinks with their ids',
    '\x1b]8;id=a;http://x\x07link\x1b]8;;\x07',
    ansiRow(0),
    '\x1b]8;id=a;http://x\x1b\\link\x1b]8;;\x1b\\',
  ],
  ['protected cells', '\x1b[1"qkeep\x1b[0"qgo\x1b[?2K', row(0), 'keep'],
  ['the history', lines(30), (copy) => copy.textLines({ historyLines: 100 }).length, 31],
  ['the alternate screen', 'shell\x1b[?1049heditor', (copy) => copy.isAlternateScreen, true],
  [
    'the normal screen behind it',
    'shell\x1b[?1049heditor',
    (copy) => copy.parts.core.buffers.normal.lines.get(0)!.translateToString(true),
    'shell',
  ],
  [
    'the cursor of the normal screen, when the alternate one is left',
    'ab\x1b[?1049h\x1b[5;5H',
    then('\x1b[?1049lc', row(0)),
    'abc',
  ],
  ['the cursor', '\x1b[3;7H', cursor, [6, 2]],
  ['the wrap that is pending', 'x'.repeat(20), then('y', row(1)), 'y'],
  [
    'the saved cursor with its pen',
    '\x1b[2;3H\x1b[31m\x1b7\x1b[m\x1b[H',
    then('\x1b8x', ansiRow(1)),
    '  \x1b[0;31mx\x1b[0m',
  ],
  ['the pen', '\x1b[1;33m', then('x', ansiRow(0)), '\x1b[0;1;33mx\x1b[0m'],
  ['the scroll region', '\x1b[2;4r', active, expect.objectContaining({ scrollTop: 1, scrollBottom: 3 })],
  ['origin mode, without moving the cursor', '\x1b[2;4r\x1b[?6h\x1b[2;2H', cursor, [1, 2]],
  ['tab stops', '\x1b[3g\x1b[5G\x1bH\r', then('\t', cursor), [4, 0]],
  ['line drawing left on', '\x1b(0', then('q', row(0)), '─'],
  ['a charset shifted in', '\x1b)0\x0e', then('q\x0fq', row(0)), '─q'],
  ['the shape of the cursor', '\x1b[5 q', (copy) => copy.parts.tracker.cursorStyle, 5],
  ['a hidden cursor', '\x1b[?25l', mode(25), false],
  ['insert mode', 'ab\r\x1b[4h', then('x', row(0)), 'xab'],
  ['newline mode', '\x1b[20h', then('a\nb', row(1)), 'b'],
  ['no autowrap', '\x1b[?7l', mode(7), false],
  ['the application keypad', '\x1b=', mode(66), true],
  ['application cursor keys', '\x1b[?1h', mode(1), true],
  [
    'mouse protocol and encoding',
    '\x1b[?1002h\x1b[?1006h',
    (copy) => [1002, 1006].map((number) => mode(number)(copy)),
    [true, true],
  ],
  ['the mouse, when the last word was off', '\x1b[?1003h\x1b[?1003l', mode(1003), false],
  ['focus reports', '\x1b[?1004h', mode(1004), true],
  ['bracketed paste', '\x1b[?2004h', mode(2004), true],
  ['a mode that nobody knows', '\x1b[?31337h', mode(31337), true],
  ['modes saved with XTSAVE', '\x1b[?2004h\x1b[?2004s\x1b[?2004l', then('\x1b[?2004r', mode(2004)), true],
  ['the stack of kitty key flags', '\x1b[>1u\x1b[>3u', (copy) => copy.parts.tracker.keys.entries, [0, 1, 3]],
  [
    'a stack of key flags per screen',
    '\x1b[>1u\x1b[?1049h\x1b[>8u',
    (copy) => copy.parts.tracker.normalKeys.entries,
    [0, 1],
  ],
  ['modifyOtherKeys', '\x1b[>4;2m', (copy) => copy.parts.tracker.keyModifiers.values.get(4), 2],
  ['the title', '\x1b]2;tïtle\x07', (copy) => copy.title, 'tïtle'],
  ['the icon title', '\x1b]1;icon\x07', (copy) => copy.parts.tracker.titles.icon.current, 'icon'],
  ['the stack of titles', '\x1b]0;one\x07\x1b[22t\x1b]0;two\x07', then('\x1b[23t', (copy) => copy.title), 'one'],
  ['the working directory', '\x1b]7;file://host/tmp/a%20b\x07', (copy) => copy.cwd, '/tmp/a b'],
  ['the palette', '\x1b]4;1;#ff0000\x07', (copy) => copy.parts.tracker.colours.palette.get(1), '#ff0000'],
  [
    'foreground, background, cursor and selection colours',
    '\x1b]10;red\x07\x1b]11;blue\x07\x1b]12;#fff\x07\x1b]17;#111\x07\x1b]19;#222\x07',
    (copy) => [...copy.parts.tracker.colours.special.keys()],
    [10, 11, 12, 17, 19],
  ],
  ['the character to repeat', 'ab', then('\x1b[3b', row(0)), 'abbbb'],
  ['the character that an accent still joins', 'e', then('\u0301', row(0)), 'e\u0301'],
  ['the same in insert mode', 'xyz\r\x1b[4he', then('\u0301', row(0)), 'e\u0301xyz'],
];

describe('a repaint restores', () => {
  for (const [what, bytes, check, expected] of things) {
    it(what, () => {
      const first = newEmulator(size);
      first.feed(bytesOf(bytes));
      const copy = repainted(first, size);
      expect(differences(first, copy)).toEqual([]);
      expect(check(copy)).toEqual(expected);
    });
  }
});

it('synchronised output is never left on', () => {
  const first = newEmulator(size);
  first.feed(bytesOf('\x1b[?2026hhalf a frame'));
  expect(repainted(first, size).parts.core.coreService.decPrivateModes.synchronizedOutput).toBe(false);
});

it('what a terminal showed stays in its own history', () => {
  const user = newEmulator(size);
  user.feed(bytesOf('precious\r\n$ stay attach'));
  const session = newEmulator(size);
  session.feed(bytesOf('session'));
  user.feed(session.repaint({ onto: 'used', historyLines: 10 }));
  const shown = user.textLines({ historyLines: 100 });
  expect(shown.slice(0, 2)).toEqual(['precious', '$ stay attach']);
  expect(shown.at(-size.rows)).toBe('session');
});

it('only as much history is replayed as was asked for', () => {
  const session = newEmulator(size);
  session.feed(bytesOf(lines(50)));
  const copy = newEmulator(size);
  copy.feed(session.repaint({ onto: 'fresh', historyLines: 3 }));
  expect(copy.textLines({ historyLines: 100 })).toEqual(session.textLines({ historyLines: 3 }));
});

it('a repaint in place scrolls nothing', () => {
  const session = newEmulator(size);
  session.feed(bytesOf(lines(50)));
  const user = repainted(session, size);
  const before = user.textLines({ historyLines: 100 });
  user.feed(session.repaint({ onto: 'same', historyLines: 0 }));
  expect(user.textLines({ historyLines: 100 })).toEqual(before);
});

it('clearing the history with CSI 3 J clears it for good', () => {
  const session = newEmulator(size);
  session.feed(bytesOf(`${lines(50)}\x1b[3J`));
  expect(session.textLines({ historyLines: 100 })).toHaveLength(size.rows);
});

it('RIS clears the screen and the modes, and keeps the history', () => {
  const session = newEmulator(size);
  session.feed(bytesOf(`${lines(50)}\x1b[?1000h\x1b[20h\x1b[?25l\x1b[4 q\x1bc`));
  expect(session.textLines({ historyLines: 1 })[0]).toBe('line 44');
  expect(session.textLines({ historyLines: 0 }).join('')).toBe('');
  expect([1000, 25].map((number) => session.parts.tracker.isPrivateSet(number))).toEqual([false, true]);
  expect(session.parts.isNewlineMode).toBe(false);
});

it('DECSTR resets what it should and leaves mouse and paste alone', () => {
  const session = newEmulator(size);
  session.feed(bytesOf('\x1b[?1h\x1b[?2004h\x1b[?1000h\x1b[?7l\x1b[?25l\x1b[2;3r\x1b[4h\x1b[!p'));
  expect([1, 2004, 1000, 7, 25].map((number) => session.parts.tracker.isPrivateSet(number))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
  expect(session.parts.core.coreService.modes.insertMode).toBe(false);
});
