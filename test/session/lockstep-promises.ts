// What a session promises of the terminals that it is shown in.

import { expect } from 'vitest';
import { Emulator } from '../../src/emulator/emulator.ts';
import { differences } from '../emulator/differences.ts';
import { effectiveState, titlesOf } from './terminal-state.ts';

/** What each terminal shows before: text, a title, and another one below it on the stack. */
export const shownBefore = '\x1b]0;below\x07\x1b[22;0t\x1b]0;my terminal\x07some text\r\nprompt> stay\r\n';
/** In no stream of a program. */
export const sessionName = 'qzq';
const ownTitles = { current: 'my terminal', entries: ['below'] };

/** Compared by what they come to: the terminal was used before, and is not new. */
const comparedByEffect = [
  'title',
  'titleStack',
  'icon',
  'iconStack',
  'cwd',
  'privateModes',
  'ansiModes',
  'savedModes',
  'keyModifiers',
  'cursorStyle',
  'palette',
  'special',
];

/** The only row of a terminal, painted in place, is not told that it goes on from one that is gone. */
const isOnlyRowsWrap = (difference: string) => /^(normal|alt) line 0 of 1: expected isWrapped true$/.test(difference);

/** The holder's terminal shows, cell for cell and mode for mode, what the session's does. */
export function expectLockstep(session: Emulator, holder: Emulator, options: { areBlanksAlike: boolean }): void {
  // The last row of the terminal is ours where a line is shown.
  const rowsBelow = session.look?.kind === 'line' ? 1 : 0;
  expect(holder.rows).toBe(session.rows + rowsBelow);
  const except = [...comparedByEffect, 'rows'];
  const found = differences(session, holder, { ...options, except, historyLines: 0, rowsBelow });
  expect(
    found.filter((difference) => !isOnlyRowsWrap(difference)),
    'lockstep',
  ).toEqual([]);
  expect(effectiveState(holder), 'lockstep').toEqual(effectiveState(session));
  if (rowsBelow > 0) expect(holder.textLines({ historyLines: 0 }).at(-1)).toContain(shownName(holder.cols));
  const [shown, own] = [titlesOf(holder, ownTitles), titlesOf(session, null)];
  const title = own.window.current;
  if (session.look?.kind === 'title') own.window.current = title ? `${sessionName} - ${title}` : sessionName;
  expect(shown, 'titles in lockstep').toEqual(own);
}

/** What of the session's name has room on the line. */
function shownName(cols: number): string {
  return ` ${sessionName}`.slice(0, cols).trimEnd();
}

/** The terminal is as it was before: nothing is on that was not on, and its titles are its own. */
export function expectRestored(terminal: Emulator): void {
  const { cols, rows } = terminal;
  const untouched = new Emulator({ cols, rows, historyLines: 0, onReply: () => {}, onFault: () => {} });
  expect(effectiveState(terminal), 'restored').toEqual(effectiveState(untouched));
  expect(titlesOf(terminal, null), 'titles restored').toEqual({ window: ownTitles, icon: ownTitles });
  untouched.dispose();
  const lines = terminal.textLines({ historyLines: Number.POSITIVE_INFINITY });
  expect(
    lines.filter((line) => line.includes(sessionName)),
    'nothing of our line',
  ).toEqual([]);
}

/** What the session left on the normal screen stands right above the prompt to come. */
export function expectLastScreen(session: Emulator, terminal: Emulator): void {
  const { ybase, y, x } = terminal.parts.core.buffers.active;
  expect(x).toBe(0);
  const lines = terminal.textLines({ historyLines: ybase }).slice(ybase + y - session.endRow, ybase + y);
  const { normal } = session.parts.core.buffers;
  const left = Array.from({ length: session.endRow }, (_, row) => normal.lines.get(normal.ybase + row)!);
  expect(lines.map((line) => line.trimEnd())).toEqual(left.map((line) => line.translateToString(true).trimEnd()));
}

/**
 * The program was sent one answer to each question. `given` is all that was sent, `due` has the answers one by one;
 * `mayMiss`: not all need be there, but none twice.
 */
export function expectAnswersOnce(given: string, due: readonly string[], options: { mayMiss: boolean }): void {
  const open = due.map(shapeOf);
  const unasked: string[] = [];
  for (const answer of given.split(/(?=\x1b[[P\]])/).filter((text) => text !== '')) {
    const at = open.indexOf(shapeOf(answer));
    if (at === -1) unasked.push(answer);
    else open.splice(at, 1);
  }
  expect({ unasked, missing: options.mayMiss ? [] : open }, 'answers').toEqual({ unasked: [], missing: [] });
}

/** The kind of an answer, without its values. */
function shapeOf(answer: string): string {
  const [, prefix, final] = /^\x1b\[([?>=]?)[\d;]*(.*)$/.exec(answer) ?? [];
  return final === undefined ? answer.slice(1, 5) : `CSI ${prefix} ${final}`;
}
