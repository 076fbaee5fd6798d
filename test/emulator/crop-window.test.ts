import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropWindow, type ShownScreen } from '../../src/emulator/crop-window.ts';

function screen(changes: Partial<ShownScreen> = {}): ShownScreen {
  return { cols: 80, rows: 50, cursor: { col: 0, row: 0, width: 1 }, lastUsedRow: 49, ...changes };
}

const cursorAt = (row: number, col = 0, width = 1) => ({ col, row, width });
const topOf = (row: number, rows: number, lastUsedRow = 49) =>
  cropWindow(screen({ cursor: cursorAt(row), lastUsedRow }), { cols: 80, rows }).top;
const leftOf = (col: number, cols: number, width = 1) =>
  cropWindow(screen({ cursor: cursorAt(0, col, width) }), { cols, rows: 50 }).left;

describe('the rows', () => {
  it('are all of them where they fit', () => {
    expect(cropWindow(screen({ cursor: cursorAt(49) }), { cols: 200, rows: 60 })).toEqual({
      ...{ top: 0, left: 0, cols: 80, rows: 50 },
    });
  });

  it('end at the last used one when the cursor is near it', () => {
    expect(topOf(49, 20)).toBe(30);
    expect(topOf(46, 20)).toBe(30);
    // The last used row is the cursor's own where nothing stands below it.
    expect(topOf(30, 20, 12)).toBe(11);
    expect(topOf(12, 20, 12)).toBe(0);
  });

  it('begin at the first when the cursor is near it', () => {
    expect(topOf(0, 20)).toBe(0);
    expect(topOf(10, 20)).toBe(0);
  });

  it('have more above the cursor than below it in between, and move with it', () => {
    expect(topOf(25, 20)).toBe(10);
    expect(topOf(26, 20)).toBe(11);
  });

  it('are the cursor’s alone where there is only one', () => {
    for (const row of [0, 17, 49]) expect(topOf(row, 1)).toBe(row);
  });

  it('are the first where there is no cursor to look at', () => {
    expect(cropWindow(screen({ cursor: null }), { cols: 10, rows: 10 })).toMatchObject({ top: 0, left: 0 });
  });
});

describe('the columns', () => {
  it('begin at the first, or are shifted as far as the cursor needs', () => {
    expect(leftOf(39, 40)).toBe(0);
    expect(leftOf(40, 40)).toBe(1);
    expect(leftOf(79, 40)).toBe(40);
  });

  it('show the whole of a wide character under the cursor, where it fits', () => {
    expect(leftOf(39, 40, 2)).toBe(1);
    expect(leftOf(39, 1, 2)).toBe(39);
  });
});

it('is always within the screen, no larger than wanted, and has the cursor in it', () => {
  const size = fc.record({ cols: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(size, size, fc.nat(), fc.nat(), fc.nat(), (shown, wanted, col, row, used) => {
      const cursor = cursorAt(row % shown.rows, col % shown.cols);
      const window = cropWindow({ ...shown, cursor, lastUsedRow: (used % (shown.rows + 1)) - 1 }, wanted);
      const { top, left, cols, rows } = window;
      expect(cols).toBe(Math.min(wanted.cols, shown.cols));
      expect(rows).toBe(Math.min(wanted.rows, shown.rows));
      expect(top >= 0 && top + rows <= shown.rows).toBe(true);
      expect(left >= 0 && left + cols <= shown.cols).toBe(true);
      expect(cursor.row >= top && cursor.row < top + rows).toBe(true);
      expect(cursor.col >= left && cursor.col < left + cols).toBe(true);
    }),
  );
});
