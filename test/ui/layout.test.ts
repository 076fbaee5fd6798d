import { describe, expect, it } from 'vitest';
import {
  type ColumnId,
  type Columns,
  columnGap,
  columnIds,
  columnsFor,
  gutter,
  hasRoomForBoth,
  panesOf,
  regionsOf,
  scrolledTop,
} from '../../src/ui/layout.ts';

const content: Columns = { name: 20, state: 19, program: 9, directory: 30, output: 4, age: 4 };

function shown(columns: Columns): ColumnId[] {
  return columnIds.filter((id) => columns[id] > 0);
}

function total(columns: Columns): number {
  const ids = shown(columns);
  return gutter + ids.reduce((sum, id) => sum + columns[id], 0) + columnGap * Math.max(0, ids.length - 1);
}

describe('panes', () => {
  const shows = { beside: true, instead: false };

  it.each([
    [39, { list: 39, separator: 0, preview: 0 }],
    [79, { list: 79, separator: 0, preview: 0 }],
    [80, { list: 40, separator: 1, preview: 39 }],
    [100, { list: 43, separator: 1, preview: 56 }],
    [180, { list: 76, separator: 1, preview: 103 }],
    [300, { list: 76, separator: 1, preview: 223 }],
  ])('of %i cells', (cols, panes) => {
    expect(panesOf(cols, shows)).toEqual(panes);
  });

  it('take up the whole screen, and the list never shrinks as it grows', () => {
    for (const instead of [true, false])
      for (const beside of [true, false]) {
        let before = 0;
        for (let cols = 1; cols <= 300; cols++) {
          const { list, separator, preview } = panesOf(cols, { beside, instead });
          expect(list + separator + preview).toBe(cols);
          expect(Math.min(list, separator, preview)).toBeGreaterThanOrEqual(0);
          if (cols > 80) expect(list).toBeGreaterThanOrEqual(before);
          before = list;
        }
      }
  });

  it('are one where both have no room, the list unless the preview is wanted', () => {
    expect(hasRoomForBoth(79)).toBe(false);
    expect(panesOf(79, { beside: true, instead: true })).toEqual({ list: 0, separator: 0, preview: 79 });
    expect(panesOf(39, { beside: false, instead: false })).toEqual({ list: 39, separator: 0, preview: 0 });
  });

  it('are one where both have room and the preview is not wanted', () => {
    expect(hasRoomForBoth(80)).toBe(true);
    expect(panesOf(80, { beside: false, instead: true })).toEqual({ list: 80, separator: 0, preview: 0 });
  });
});

describe('columns', () => {
  it.each<[number, ColumnId[]]>([
    [20, ['name']],
    [34, ['name', 'state', 'program']],
    [38, ['name', 'state', 'program']],
    [39, ['name', 'state', 'program', 'output']],
    [54, ['name', 'state', 'program', 'directory', 'output']],
    [60, ['name', 'state', 'program', 'directory', 'output', 'age']],
  ])('at %i cells', (cols, ids) => {
    expect(shown(columnsFor(cols, content))).toEqual(ids);
  });

  it('never take more than there is, and come one after the other as it grows', () => {
    let before: ColumnId[] = [];
    for (let cols = 1; cols <= 300; cols++) {
      const columns = columnsFor(cols, content);
      expect(total(columns)).toBeLessThanOrEqual(Math.max(cols, gutter));
      expect(Math.min(...Object.values(columns))).toBeGreaterThanOrEqual(0);
      expect(shown(columns)).toEqual(expect.arrayContaining(before));
      before = shown(columns);
    }
  });

  it('show everything where there is room, and no more than that', () => {
    expect(columnsFor(300, content)).toEqual(content);
  });

  it('of short content do not ask for more than it', () => {
    const short = { name: 4, state: 7, program: 7, directory: 9, output: 4, age: 4 };
    expect(columnsFor(gutter + 35 + 5 * columnGap, short)).toEqual(short);
  });

  it('have bounds, however long a text in them', () => {
    const endless: Columns = { name: 500, state: 500, program: 500, directory: 500, output: 4, age: 4 };
    expect(columnsFor(1_000, endless)).toEqual({ name: 64, state: 40, program: 24, directory: 80, output: 4, age: 4 });
  });
});

describe('regions', () => {
  it('add up to the screen, and leave the list a row', () => {
    for (let rows = 1; rows <= 100; rows++)
      for (let height = 0; height <= 30; height++) {
        const regions = regionsOf(rows, { height, isQuestion: false });
        expect(Object.values(regions).reduce((sum, part) => sum + part)).toBe(rows);
        expect(regions.body).toBeGreaterThan(0);
        expect(Math.min(...Object.values(regions))).toBeGreaterThanOrEqual(0);
      }
  });

  it('on a single row show a question in place of the list', () => {
    expect(regionsOf(1, { height: 2, isQuestion: true })).toMatchObject({ body: 0, panel: 1 });
    expect(regionsOf(1, { height: 0, isQuestion: true })).toMatchObject({ body: 1, panel: 0 });
  });
});

describe('scrolling', () => {
  it.each([
    ['stays while the selection shows', 5, { selected: 9, count: 50, height: 10 }, 5],
    ['follows down', 5, { selected: 15, count: 50, height: 10 }, 6],
    ['follows up', 5, { selected: 2, count: 50, height: 10 }, 2],
    ['fills the window when the list gets shorter', 40, { selected: 41, count: 45, height: 10 }, 35],
    ['shows all when all fit', 5, { selected: 2, count: 4, height: 10 }, 0],
    ['copes with no sessions', 3, { selected: -1, count: 0, height: 10 }, 0],
    ['copes with no rows', 0, { selected: 2, count: 4, height: 0 }, 2],
  ])('%s', (_, top, list, expected) => {
    expect(scrolledTop(top, list)).toBe(expected);
  });
});
