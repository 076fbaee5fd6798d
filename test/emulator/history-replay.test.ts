import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HistoryReplay, type RecordedStart } from '../../src/emulator/history-replay.ts';
import { linesFrom } from '../../src/emulator/repaint.ts';
import type { RecordedEvent } from '../../src/emulator/restored-emulator.ts';
import { plainWrappedLine } from '../../src/emulator/text-lines.ts';
import { bytesOf, newEmulator, type TestEmulator } from './new-emulator.ts';
import { fuzz, join, pieces } from './streams.ts';

const fresh = newEmulator({ cols: 20, rows: 5 });
const emptyPaint = fresh.repaint({ onto: 'fresh', historyLines: 0 });
const nothing: RecordedStart = { at: 0, cols: 20, rows: 5, paint: emptyPaint, hasHistory: false, follows: 'nothing' };

function replay(options: { isAnsi?: boolean; keptLines?: number } = {}) {
  const replay = new HistoryReplay({ isAnsi: options.isAnsi ?? false, keptLines: options.keptLines ?? 20 });
  onTestFinished(() => replay.dispose());
  let now = 0;
  return {
    begin: (start: Partial<RecordedStart> = {}) => replay.begin({ ...nothing, at: now, ...start }),
    at(time: number): void {
      now = time;
    },
    print: (text: string) => replay.play({ kind: 'output', at: now, bytes: bytesOf(text) }),
    play: (event: RecordedEvent) => replay.play({ ...event, at: now }),
    take: () => replay.take(),
    finish() {
      replay.finish();
      return replay.take();
    },
    texts(): string[] {
      return this.finish().map(({ text }) => text);
    },
  };
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
const lines = (from: number, to: number) =>
  numbered(from, to)
    .map((line) => `${line}\r\n`)
    .join('');

/** All that a terminal that forgets nothing holds, as lines. */
function linesOf(emulator: TestEmulator): string[] {
  const { normal } = emulator.parts.core.buffers;
  const rows = linesFrom(normal, { start: 0, count: normal.lines.length });
  const end = rows.findLastIndex((row) => plainWrappedLine([row]) !== '') + 1;
  const groups: (typeof rows)[] = [];
  for (const row of rows.slice(0, end)) {
    if (row.isWrapped && groups.length > 0) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map(plainWrappedLine);
}

function onHistoryErased(emulator: TestEmulator, callback: () => void): void {
  const input = emulator.parts.core._inputHandler;
  const erase = input.eraseInDisplay.bind(input);
  input.eraseInDisplay = (params, respectProtect) => {
    if (params.params[0] === 3) callback();
    return erase(params, respectProtect);
  };
}

/** A blank in a line that was wrapped anew may be one of its own or where a wide character did not fit: nobody knows. */
const withoutBlanks = (line: string) => line.replaceAll(' ', '');

describe('a replayed history', () => {
  it('has every line once, in order, and in the end those of the screen', () => {
    const history = replay();
    history.begin();
    for (let from = 1; from <= 30_000; from += 1_000) history.print(lines(from, from + 999));
    expect(history.texts()).toEqual(numbered(1, 30_000));
  });

  it('holds few lines at a time', () => {
    const history = replay();
    history.begin();
    let told = 0;
    for (let from = 1; from <= 5_000; from += 100) {
      history.print(lines(from, from + 99));
      told += history.take().length;
      expect(from + 99 - told).toBeLessThan(60);
    }
  });

  it('joins what wrapped, also a wide character that did not fit', () => {
    const history = replay();
    history.begin();
    const long = `${'x'.repeat(19)}世界 ${'word '.repeat(20)}end`;
    history.print(`${long}\r\n${lines(1, 100)}${long}`);
    expect(history.texts()).toEqual([long, ...numbered(1, 100), long]);
  });

  it('tells a line that goes on and on in parts', () => {
    const history = replay({ keptLines: 5 });
    history.begin();
    for (let count = 0; count < 100; count++) history.print('x'.repeat(1_000));
    const parts = history.texts();
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.join('')).toBe('x'.repeat(100_000));
  });

  it('has colours and links where they are wanted, each line by itself', () => {
    const history = replay({ isAnsi: true });
    history.begin();
    history.print(`\x1b[31m${'r'.repeat(25)}\r\n\x1b[mplain\r\n`);
    expect(history.finish()).toMatchObject([
      { text: 'r'.repeat(25), ansi: `\x1b[0;31m${'r'.repeat(20)}\x1b[0m\x1b[0;31m${'r'.repeat(5)}\x1b[0m` },
      { text: 'plain', ansi: 'plain' },
    ]);
  });

  it('adds nothing of the alternate screen', () => {
    const history = replay();
    history.begin();
    history.print(`before\r\n\x1b[?1049h${lines(1, 500)}\x1b[?1049lafter`);
    expect(history.texts()).toEqual(['before', 'after']);
  });

  it('keeps what the program erases from the history', () => {
    const history = replay();
    history.begin();
    history.print(`${lines(1, 50)}\x1b[H\x1b[2J\x1b[3Jnew\r\n`);
    expect(history.texts()).toEqual([...numbered(1, 46), 'new']);
  });

  it('loses nothing to sequences that scroll far', () => {
    const history = replay();
    history.begin();
    history.print(`${'\x1b[99S'.repeat(3_000)}end`);
    expect(history.texts()).toHaveLength(3_000 * 5 + 1);
  });

  it('loses nothing when the window becomes narrow', () => {
    const history = replay({ keptLines: 100 });
    history.begin({ cols: 200, rows: 5 });
    const long = Array.from({ length: 150 }, (_, index) => `${index} ${'x'.repeat(180)}`);
    history.print(`${long.join('\r\n')}\r\n`);
    history.play({ kind: 'resize', cols: 2, rows: 5 });
    history.play({ kind: 'resize', cols: 200, rows: 5 });
    const told = history.texts();
    expect(told.slice(0, 140)).toEqual(long.slice(0, 140));
  });

  it('is what a terminal that forgets nothing holds, whatever is written and however the window changes', () => {
    const output = fc.oneof(
      pieces.map((parts) => join(parts)),
      fc.nat({ max: 60 }).map((count) => bytesOf(lines(1, count))),
      fc.string({ unit: fc.constantFrom('a', ' ', '世', '👍🏽', 'e\u0301', '\r\n'), maxLength: 150 }).map(bytesOf),
    );
    const event: fc.Arbitrary<RecordedEvent> = fc.oneof(
      { weight: 6, arbitrary: output.map((bytes) => ({ kind: 'output' as const, bytes })) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('resize' as const),
          cols: fc.integer({ min: 8, max: 40 }),
          rows: fc.integer({ min: 2, max: 9 }),
        }),
      },
    );
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        const emulator = newEmulator({ cols: 20, rows: 5, historyLines: 100_000 });
        let hasForgotten = false;
        onHistoryErased(emulator, () => {
          hasForgotten = true;
        });
        const history = replay({ keptLines: 60 });
        history.begin();
        for (const one of events) {
          history.play(one);
          if (one.kind === 'output') emulator.feed(one.bytes);
          else if (one.kind === 'resize') emulator.resize(one);
        }
        fc.pre(!hasForgotten);
        expect(history.texts().map(withoutBlanks)).toEqual(linesOf(emulator).map(withoutBlanks));
        emulator.dispose();
      }),
      fuzz(150),
    );
  });
});

