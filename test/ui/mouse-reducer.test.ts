import { describe, expect, it } from 'vitest';
import type { KeyInput } from '../../src/ui/key-decoder.ts';
import { makeList, type TestList } from './make-list.ts';
import { manySessions, oneOfEach } from './sample-sessions.ts';

type Mouse = Extract<KeyInput, { kind: 'mouse' }>;

/** Rows of the screen of 80x24 on which the sessions are. */
const firstRow = 3;
const secondRow = 4;
const closeCol = 37;
const previewCol = 60;

function point(action: Mouse['action'], { col = 5, row = firstRow, button = null as Mouse['button'] } = {}): Mouse {
  return { kind: 'mouse', action, button, col, row };
}

function press(col: number, row: number, button: Mouse['button'] = 'left'): Mouse {
  return point('press', { col, row, button });
}

/** Presses the left button and lets it go. */
function click(list: TestList, col: number, row: number): TestList {
  return list.input(press(col, row)).input(point('release', { col, row, button: 'left' }));
}

const attached = (name: string) => [{ kind: 'end', result: { kind: 'attach', id: `id-${name}` } }];

describe('a click', () => {
  it('selects', () => {
    const list = makeList().input(press(5, secondRow));
    expect(list.selected()).toBe('web');
    expect(list.asked()).toEqual([]);
  });

  it('on nothing does nothing', () => {
    const list = makeList();
    for (const [col, row] of [
      [5, 0],
      [5, 2],
      [5, 15],
      [39, firstRow],
      [5, 23],
    ] as const)
      expect(list.input(press(col, row)).selected()).toBe('api');
    expect(list.asked()).toEqual([]);
  });

  it('with another button does nothing, and neither does letting go', () => {
    const list = makeList();
    for (const input of [press(5, secondRow, 'right'), press(5, secondRow, 'middle')]) list.input(input);
    list.input(point('release', { row: secondRow, button: 'left' }));
    expect(list.selected()).toBe('api');
  });

  it('on "New session" opens its form', () => {
    const list = makeList().input(press(70, 0));
    expect(list.state().mode.kind).toBe('new');
    expect(list.asked()).toEqual([{ kind: 'propose' }]);
  });

  it('on the close mark asks whether to kill that session alone, marked ones or not', () => {
    const list = makeList().press('space', 'space').input(press(closeCol, secondRow));
    expect(list.selected()).toBe('web');
    expect(list.state().mode).toEqual({ kind: 'confirm', what: 'kill', ids: ['id-web'] });
    expect(list.asked()).toEqual([]);
    expect(list.press('y').asked()).toEqual([{ kind: 'kill', ids: ['id-web'] }]);
  });
});

describe('two clicks', () => {
  const twice = (list: TestList, pauseMs: number) => click(click(list, 5, secondRow).pass(pauseMs), 6, secondRow);

  it('in a moment attach', () => {
    expect(twice(makeList(), 400).asked()).toEqual(attached('web'));
  });

  it('attach when the button is let go: the session would be told of that', () => {
    const list = click(makeList(), 5, secondRow).input(press(5, secondRow));
    expect(list.asked()).toEqual([]);
    expect(list.input(point('release', { row: secondRow, button: 'left' })).asked()).toEqual(attached('web'));
  });

  it('with a pause do not', () => {
    expect(twice(makeList(), 401).asked()).toEqual([]);
  });

  it('on two rows do not', () => {
    expect(click(click(makeList(), 5, firstRow), 5, secondRow).asked()).toEqual([]);
  });

  it('mean the session, wherever its row has gone meanwhile', () => {
    const list = click(makeList(), 5, secondRow);
    list.tell(oneOfEach.filter(({ name }) => name !== 'api'));
    expect(click(list, 5, secondRow).asked()).toEqual([]);
    expect(click(click(list.pass(1_000), 5, firstRow), 5, firstRow).asked()).toEqual(attached('web'));
  });

  it('on the preview attach to what it shows', () => {
    const list = click(click(makeList().press('down'), previewCol, 10), previewCol, 12);
    expect(list.asked()).toEqual(attached('web'));
    expect(click(click(makeList({ sessions: [] }), previewCol, 10), previewCol, 10).asked()).toEqual([]);
  });

  it('on a session that has gone do nothing', () => {
    const list = click(makeList({ sessions: oneOfEach.slice(0, 1) }), previewCol, 10).tell([]);
    expect(click(list, previewCol, 10).asked()).toEqual([]);
  });
});

describe('moving', () => {
  it('shows the close mark of the row below, and whether it is on it', () => {
    const pointerAt = (col: number, row: number) => makeList().input(point('move', { col, row })).state().pointer;
    expect(pointerAt(5, secondRow)).toMatchObject({ hoveredId: 'id-web', isOverClose: false });
    expect(pointerAt(closeCol, secondRow)).toMatchObject({ hoveredId: 'id-web', isOverClose: true });
    expect(pointerAt(previewCol, secondRow)).toMatchObject({ hoveredId: null, isOverClose: false });
  });

  it('selects nothing', () => {
    expect(
      makeList()
        .input(point('move', { row: secondRow }))
        .selected(),
    ).toBe('api');
  });

  it('between two clicks does not part them', () => {
    const list = click(makeList(), 5, secondRow);
    list.input(point('move', { col: 6, row: secondRow }));
    expect(click(list, 6, secondRow).asked()).toEqual(attached('web'));
  });
});

describe('the wheel', () => {
  it('goes through the sessions, to their ends', () => {
    const list = makeList({ sessions: manySessions(5) });
    const down = point('wheelDown');
    expect(list.input(down).selected()).toBe('session-004');
    expect(list.input(down).input(down).selected()).toBe('session-005');
    expect(list.input(point('wheelUp')).selected()).toBe('session-002');
    expect(list.input(point('wheelUp')).input(point('wheelUp')).selected()).toBe('session-001');
  });

  it('takes away the close mark, under which rows go by', () => {
    const list = makeList({ sessions: manySessions(50) }).input(point('move', { row: secondRow, col: closeCol }));
    expect(list.state().pointer).toMatchObject({ hoveredId: 'id-session-002', isOverClose: true });
    expect(list.input(point('wheelDown')).state().pointer).toMatchObject({ hoveredId: null, isOverClose: false });
  });

  it('does nothing without sessions', () => {
    expect(makeList({ sessions: [] }).input(point('wheelDown')).selected()).toBe(undefined);
  });
});

describe('the mouse', () => {
  it.each([
    ['a form', ['n']],
    ['a rename', ['r']],
    ['a question', ['x']],
    ['the help', ['?']],
  ])('is not for %s', (_, keys) => {
    const list = makeList().press(...keys);
    list.asked();
    const before = list.state();
    for (const input of [press(5, secondRow), press(70, 0), press(closeCol, firstRow), point('wheelDown')])
      list.input(input);
    expect(list.state()).toEqual(before);
    expect(list.asked()).toEqual([]);
  });

  it('works while one filters', () => {
    const list = click(makeList().press('/'), 5, secondRow);
    expect(list.selected()).toBe('web');
    expect(list.state().mode.kind).toBe('filter');
    expect(click(list, 5, secondRow).asked()).toEqual(attached('web'));
  });
});
