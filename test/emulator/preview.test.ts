import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Cells } from '../../src/emulator/crop-window.ts';
import { peek } from '../../src/emulator/peek.ts';
import { type Preview, preview } from '../../src/emulator/preview.ts';
import { previewOfLines } from '../../src/emulator/preview-of-lines.ts';
import { bytesOf, newEmulator, type TestEmulator } from './new-emulator.ts';
import { fuzz, join, pieces, sizes } from './streams.ts';

function shows(text: string, size: Cells = { cols: 20, rows: 5 }): TestEmulator {
  const emulator = newEmulator(size);
  onTestFinished(() => emulator.dispose());
  emulator.feed(bytesOf(text));
  return emulator;
}

const previewOf = (text: string, wanted: Cells, size?: Cells): Preview => preview(shows(text, size), wanted);
const sgr = /\x1b\[[\d;:]*m/g;
const textOf = (line: string) => line.replace(sgr, '');

/** Where the cursor of a wide terminal is after the line. */
function widthOf(line: string): number {
  const emulator = newEmulator({ cols: 100, rows: 1 });
  emulator.feed(bytesOf(line));
  const { col } = emulator.cursor;
  emulator.dispose();
  return col;
}

describe('a preview', () => {
  it('is the whole screen where it fits, with its size and its cursor', () => {
    expect(previewOf('one\r\n\x1b[1;31mtwo\x1b[m three', { cols: 40, rows: 10 })).toEqual({
      lines: ['one', '\x1b[0;1;31mtwo\x1b[0m three', '', '', ''],
      cols: 20,
      rows: 5,
      cursor: { col: 9, row: 1 },
    });
  });

  it('has lines that begin and end with plain attributes', () => {
    const { lines } = previewOf('\x1b[44mone\r\ntwo', { cols: 3, rows: 5 });
    expect(lines.slice(0, 2)).toEqual(['\x1b[0;44mne\x1b[0m', '\x1b[0;44mwo\x1b[0m']);
  });

  it('is cut around the cursor', () => {
    const text = Array.from({ length: 5 }, (_, row) => `${row}bcdefghijklmnopqrs`).join('\r\n');
    expect(previewOf(`${text}\x1b[3;8H`, { cols: 5, rows: 2 })).toMatchObject({
      lines: ['defgh', 'defgh'],
      cursor: { col: 4, row: 1 },
    });
    expect(previewOf(`${text}\x1b[3;8H`, { cols: 1, rows: 1 })).toMatchObject({
      lines: ['h'],
      cursor: { col: 0, row: 0 },
    });
  });

  it('ends at the last used row of a shell that has not filled its screen', () => {
    expect(previewOf('1\r\n2\r\n3\r\n$ ', { cols: 20, rows: 2 }, { cols: 20, rows: 50 }).lines).toEqual(['3', '$ ']);
  });

  it('has no history', () => {
    expect(previewOf('1\r\n2\r\n3\r\n4', { cols: 20, rows: 9 }, { cols: 20, rows: 2 }).lines).toEqual(['3', '4']);
  });

  it('never shows half of a wide character', () => {
    const { lines } = previewOf('日本語\x1b[1;4H', { cols: 3, rows: 1 });
    expect(lines).toEqual([' 本']);
    expect(previewOf('日本語\x1b[1;1H', { cols: 3, rows: 1 }).lines).toEqual(['日 ']);
    expect(previewOf('日本語\x1b[1;1H', { cols: 1, rows: 1 }).lines).toEqual([' ']);
    expect(previewOf('a\x1b[41m日\x1b[m\x1b[1;1H', { cols: 2, rows: 1 }).lines).toEqual(['a\x1b[0;41m \x1b[0m']);
  });

  it('keeps what is joined in a cell together', () => {
    expect(previewOf('e\u0301👩‍👩‍👧x\x1b[1;1H', { cols: 3, rows: 1 }).lines).toEqual(['e\u0301👩‍👩‍👧']);
  });

  it('has nothing but text and SGR, whatever is on the screen', () => {
    const link = '\x1b]8;;http://example.org/\x1b\\here\x1b]8;;\x1b\\';
    expect(previewOf(`${link} \x1b[1"qsafe\x1b[0"q`, { cols: 20, rows: 1 }).lines).toEqual(['here safe']);
    const underlined = '\x1b[4:3;58:2::1:2:3mwave\x1b[m';
    expect(previewOf(underlined, { cols: 20, rows: 1 }).lines).toEqual(['\x1b[0;4:3;58:2::1:2:3mwave\x1b[0m']);
  });

  it('has no cursor where it is hidden, and stays with the text all the same', () => {
    const text = '1\r\n2\r\n3\r\n4\r\n5\x1b[?25l';
    expect(previewOf(text, { cols: 20, rows: 2 })).toMatchObject({ lines: ['4', '5'], cursor: null });
  });

  it('of a full-screen program is of the alternate screen, from its top where it hides the cursor', () => {
    const text = 'below\x1b[?1049h\x1b[H1\r\n2\r\n3\r\n4\r\n5';
    expect(previewOf(text, { cols: 20, rows: 2 }).lines).toEqual(['4', '5']);
    expect(previewOf(`${text}\x1b[?25l`, { cols: 20, rows: 2 })).toMatchObject({ lines: ['1', '2'], cursor: null });
    expect(previewOf(`${text}\x1b[?1049l`, { cols: 20, rows: 1 }).lines).toEqual(['below']);
  });

  it('shows in another terminal what the screen shows, whatever a program wrote', () => {
    fc.assert(
      fc.property(pieces, sizes, (parts, size) => {
        const emulator = newEmulator(size);
        emulator.feed(join(parts));
        const { lines } = preview(emulator, size);
        const expected = emulator.textLines({ historyLines: 0 });
        emulator.dispose();
        expect(lines.map((line) => textOf(line).trimEnd())).toEqual(expected);
      }),
      fuzz(500),
    );
  });

  it.each([1, 2, 7, 20, 60, 200])('is within its bounds, and in lines that stand by themselves: %i columns', (cols) => {
    fc.assert(
      fc.property(pieces, sizes, fc.integer({ min: 1, max: 60 }), (parts, size, rows) => {
        const emulator = newEmulator(size);
        emulator.feed(join(parts));
        const { lines, cursor } = preview(emulator, { cols, rows });
        emulator.dispose();
        expect(lines).toHaveLength(Math.min(rows, size.rows));
        for (const line of lines) {
          expect(line.replace(sgr, '')).not.toMatch(/\p{Cc}/u);
          if (line.includes('\x1b')) expect(line.endsWith('\x1b[0m')).toBe(true);
          expect(widthOf(line)).toBeLessThanOrEqual(Math.min(cols, size.cols));
        }
        if (cursor !== null) expect(cursor.col < cols && cursor.row < lines.length).toBe(true);
      }),
      fuzz(100),
    );
  });
});

describe('a preview of peeked lines', () => {
  it('is that of the screen itself', () => {
    for (const text of [
      'one\r\n\x1b[1;31mtwo\x1b[m',
      `${'x'.repeat(20)}y\x1b[3;9H`,
      '\x1b[?1049h\x1b[Hover\x1b[?25l',
    ]) {
      const emulator = shows(text);
      const { lines, facts } = peek(emulator, { historyLines: 0, isAnsi: true });
      for (const wanted of [
        { cols: 20, rows: 5 },
        { cols: 4, rows: 2 },
      ])
        expect(previewOfLines({ lines, facts }, wanted)).toEqual(preview(emulator, wanted));
    }
  });
});
