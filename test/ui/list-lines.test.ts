import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/ui/display-width.ts';
import {
  bodyLines,
  cursorOf,
  footerLines,
  headerLines,
  helpView,
  panelView,
  titleLines,
} from '../../src/ui/list-lines.ts';
import type { ListState } from '../../src/ui/list-state.ts';
import { previewLines } from '../../src/ui/preview-lines.ts';
import { helpFrame, listPanes, listRegions } from '../../src/ui/screen-plan.ts';
import { tableColumns } from '../../src/ui/session-table.ts';
import { anyList } from './any-list.ts';
import { lookAt, makeList, named, unstyled } from './make-list.ts';
import { oneOfEach, sampleHolder, sampleSession } from './sample-sessions.ts';

const home = '/home/me';

function body(state: ListState): string[] {
  return bodyLines(lookAt(state), tableColumns(state, home)).map(unstyled);
}

function header(state: ListState): string {
  return headerLines(lookAt(state)).map(unstyled).join('\n');
}

function footer(state: ListState): string {
  return footerLines(lookAt(state), listRegions(state)).map(unstyled).join('\n');
}

/** Widest of `lines` in cells. */
function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(widthOf));
}

describe('the lines of any list', () => {
  it('are no wider than their pane', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const look = lookAt(state);
        const { cols } = state.size;
        const panes = listPanes(state);
        const columns = tableColumns(state, home);
        expect(widest(headerLines(look))).toBeLessThanOrEqual(cols);
        expect(widest(footerLines(look, listRegions(state)))).toBeLessThanOrEqual(cols);
        // A wide character has no room at all on a screen of one column.
        if (cols > 1) expect(widest(panelView(look))).toBeLessThanOrEqual(cols);
        if (panes.list > 0) {
          expect(widest(titleLines(look, columns))).toBeLessThanOrEqual(panes.list);
          expect(widest(bodyLines(look, columns))).toBeLessThanOrEqual(panes.list);
        }
        expect(widest(previewLines(look))).toBeLessThanOrEqual(panes.preview);
      }),
    );
  });

  it('are no more than their region has', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const look = lookAt(state);
        const { header, footer, body } = listRegions(state);
        const lines = bodyLines(look, tableColumns(state, home));
        if (header > 0) expect(headerLines(look).length).toBeLessThanOrEqual(header);
        if (footer > 0) expect(footerLines(look, listRegions(state)).length).toBeLessThanOrEqual(footer);
        if (body > 0) expect(lines.length).toBeLessThanOrEqual(body);
        const help = helpView(look, 0);
        if (state.size.cols > 4) expect(help.width + 2 + helpFrame(state)).toBeLessThanOrEqual(state.size.cols);
      }),
    );
  });

  it('show what is selected and what is marked without any colour', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { mode, marked, selectedId } = state;
        if (mode.kind === 'new' || mode.kind === 'making' || listPanes(state).list < 20) return;
        const lines = body(state);
        const { pointer } = lookAt(state).theme.marks;
        expect(lines.filter((line) => line.startsWith(pointer))).toHaveLength(
          selectedId === null || listRegions(state).body === 0 ? 0 : 1,
        );
        if (marked.size === 0) return;
        const shown = state.rows.slice(state.top, state.top + lines.length);
        const isMarked = shown.map(({ session }) => marked.has(session.id) && session.id !== selectedId);
        const mark = lookAt(state).theme.marks.marked;
        for (const [index, line] of lines.entries()) if (isMarked[index]) expect(line[1]).toBe(mark);
      }),
    );
  });

  it('have the cursor on the screen where something is typed, and nowhere else', () => {
    fc.assert(
      fc.property(anyList, (state) => {
        const { mode, size } = state;
        const regions = listRegions(state);
        const cursor = cursorOf(lookAt(state), regions);
        const isTyping = mode.kind === 'rename' || mode.kind === 'filter' || mode.kind === 'new';
        if (!isTyping) expect(cursor).toBe(undefined);
        if (cursor === undefined) return;
        expect(cursor.x).toBeGreaterThanOrEqual(0);
        expect(cursor.x).toBeLessThan(size.cols);
        expect(cursor.y).toBeGreaterThanOrEqual(regions.header + regions.titles);
        expect(cursor.y).toBeLessThan(size.rows - regions.footer);
      }),
    );
  });
});

describe('the header', () => {
  it('counts the sessions, those that a filter left, and the marked ones', () => {
    expect(header(makeList({ sessions: [], size: { cols: 20, rows: 20 } }).state())).toBe('  stay');
    expect(header(makeList({ sessions: named('a') }).state())).toMatch(/^ {2}stay {3}1 session {2,}/);
    expect(header(makeList().state())).toMatch(/^ {2}stay {3}6 sessions {2,}/);
    expect(header(makeList().press('/').type('hung').state())).toMatch(/^ {2}stay {3}1 of 6 sessions {2,}/);
    expect(header(makeList().press('space', 'space').state())).toMatch(/^ {2}stay {3}6 sessions, 2 marked {2,}/);
    expect(header(makeList().press('o').state())).toMatch(/^ {2}stay {3}6 sessions, by name {2,}/);
  });

  it('has the words to click on at its right, unless there is no mouse or no room', () => {
    expect(header(makeList().state())).toMatch(/\+ New session$/);
    expect(widthOf(header(makeList().state()))).toBe(78);
    expect(header(makeList({ preferences: { hasMouse: false } }).state())).not.toContain('New');
    expect(header(makeList({ size: { cols: 36, rows: 20 } }).state())).not.toContain('New');
  });
});

