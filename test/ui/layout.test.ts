import { describe, expect, it } from 'vitest';
import {
  type ColumnId,
  type Columns,
  columnGap,
  columnIds,
  columnsFor,
  gutter,
  regionsOf,
  scrolledTop,
} from '../../src/ui/layout.ts';

const content: Columns = { name: 20, state: 19, program: 9, directory: 30, output: 6, age: 4 };

function shown(columns: Columns): ColumnId[] {
  return columnIds.filter((id) => columns[id] > 0);
}

function total(columns: Columns): number {
  const ids = shown(columns);
  return gutter + ids.reduce((sum, id) => sum + columns[id], 0) + columnGap * Math.max(0, ids.length - 1);
}

describe('columns', () => {
  it.each<[number, ColumnId[]]>([
    [20, ['name']],
    [34, ['name', 'state']],
    [40, ['name', 'state', 'output']],
    [50, ['name', 'state', 'program', 'output']],
    [62, ['name', 'state', 'program', 'directory', 'output']],
    [80, ['name', 'state', 'program', 'directory', 'output', 'age']],
  ])('at %i cells', (cols, ids) => {
    expect(shown(columnsFor(cols, content))).toEqual(ids);
  });

  it('never take more than there is, and come one after the other as it grows', () => {
    let before: ColumnId[] = [];
    for (let cols = 1; cols <= 300; cols++) {
      const columns = columnsFor(cols, content);
      expect(total(columns)).toBeLessThanOrEqual(Math.max(cols, gutter));
      expect(shown(columns)).toEqual(expect.arrayContaining(before));
      before = shown(columns);
    }
  });

  it('show everything where there is room, and no more than that', () => {
    expect(columnsFor(300, content)).toEqual(content);
  });

  it('of short content do not ask for more than it', () => {
    const short = { name: 4, state: 7, program: 7, directory: 9, output: 6, age: 4 };
    expect(columnsFor(gutter + 37 + 5 * columnGap, short)).toEqual(short);
  });
});

describe('regions', () => {
  it('add up to the screen, and leave the list a row', () => {
    for (let rows = 1; rows <= 100; rows++)
      for (let height = 0; height <= 6; height++) {
        const regions = regionsOf(rows, { height, isQuestion: false });
        expect(Object.values(regions).reduce((sum, part) => sum + part)).toBe(rows);
        expect(regions.body).toBeGreaterThan(0);
        expect(Math.min(...Object.values(regions))).toBeGreaterThanOrEqual(0);
      }
  });

  it('on a single row show a question in place of the list', () => {
    expect(regionsOf(1, { height: 2, isQuestion: true })).toMatchObject({ body: 0, panel: 1 });
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
