// After the restoration the user's terminal is in the state it had before, with what the program left still on it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, newEmulator, type TestEmulator } from './new-emulator.ts';
import { fuzz, join, pieces } from './streams.ts';

const size = { cols: 20, rows: 6 };

/** A session shown in a user's terminal, which then is left. */
function leave(bytes: Uint8Array): { session: TestEmulator; user: TestEmulator } {
  const session = newEmulator(size);
  const user = newEmulator(size);
  user.feed(bytesOf('\x1b]0;my terminal\x07$ stay\r\n'));
  user.feed(session.repaint({ onto: 'used', historyLines: 10 }));
  session.feed(bytes);
  user.feed(bytes);
  user.feed(session.restoration());
  return { session, user };
}

/** Everything a program could have left on, of a terminal. */
function leftOn(user: TestEmulator): unknown {
  const { core, tracker, isNewlineMode, pending } = user.parts;
  const { active } = core.buffers;
  const { fg, bg, extended } = core._inputHandler._curAttrData;
  return {
    isAlternate: user.isAlternateScreen,
    modes: [...tracker.modes.privateModes].filter(([mode, isOn]) => isOn !== [8].includes(mode)).map(([mode]) => mode),
    ansiModes: [...tracker.modes.ansiModes].filter(([mode, isOn]) => isOn !== (mode === 12)).map(([mode]) => mode),
    shown: [6, 7, 25].map((mode) => tracker.isPrivateSet(mode)),
    insert: core.coreService.modes.insertMode,
    isNewlineMode,
    region: [active.scrollTop, active.scrollBottom],
    pen: [fg, bg & ~0x2000_0000, extended.urlId],
    charset: core._charsetService.charset,
    cursorStyle: tracker.cursorStyle || undefined,
    keys: [
      tracker.normalKeys.entries,
      [...tracker.keyModifiers.values.values()].filter((value) => value !== undefined),
    ],
    colours: [tracker.colours.palette.size, tracker.colours.special.size],
    title: user.title,
    titleStack: tracker.titles.window.entries.length,
    pending: pending.length,
  };
}

const nothingOn = {
  isAlternate: false,
  modes: [],
  ansiModes: [],
  shown: [false, true, true],
  insert: false,
  isNewlineMode: false,
  region: [0, size.rows - 1],
  pen: [0, 0, 0],
  charset: undefined,
  cursorStyle: undefined,
  keys: [[0], []],
  colours: [0, 0],
  title: 'my terminal',
  titleStack: 0,
  pending: 0,
};

describe('leaving undoes', () => {
  const left: [what: string, bytes: string][] = [
    ['the alternate screen', '\x1b[?1049h'],
    ['mouse, focus and paste', '\x1b[?1003h\x1b[?1006h\x1b[?1004h\x1b[?2004h'],
    ['a hidden cursor and its shape', '\x1b[?25l\x1b[3 q'],
    ['key flags on both screens', '\x1b[>1u\x1b[?1049h\x1b[>5u\x1b[>7u'],
    ['modifyOtherKeys', '\x1b[>4;2m'],
    ['keypad and cursor keys', '\x1b=\x1b[?1h'],
    ['region and origin mode', '\x1b[2;3r\x1b[?6h'],
    ['no autowrap, insert, newline', '\x1b[?7l\x1b[4h\x1b[20h'],
    ['colours', '\x1b]4;1;red\x07\x1b]11;blue\x07'],
    ['the title and its stack', '\x1b[22t\x1b]2;a\x07\x1b[22t\x1b]2;b\x07'],
    ['pen, link and charset', '\x1b[1;31m\x1b]8;;http://x\x07\x1b(0'],
    ['reverse video and a mode nobody knows', '\x1b[?5h\x1b[?31337h'],
    ['half of an escape sequence', '\x1b[1;3'],
    ['half of a title', '\x1b]2;half'],
    ['half of a DCS string', '\x1bPq#0'],
    ['a synchronised frame', '\x1b[?2026hframe'],
  ];
  for (const [what, bytes] of left) it(what, () => expect(leftOn(leave(bytesOf(bytes)).user)).toEqual(nothingOn));
});

it('leaving undoes whatever a stream left on, at any byte', () => {
  fc.assert(
    fc.property(pieces, fc.nat(), (parts, at) => {
      // A program that pops more titles than it pushed takes the user's own away, in any terminal.
      const bytes = join(parts.filter((part) => !/\[23.*t/.test(String.fromCharCode(...part))));
      const { user } = leave(bytes.subarray(0, at % (bytes.length + 1)));
      expect(leftOn(user)).toEqual(nothingOn);
    }),
    fuzz(500),
  );
});

it('the screen and the cursor stay as the program left them', () => {
  const { session, user } = leave(bytesOf('one\r\ntwo\x1b[2;3r\x1b[3g\x1b[2;3H'));
  expect(user.textLines({ historyLines: 0 })).toEqual(session.textLines({ historyLines: 0 }));
  const [left, right] = [session, user].map(({ parts }) => [parts.core.buffers.active.x, parts.core.buffers.active.y]);
  expect(right).toEqual(left);
});

it('in origin mode the cursor goes to the last row, where nothing is written over', () => {
  const { user } = leave(bytesOf('one\r\ntwo\x1b[2;3r\x1b[?6h'));
  expect(user.parts.core.buffers.active.y).toBe(size.rows - 1);
});

it('origin mode does not come back with the cursor that was saved on the way to the alternate screen', () => {
  const { user } = leave(bytesOf('\x1b[?6h\x1b[?1049h\x1b[?6l'));
  expect(leftOn(user)).toEqual(nothingOn);
});

it('nothing was shown, nothing is to undo', () => {
  expect(newEmulator().restoration()).toHaveLength(0);
});

it('the revision grows with what there is to undo, and not with every repetition', () => {
  const session = newEmulator();
  const revisions = ['text', '\x1b[?25l', '\x1b[?25h\x1b[?25l\x1b[1m', 'more', '\x1b[?1049h', '\x1b[?1049l'].map(
    (bytes) => {
      session.feed(bytesOf(bytes));
      return session.restorationRevision;
    },
  );
  expect(revisions).toEqual([1, 1, 1, 1, 2, 3]);
});
