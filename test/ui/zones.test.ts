import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyLines, headerLines } from '../../src/ui/list-lines.ts';
import type { ListState } from '../../src/ui/list-state.ts';
import { formHeight, listPanes, listRegions } from '../../src/ui/screen-plan.ts';
import { tableColumns } from '../../src/ui/session-table.ts';
import { type Zone, zoneAt } from '../../src/ui/zones.ts';
import { anyList } from './any-list.ts';
import { lookAt, makeList, unstyled } from './make-list.ts';
import { manySessions } from './sample-sessions.ts';

/** Every cell of the screen with what is there. */
function cellsOf(state: ListState): { col: number; row: number; zone: Zone }[] {
  const { cols, rows } = state.size;
  return Array.from({ length: cols * rows }, (_, index) => {
    const [col, row] = [index % cols, Math.floor(index / cols)];
    return { col, row, zone: zoneAt(state, { col, row }) };
  });
}

function kindsAt(state: ListState, row: number): string[] {
  return Array.from({ length: state.size.cols }, (_, col) => zoneAt(state, { col, row }).kind);
}

describe('what is at a cell', () => {
  it('is the row that is drawn there', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { header, titles, body } = listRegions(state);
        const { list } = listPanes(state);
        for (const { col, row, zone } of cellsOf(state)) {
          if (zone.kind !== 'row' && zone.kind !== 'close') continue;
          expect(col).toBeLessThan(list);
          expect(row).toBeLessThan(header + titles + body);
          const drawn = state.rows[state.top + row - header - titles - formHeight(state)];
          expect(zone.id).toBe(drawn?.session.id);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is something for every row that is drawn', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const found = new Set(cellsOf(state).flatMap(({ zone }) => ('id' in zone ? [zone.id] : [])));
        const count = listPanes(state).list === 0 ? 0 : listRegions(state).body - formHeight(state);
        expect(found.size).toBe(Math.min(count, state.rows.length));
      }),
      { numRuns: 40 },
    );
  });

  it('is the close mark where that is drawn under the mouse', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const first = cellsOf(state).find(({ zone }) => zone.kind === 'close');
        if (first === undefined || first.zone.kind !== 'close' || state.mode.kind === 'rename') return;
        const hovered = { ...state, pointer: { ...state.pointer, hoveredId: first.zone.id } };
        const { header, titles } = listRegions(state);
        const lines = bodyLines(lookAt(hovered), tableColumns(hovered, '/home/me'));
        const mark = lookAt(hovered).theme.marks.close;
        expect(unstyled(lines[first.row - header - titles] ?? '')).toMatch(new RegExp(` ${mark} $`));
      }),
      { numRuns: 40 },
    );
  });

  it('is "New session" exactly where the words are', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { header } = listRegions(state);
        const cols = cellsOf(state).flatMap(({ col, row, zone }) => (zone.kind === 'new' && row === 0 ? [col] : []));
        const line = header > 0 ? unstyled(headerLines(lookAt(state))[0] ?? '') : '';
        const start = line.indexOf('+ New session');
        expect(cols).toEqual(start < 0 ? [] : Array.from('+ New session', (_, index) => start + index));
      }),
    );
  });

  it('is the preview only where that is', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { list, separator } = listPanes(state);
        for (const { col, zone } of cellsOf(state))
          if (zone.kind === 'preview') expect(col).toBeGreaterThanOrEqual(list + separator);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a screen of 80x24', () => {
  const state = makeList({ sessions: manySessions(40) })
    .press('G')
    .state();

  it.each([
    ['the header', { col: 3, row: 0 }, { kind: 'nothing' }],
    ['the words of the header', { col: 70, row: 0 }, { kind: 'new' }],
    ['the row below the words', { col: 70, row: 1 }, { kind: 'nothing' }],
    ['the titles', { col: 5, row: 2 }, { kind: 'nothing' }],
    ['the first row', { col: 0, row: 3 }, { kind: 'row', id: 'id-session-022' }],
    ['the last row', { col: 35, row: 21 }, { kind: 'row', id: 'id-session-040' }],
    ['the end of a row', { col: 37, row: 4 }, { kind: 'close', id: 'id-session-023' }],
    ['the line between the panes', { col: 40, row: 4 }, { kind: 'nothing' }],
    ['the preview', { col: 41, row: 4 }, { kind: 'preview' }],
    ['the title of the preview', { col: 79, row: 2 }, { kind: 'preview' }],
    ['the keys', { col: 5, row: 23 }, { kind: 'nothing' }],
  ])('has %s', (_, cell, zone) => {
    expect(zoneAt(state, cell)).toEqual(zone);
  });

  it('has nothing below the last of few sessions', () => {
    expect(zoneAt(makeList({ sessions: manySessions(2) }).state(), { col: 3, row: 5 })).toEqual({ kind: 'nothing' });
  });

  it('has three cells for a close mark', () => {
    expect(kindsAt(state, 5).filter((kind) => kind === 'close')).toHaveLength(3);
  });
});

it('a list too narrow for rows cannot be told to close one', () => {
  const narrow = makeList({ size: { cols: 3, rows: 10 } }).state();
  expect(new Set(kindsAt(narrow, 3))).toEqual(new Set(['row']));
});