describe('a row', () => {
  const rowOf = (changes: Parameters<typeof sampleSession>[1], ...keys: string[]) =>
    body(
      makeList({ sessions: [sampleSession('a', changes), ...named('b')] })
        .press(...keys)
        .state(),
    )[0];

  it.each([
    ['a held one', { attached: sampleHolder }, /^> ● a/],
    ['a running one', {}, /^> ○ a/],
    ['an exited one', { state: 'exited', exitCode: 1 }, /^> × a .*exited 1/],
    ['a stopped one', { state: 'stopped' }, /^> ■ a .*stopped/],
    ['one that does not answer', { isAnswering: false }, /^> \? a .*not answering/],
  ] as const)('of %s has its mark and its words', (_, changes, expected) => {
    expect(rowOf({ ...changes, lastUsedAt: Number.MAX_SAFE_INTEGER })).toMatch(expected);
  });

  it('shows a pin and a mark', () => {
    const list = makeList({ sessions: [sampleSession('a', { isPinned: true }), sampleSession('b')] });
    expect(body(list.press('space').state())).toEqual([
      expect.stringMatching(/^★✓○ a/),
      expect.stringMatching(/^> ○ b/),
    ]);
  });

  it('in ASCII has no other characters', () => {
    const state = makeList({ sessions: oneOfEach.slice(0, 2), preferences: { isAscii: true } }).state();
    expect(body(state).join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  it('under the mouse has a mark at its end that closes the session', () => {
    const list = makeList().input({ kind: 'mouse', action: 'move', button: null, col: 5, row: 4 });
    const lines = body(list.state());
    expect(lines[1]).toMatch(/ × $/);
    expect(lines[0]).not.toMatch(/ × $/);
    expect(lines.map(widthOf)).toEqual(lines.map(() => 39));
  });

  it('being renamed is a field', () => {
    expect(body(makeList().press('down', 'r').type('x').state())[1]).toBe('> ○ webx');
  });
});

describe('an empty list', () => {
  const at = (cols: number, rows: number) => body(makeList({ sessions: [], size: { cols, rows } }).state());

  it('says what to do, and what that does', () => {
    expect(at(80, 24)).toEqual([
      '',
      '  No sessions yet. Press n to make one.',
      '',
      '  It goes on when you close the window or lose the connection.',
      '  Inside, Ctrl-\\ brings you back here.',
    ]);
  });

  it('says the most important thing where there is little room', () => {
    expect(at(40, 6)).toEqual(['  No sessions yet. Press n to make one.']);
  });

  it('tells the keys that the settings give', () => {
    const [browse] = [makeList().state().preferences.keys.browse];
    const keys = {
      ...makeList().state().preferences.keys,
      browse: browse.map((binding) => (binding.action === 'new' ? { ...binding, keys: ['ctrl-n'] } : binding)),
    };
    const state = makeList({ sessions: [], preferences: { keys, detachKey: null } }).state();
    expect(body(state).join('\n')).toContain('Press Ctrl-N to make one.');
    expect(body(state).join('\n')).not.toContain('Inside');
  });

  it('says nothing before anything is known', () => {
    expect(body(makeList({ sessions: null }).state())).toEqual([]);
  });

  it('says so when no session matches', () => {
    expect(body(makeList().press('/').type('zzz').state())).toEqual(['  No session matches.']);
  });
});

describe('the panel', () => {
  it('has the filter, then what is told', () => {
    const panel = (...keys: string[]) =>
      panelView(
        lookAt(
          makeList()
            .press(...keys)
            .state(),
        ),
      ).map(unstyled);
    expect(panel('/', 'w', 'e')).toEqual(['  / we']);
    expect(panel('/', 'w', 'e', 'tab', 'd')).toEqual(['  / we', '  Nobody holds "web".']);
    expect(panel('/', 'w', 'e', 'tab', 'x')).toEqual([
      '  Kill "web"? This ends npm and everything else that runs in it.',
    ]);
  });
});

describe('the keys at the bottom', () => {
  it('are as many as fit, the most important first', () => {
    const at = (cols: number) => footer(makeList({ size: { cols, rows: 10 } }).state());
    expect(at(100)).toBe('  Enter attach   / filter   n new   r rename   x kill   p preview   ? keys   q quit');
    expect(at(70)).toBe('  Enter attach   / filter   n new   r rename   ? keys   q quit');
    expect(at(40)).toBe('  Enter attach   n new   ? keys   q quit');
    expect(at(20)).toBe('Enter attach   n new');
    expect(at(5)).toBe('');
  });
});
