// Our line below the session's screen, in a terminal that has one row more than the session.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { guardedPieces } from '../../src/emulator/guarded-pieces.ts';
import { differences, hasBlankUnderPendingWrap } from './differences.ts';
import { bytesOf, newEmulator, type TestEmulator } from './new-emulator.ts';
import { allRecordings } from './recordings.ts';
import { fuzz, pieces as streams } from './streams.ts';

const look = { kind: 'line', name: 'work', time: '12:34', keys: 'f8 next' } as const;
const lineShown = ' work  12:34  f8 next';

interface Shown {
  session: TestEmulator;
  terminal: TestEmulator;
  /** The program writes. */
  print(bytes: string | Uint8Array): void;
  /** Bytes that were shown besides the program's. */
  readonly extraBytes: number;
}

/** A session of that size, shown in a terminal with a line. */
function shown(size: { cols: number; rows: number }, before = ''): Shown {
  const session = newEmulator({ ...size, historyLines: 500 });
  session.feed(bytesOf(before));
  session.look = look;
  const terminal = newEmulator({ cols: size.cols, rows: size.rows + 1, historyLines: 1000 });
  terminal.feed(bytesOf('$ stay attach\r\n'));
  terminal.feed(session.repaint({ onto: 'used', historyLines: 500 }));
  let extraBytes = 0;
  return {
    session,
    terminal,
    get extraBytes() {
      return extraBytes;
    },
    print(text) {
      for (const piece of session.pieces(typeof text === 'string' ? bytesOf(text) : text)) {
        terminal.feed(piece.bytes);
        session.feed(piece.bytes);
        const mend = session.mend(piece);
        if (mend === null) continue;
        extraBytes += mend.length;
        terminal.feed(mend);
      }
    },
  };
}

const byEffect = ['rows', 'title', 'titleStack', 'icon', 'iconStack', 'privateModes', 'savedModes', 'keyModifiers'];

function expectSame(session: Emulator, terminal: Emulator, areBlanksAlike = false): void {
  const except = [...byEffect, 'cursorStyle', 'ansiModes', 'palette', 'special', 'cwd'];
  expect(differences(session, terminal, { except, areBlanksAlike, historyLines: 0, rowsBelow: 1 })).toEqual([]);
}

const lastRow = (terminal: Emulator) => terminal.textLines({ historyLines: 0 }).at(-1);

/** What has scrolled away, oldest first. */
function history(emulator: Emulator, rows: number): string[] {
  return emulator.textLines({ historyLines: 1000 }).slice(0, -rows);
}

describe('the line', () => {
  it('stands below the screen, which is painted above it', () => {
    const { session, terminal } = shown({ cols: 30, rows: 4 }, 'one\r\ntwo\r\nthree\r\nfour\r\nfive');
    expect(terminal.textLines({ historyLines: 0 })).toEqual(['two', 'three', 'four', 'five', lineShown]);
    expect(history(terminal, 5)).toContain('one');
    expectSame(session, terminal);
  });

  it('costs nothing while nothing touches it', () => {
    const test = shown({ cols: 30, rows: 4 });
    test.print('\x1b[31mplain\x1b[m\r\ntext\r\n\x1b[2;3H\x1b[K\x1b[1J\x1b[L\x1b[4;1Hand lines\r\n\r\n\r\n');
    expect(test.extraBytes).toBe(0);
    expect(lastRow(test.terminal)).toBe(lineShown);
    expectSame(test.session, test.terminal);
  });

  it.each([
    ['erasing all', 'text\x1b[2J'],
    ['erasing below', 'text\x1b[J'],
    ['a reset of the region', '\x1b[r\x1b[9;1H\n\n\nx'],
    ['a region beyond the screen', '\x1b[2;99r\x1b[9;1H\n\n\nx'],
    ['a full reset', '\x1b[31mred\x1bc\n\n\n\n\nx'],
    ['a soft reset', '\x1b[2;3r\x1b[!p\x1b[4;1H\n\nx'],
    ['going below the screen', '\x1b[99;99Hx\x1b[99dy\n\nz'],
    ['the alternate screen', '\x1b[?1049h\x1b[2J\x1b[4;1Hvim\n\n\x1b[?1049lshell\r\n\r\n\r\n'],
    ['an alternate screen that is not cleared', '\x1b[?47h\x1b[4;1Hold\n\n\x1b[?47lx'],
    ['the alignment pattern', '\x1b#8'],
    ['a line feed below the region', '\x1b[1;2r\x1b[4;1H\n\n\nx'],
    ['text that wraps below the region', `\x1b[1;2r\x1b[4;1H${'long '.repeat(20)}`],
    ['moving down below the region', '\x1b[1;2r\x1b[3;1H\x1b[9Bx'],
    ['132 columns', '\x1b[?40h\x1b[?3htext\x1b[?3l'],
    ['a sequence cut in two', '\x1b['],
  ])('survives %s, and the screen with it', (_, text) => {
    const test = shown({ cols: 30, rows: 4 }, 'before\r\n');
    for (const output of [text, '2J', '\r\nafter\r\n']) {
      test.print(output);
      expect(lastRow(test.terminal)).toBe(lineShown);
      expectSame(test.session, test.terminal, true);
    }
  });

  it('never scrolls, and what scrolls above it reaches the history of the terminal', () => {
    const test = shown({ cols: 30, rows: 4 });
    const region = '\x1b[r\x1b[4;1H';
    const output = Array.from({ length: 40 }, (_, at) => `line ${at}\r\n${at % 7 === 0 ? region : ''}`);
    test.print(output.join(''));
    const lines = [...history(test.terminal, 5), ...test.terminal.textLines({ historyLines: 0 })];
    expect(lines.filter((line) => line === lineShown)).toEqual([lineShown]);
    expect(lines.filter((line) => line.startsWith('line')).length).toBe(40);
  });

  it('is not there while all is erased: some terminals keep that', () => {
    const session = newEmulator({ cols: 30, rows: 4 });
    session.look = look;
    const terminal = newEmulator({ cols: 30, rows: 5 });
    terminal.feed(session.repaint({ onto: 'used', historyLines: 0 }));
    const [before, erasure] = session.pieces(bytesOf('text\x1b[2J'));
    terminal.feed(before!.bytes);
    session.feed(before!.bytes);
    terminal.feed(session.mend(before!)!);
    expect(terminal.textLines({ historyLines: 0 })).toEqual(['text', '', '', '', '']);
    expect(Buffer.from(erasure!.bytes).toString()).toBe('\x1b[2J');
  });

  it('is gone without a trace after the restoration, and so is its region', () => {
    const test = shown({ cols: 30, rows: 4 }, 'one\r\ntwo');
    test.print('\x1b[?1049h\x1b[2;3r\x1b[?6hfull screen');
    test.terminal.feed(test.session.restoration());
    expect(test.terminal.textLines({ historyLines: 1000 }).filter((line) => line.includes('12:34'))).toEqual([]);
    const { active } = test.terminal.parts.core.buffers;
    expect([active.scrollTop, active.scrollBottom, test.terminal.isAlternateScreen]).toEqual([0, 4, false]);
  });

  it('has room for what fits', () => {
    const session = newEmulator({ cols: 9, rows: 2 });
    session.look = { ...look, name: '世界世界' };
    const terminal = newEmulator({ cols: 9, rows: 3 });
    terminal.feed(session.repaint({ onto: 'used', historyLines: 0 }));
    expect(lastRow(terminal)).toBe(' 世界世界');
  });

  it('is in no repaint that is kept', () => {
    const session = newEmulator({ cols: 30, rows: 4 });
    session.feed(bytesOf('text'));
    const before = session.repaint({ onto: 'fresh', historyLines: 10 });
    session.look = look;
    expect(session.repaint({ onto: 'fresh', historyLines: 10 })).toEqual(before);
  });
});

