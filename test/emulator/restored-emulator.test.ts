import { describe, expect, it } from 'vitest';
import { historyLength, markHistory } from '../../src/emulator/history-mark.ts';
import { type RecordedEvent, restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { differences } from './differences.ts';
import { bytesOf, newEmulator, type TestEmulator } from './new-emulator.ts';

const size = { cols: 20, rows: 5, historyLines: 50 };
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\r\n`).join('');

/** What a recorder would keep of a terminal. */
function recordingOf(emulator: TestEmulator) {
  const screen = { cols: 20, rows: 5, paint: emulator.repaint({ onto: 'fresh', historyLines: 50 }) };
  const events: RecordedEvent[] = [];
  return {
    print(text: string): void {
      emulator.feed(bytesOf(text));
      events.push({ kind: 'output', bytes: bytesOf(text) });
    },
    resize(cols: number, rows: number): void {
      emulator.resize({ cols, rows });
      events.push({ kind: 'resize', cols, rows });
    },
    /** Prints without recording it, then records the screen with `kept` lines of history. */
    flood(text: string, kept = 50): void {
      const mark = markHistory(emulator);
      emulator.feed(bytesOf(text));
      const length = historyLength(emulator);
      const historyLines = Math.min(mark.newLines(), length, kept);
      const paint = emulator.repaint({ onto: 'fresh', historyLines });
      const { cols, rows } = emulator;
      events.push({
        ...{ kind: 'repaint', cols, rows, paint },
        ...{ missedLines: mark.newLines() - historyLines, historyLength: length },
      });
    },
    restored: (replies: string[] = []) =>
      restoredEmulator(
        { screen, events },
        {
          historyLines: 50,
          onReply: (bytes) => void replies.push(Buffer.from(bytes).toString()),
          onFault: (error) => {
            throw error;
          },
        },
      ),
  };
}

function recording(text = '') {
  const emulator = newEmulator(size);
  emulator.feed(bytesOf(text));
  return { emulator, ...recordingOf(emulator) };
}

const historyOf = (emulator: { textLines(options: { historyLines: number }): string[] }) =>
  emulator.textLines({ historyLines: 50 }).filter((line) => line !== '');

describe('a restored emulator', () => {
  it('is as the one that was recorded, output and sizes included', () => {
    const { emulator, print, resize, restored } = recording(lines(1, 9));
    print('\x1b[31mred \x1b]2;title\x07\x1b[?1h');
    resize(12, 7);
    print('some more text that wraps, and half of a sequence\x1b[3');
    expect(differences(emulator, restored())).toEqual([]);
  });

  it('answers none of the questions in the recording, and those that come later', () => {
    const { print, restored } = recording();
    print('\x1b[c');
    const replies: string[] = [];
    const copy = restored(replies);
    expect(replies).toEqual([]);
    copy.feed(bytesOf('\x1b[6n'));
    expect(replies).toEqual(['\x1b[1;1R']);
  });

  it.each([
    ['nothing scrolled', '\x1b[Hover\x1b[K'],
    ['a few lines scrolled', lines(10, 16)],
    ['the alternate screen is up', '\x1b[?1049h\x1b[2Jmenu\x1b[?1003h'],
    ['a sequence was begun', `${lines(10, 20)}\x1b]2;half`],
    ['lines were deleted and inserted at the top', '\x1b[H\x1b[M\x1b[2L\x1b[5;1Hx'],
    ['the terminal was reset', `${lines(10, 12)}\x1bcnew`],
    ['titles were pushed', '\x1b]2;one\x07\x1b[22t\x1b]2;two\x07\x1b[22t\x1b]2;three\x07'],
  ])('is the same after output that was not kept, where %s', (_, text) => {
    const { emulator, print, flood, restored } = recording(`\x1b[?2004h\x1b]2;title\x07\x1b[22t${lines(1, 9)}`);
    print('\x1b[32mgreen\x1b[?1h\x1b[3;4r\x1b[?6h\x1b[r\r\n');
    flood(text);
    expect(differences(emulator, restored())).toEqual([]);
    flood(text);
    print('and on');
    expect(differences(emulator, restored())).toEqual([]);
  });

  it('is the same when that output made the terminal another size', () => {
    const { emulator, flood, restored } = recording(lines(1, 4));
    emulator.resize({ cols: 30, rows: 8 });
    flood('wider');
    expect(differences(emulator, restored(), { historyLines: 0 })).toEqual([]);
  });

  it('says in its history where lines are missing, and how many', () => {
    const { emulator, flood, restored } = recording(lines(1, 9));
    flood(lines(10, 30), 3);
    const copy = restored();
    expect(differences(emulator, copy, { historyLines: 3 })).toEqual([]);
    expect(historyOf(copy)).toEqual([
      ...['line 1', 'line 2', 'line 3', 'line 4', 'line 5', '[stay] 18 lines are'],
      ...['line 24', 'line 25', 'line 26', 'line 27', 'line 28', 'line 29', 'line 30'],
    ]);
  });

  it('keeps what it had when more went by than a history holds', () => {
    const { emulator, flood, restored } = recording(lines(1, 20));
    flood(lines(21, 500), 10);
    const copy = restored();
    expect(differences(emulator, copy, { historyLines: 10 })).toEqual([]);
    expect(historyOf(copy)[0]).toBe('line 1');
    expect(historyOf(copy)).toContain('[stay] lines are mis');
  });

  it('has forgotten what was cleared meanwhile', () => {
    const { emulator, flood, restored } = recording(lines(1, 20));
    flood(`\x1b[3J${lines(21, 24)}`);
    expect(differences(emulator, restored())).toEqual([]);
  });
});

describe('a mark in a history', () => {
  it('counts the lines that come after it', () => {
    const emulator = newEmulator(size);
    const first = markHistory(emulator);
    expect(first.newLines()).toBe(0);
    emulator.feed(bytesOf(lines(1, 10)));
    expect([first.newLines(), historyLength(emulator)]).toEqual([6, 6]);
    const second = markHistory(emulator);
    emulator.feed(bytesOf(lines(11, 50)));
    expect([first.newLines(), second.newLines()]).toEqual([46, 40]);
    emulator.feed(bytesOf(lines(51, 80)));
    expect(second.newLines()).toBe(Number.POSITIVE_INFINITY);
    second.dispose();
  });

  it('says that lines were lost where no history is kept', () => {
    const emulator = newEmulator({ ...size, historyLines: 0 });
    const mark = markHistory(emulator);
    emulator.feed(bytesOf(`${lines(1, size.rows - 1)}\x1b[H\x1b[2Kfirst`));
    expect(mark.newLines()).toBe(0);
    emulator.feed(bytesOf(`\x1b[${size.rows}H\n`));
    expect(mark.newLines()).toBe(Number.POSITIVE_INFINITY);
  });
});