describe('a part of a recording that follows another', () => {
  it('on the same screen tells nothing twice, and nothing is lost to a smaller window', () => {
    const history = replay();
    history.begin({ rows: 10 });
    history.print(`${lines(1, 40)}\x1b[?1049hmenu`);
    const emulator = newEmulator({ cols: 20, rows: 10 });
    emulator.feed(bytesOf(lines(1, 40)));
    emulator.resize({ cols: 20, rows: 4 });
    history.begin({ rows: 4, paint: emulator.repaint({ onto: 'fresh', historyLines: 0 }), follows: 'the same' });
    history.print(lines(41, 50));
    expect(history.texts()).toEqual(numbered(1, 50));
  });

  it('after a hole tells of it, below the screen that was', () => {
    const history = replay();
    history.begin();
    history.print(lines(1, 10));
    history.begin({ follows: 'a hole' });
    history.print('new');
    expect(history.texts()).toEqual([...numbered(1, 10), '[stay] lines are missing here', 'new']);
  });

  it('does not tell history again that its paint holds', () => {
    const emulator = newEmulator({ cols: 20, rows: 5 });
    emulator.feed(bytesOf(lines(1, 40)));
    const paint = emulator.repaint({ onto: 'fresh', historyLines: 100 });
    for (const follows of ['the same', 'nothing'] as const) {
      const history = replay();
      if (follows !== 'nothing') {
        history.begin();
        history.print(lines(1, 40));
      }
      history.begin({ paint, hasHistory: true, follows });
      history.print(lines(41, 42));
      expect(history.texts()).toEqual(numbered(1, 42));
    }
  });

  it('that cannot be begun is left out', () => {
    const history = replay();
    history.print('unseen');
    expect(history.texts()).toEqual([]);
  });
});

describe('a repaint in a recording', () => {
  it('tells of the lines that were not kept', () => {
    const emulator = newEmulator({ cols: 20, rows: 5 });
    emulator.feed(bytesOf(lines(1, 1_000)));
    const paint = emulator.repaint({ onto: 'fresh', historyLines: 10 });
    const history = replay();
    history.begin();
    history.print(lines(1, 20));
    history.play({ kind: 'repaint', cols: 20, rows: 5, paint, missedLines: 970, historyLength: 996 });
    history.print(lines(1_001, 1_003));
    expect(history.texts()).toEqual([...numbered(1, 16), '[stay] 970 lines are missing here', ...numbered(987, 1_003)]);
  });
});

describe('the time of a line', () => {
  it('is when the output went on below it; of what is last on the screen, the end', () => {
    const history = replay();
    history.begin();
    for (let step = 1; step <= 100; step++) {
      history.at(step * 10);
      history.print(`line ${step}\r\n`);
    }
    history.at(2_000);
    history.print('prompt $ ');
    const told = history.finish();
    expect(told.slice(0, -1).map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, index) => (index + 1) * 10));
    expect(told.at(-1)).toMatchObject({ text: 'prompt $', at: 2_000 });
  });

  it('is the newer one where the screen was cleared and written again', () => {
    const history = replay();
    history.begin();
    history.at(10);
    history.print('old\r\nold\r\nold\r\n');
    history.at(20);
    history.print('\x1b[H\x1b[2J');
    history.at(30);
    history.print('new\r\nnew\r\n');
    expect(history.finish().map(({ text, at }) => [text, at])).toEqual([
      ['new', 30],
      ['new', 30],
    ]);
  });

  it('stays with the line when the window changes', () => {
    const history = replay();
    history.begin();
    for (let step = 1; step <= 30; step++) {
      history.at(step);
      history.print(`${step} ${'x'.repeat(30)}\r\n`);
    }
    for (const cols of [7, 40, 20]) {
      history.at(100);
      history.play({ kind: 'resize', cols, rows: 5 });
    }
    const told = history.finish();
    expect(told.map(({ text, at }) => [Number(text.split(' ')[0]), at])).toEqual(
      Array.from({ length: 30 }, (_, index) => [index + 1, index + 1]),
    );
  });
});