const cuts = fc.array(fc.nat(), { maxLength: 3 });

/** `bytes` in as many writes as there are cuts, and one. */
function written(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, index) => bytes.subarray(places[index], to));
}

it('whatever a program writes, screen and line are as they should be', () => {
  fc.assert(
    fc.property(
      fc.record({ cols: fc.constantFrom(5, 13, 40), rows: fc.constantFrom(2, 4, 9) }),
      fc.array(fc.tuple(streams, cuts), { minLength: 1, maxLength: 4 }),
      (size, writes) => {
        const test = shown(size);
        let areBlanksAlike = false;
        for (const [parts, at] of writes) {
          for (const bytes of written(Buffer.concat(parts), at)) test.print(bytes);
          areBlanksAlike ||= hasBlankUnderPendingWrap(test.session);
        }
        expectSame(test.session, test.terminal, areBlanksAlike || test.extraBytes > 0);
        expect(lastRow(test.terminal)).toBe(lineShown.slice(0, size.cols).trimEnd());
      },
    ),
    fuzz(1500),
  );
}, 300_000);

it.each(allRecordings().filter(({ bytes }) => bytes.length < 300_000))(
  'the recording $id shows the same above the line',
  ({ bytes }) => {
    const test = shown({ cols: 80, rows: 24 });
    for (let at = 0; at < bytes.length; at += 4096) test.print(bytes.subarray(at, at + 4096));
    expectSame(test.session, test.terminal, true);
  },
);

describe('pieces', () => {
  const cutsOf = (text: string) =>
    guardedPieces(bytesOf(text), { rows: 24, isInside: false }).map(({ bytes }) => Buffer.from(bytes).toString());

  it.each([['plain text \x1b[31m\x1b[24;1H\x1b[1J\x1b[?25l\x1b[K'], ['\x1b]2;title\x07\x1b(B\x1b7'], ['']])(
    'leave %j whole',
    (text) => {
      expect(cutsOf(text)).toEqual(text === '' ? [] : [text]);
    },
  );

  it('end behind what may touch the line', () => {
    expect(cutsOf('a\x1b[Jb\x1b[rc\x1b[25;1Hd\x1b[?25;1049he\x1bcf')).toEqual([
      ...['a\x1b[J', 'b\x1b[r', 'c\x1b[25;1H', 'd\x1b[?25;1049h', 'e\x1bc'],
      'f',
    ]);
  });

  it('end before what erases all, too', () => {
    expect(cutsOf('a\x1b[2Jb')).toEqual(['a', '\x1b[2J', 'b']);
    expect(cutsOf('\x1b[2J')).toEqual(['', '\x1b[2J']);
  });

  it('go on with a sequence that was cut', () => {
    const pieces = guardedPieces(bytesOf('2Jtext'), { rows: 24, isInside: true });
    expect(pieces.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['2J', 'text']);
  });
});
