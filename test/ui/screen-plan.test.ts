import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bindingsOf,
  formHeight,
  helpFrame,
  helpHeight,
  helpScroll,
  listHeight,
  listPanes,
  listRegions,
  panelLines,
  previewSize,
  visibleRows,
} from '../../src/ui/screen-plan.ts';
import { anyList } from './any-list.ts';
import { makeList } from './make-list.ts';
import { manySessions } from './sample-sessions.ts';

describe('the plan of any screen', () => {
  it('shares it out, and gives nothing less than nothing', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { size } = state;
        const regions = Object.values(listRegions(state));
        const panes = Object.values(listPanes(state));
        expect(regions.reduce((sum, part) => sum + part)).toBe(size.rows);
        expect(panes.reduce((sum, part) => sum + part)).toBe(size.cols);
        for (const part of [...regions, ...panes, listHeight(state), formHeight(state), helpScroll(state), state.top])
          expect(part).toBeGreaterThanOrEqual(0);
        expect(listHeight(state) + formHeight(state)).toBe(listRegions(state).body);
      }),
    );
  });

  it('shows the selected session wherever a row shows, and no more rows than fit', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const rows = visibleRows(state);
        expect(rows.length).toBeLessThanOrEqual(listHeight(state));
        expect(rows.length).toBe(Math.min(listHeight(state), state.rows.length));
        if (rows.length > 0) expect(rows.some(({ session }) => session.id === state.selectedId)).toBe(true);
      }),
    );
  });

  it('has a place for what is typed', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { kind } = state.mode;
        if (kind === 'new' || kind === 'making' || kind === 'rename' || kind === 'filter')
          expect(listPanes(state).list).toBeGreaterThan(0);
        if (kind === 'new') expect(formHeight(state)).toBeGreaterThan(0);
        if (kind === 'filter' && state.size.rows > 1) expect(listRegions(state).panel).toBeGreaterThan(0);
      }),
    );
  });

  it('has a place for a question', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        if (state.mode.kind === 'confirm') expect(listRegions(state).panel).toBeGreaterThan(0);
      }),
    );
  });

  it('gives the preview a picture within its pane, or none', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const size = previewSize(state);
        if (size === null) return;
        expect(size.cols).toBeGreaterThan(0);
        expect(size.rows).toBeGreaterThan(0);
        expect(size.cols).toBeLessThan(listPanes(state).preview);
        expect(size.rows).toBeLessThan(state.size.rows);
      }),
    );
  });

  it('keeps the help above the keys', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const height = helpHeight(state) + helpFrame(state);
        expect(helpHeight(state)).toBeGreaterThan(0);
        expect(height).toBeLessThanOrEqual(Math.max(1, state.size.rows - listRegions(state).footer));
        if (state.mode.kind === 'help') expect(state.mode.top).toBeLessThanOrEqual(helpScroll(state));
      }),
    );
  });
});

describe('a screen of 80x24', () => {
  const plan = (...keys: string[]) => {
    const state = makeList({ sessions: manySessions(40) })
      .press(...keys)
      .state();
    return { ...listRegions(state), list: listHeight(state), form: formHeight(state) };
  };

  it.each([
    ['browsing', [], { header: 2, titles: 1, body: 19, panel: 0, footer: 2, list: 19, form: 0 }],
    ['filtering', ['/'], { header: 2, titles: 1, body: 18, panel: 1, footer: 2, list: 18, form: 0 }],
    ['a new session', ['n'], { header: 2, titles: 1, body: 19, panel: 0, footer: 2, list: 14, form: 5 }],
    ['a question', ['x'], { header: 2, titles: 1, body: 18, panel: 1, footer: 2, list: 18, form: 0 }],
  ])('while %s', (_, keys, expected) => {
    expect(plan(...keys)).toEqual(expected);
  });

  it('has a preview of 38x19, on one of 40x10 only on demand', () => {
    expect(previewSize(makeList().state())).toEqual({ cols: 38, rows: 19 });
    const small = makeList({ size: { cols: 40, rows: 10 } });
    expect(previewSize(small.state())).toBe(null);
    expect(previewSize(small.press('tab').state())).toEqual({ cols: 39, rows: 7 });
  });
});

describe('the form', () => {
  it('is its focused field alone where there is no room for more', () => {
    const list = makeList({ size: { cols: 40, rows: 7 } }).press('n');
    expect(formHeight(list.state())).toBe(1);
  });
});

describe('the panel', () => {
  it('holds the question rather than the filter where there is one line', () => {
    const list = makeList({ size: { cols: 40, rows: 2 } })
      .press('/')
      .type('web')
      .press('tab', 'x');
    expect(listRegions(list.state()).panel).toBe(1);
    expect(panelLines(list.state())[0]).toMatch(/^Kill "web"\?/);
  });
});

describe('the keys at the bottom', () => {
  const hints = (...keys: string[]) =>
    bindingsOf(
      makeList()
        .press(...keys)
        .state(),
    ).flatMap(({ hint }) => hint ?? []);

  it.each([
    [[], ['attach', 'filter', 'new', 'rename', 'kill', 'preview', 'keys', 'quit']],
    [['/'], ['attach', 'keep', 'all']],
    [['n'], ['make', 'next field', 'cancel']],
    [['r'], ['accept', 'cancel']],
    [['x'], ['yes', 'no']],
    [['n', 'enter'], []],
  ])('after %j are %j', (keys, expected) => {
    expect(hints(...keys)).toEqual(expected);
  });

  it('of the help tell of scrolling only where it scrolls', () => {
    const helped = (size: { cols: number; rows: number }) =>
      bindingsOf(makeList({ size }).press('?').state()).map(({ action }) => action);
    expect(helped({ cols: 300, rows: 100 })).toEqual(['close']);
    expect(helped({ cols: 40, rows: 10 })).toEqual(['close', 'down', 'up']);
  });
});
