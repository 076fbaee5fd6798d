import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/ui/display-width.ts';
import { type Columns, columnGap, columnIds } from '../../src/ui/layout.ts';
import type { ListState } from '../../src/ui/list-state.ts';
import { withNotice } from '../../src/ui/list-state.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { sessionRow, stateTexts, tableColumns, titleRow, wakeIn } from '../../src/ui/session-table.ts';
import { lookAt, makeList, unstyled } from './make-list.ts';
import { manySessions, oneOfEach, sampleHolder, sampleSession, testNow } from './sample-sessions.ts';

const home = '/home/me';
const nothingNew = { seenAt: 0, bellAt: null, notification: null, progress: null, command: null };

/** The list alone, on a screen of `cols`. */
function listOf(sessions: readonly ListedSession[], cols = 79, ...keys: string[]): ListState {
  const list = makeList({ sessions, size: { cols, rows: 24 } });
  return (cols >= 80 ? list.press('p') : list).press(...keys).state();
}

/** The first row as it is drawn. */
function styledRow(state: ListState): string {
  const [row] = state.rows;
  if (row === undefined) throw new Error('There is no row.');
  const { theme } = lookAt(state);
  return sessionRow(row, { columns: tableColumns(state, home), theme, now: testNow, home });
}

function row(...args: Parameters<typeof listOf>): string {
  return unstyled(styledRow(listOf(...args)));
}

function total(columns: Columns): number {
  const ids = columnIds.filter((id) => columns[id] > 0);
  return ids.reduce((sum, id) => sum + columns[id], 0) + columnGap * Math.max(0, ids.length - 1);
}

describe('rows', () => {
  it('say less and less as the screen gets narrower', () => {
    expect(row(oneOfEach, 120)).toBe('api      held by pts/3 from 10.0.0.7  vim      ~/src        3s    2h');
    expect(row(oneOfEach, 79)).toBe('api      pts/3 from 10.0.0.7  vim      ~/src        3s    2h');
    expect(row(oneOfEach, 40)).toBe('api      pts/3         vim        3s');
    expect(row(oneOfEach, 20)).toBe('api    ');
  });

  it('are as wide as their columns, and stand under the titles, at any width', () => {
    const sessions = [
      sampleSession('日本語のとても長い名前です', { cwd: '/home/me/資料/プロジェクト', program: 'プログラム' }),
      sampleSession('👩‍👩‍👧🚀🇩🇪', { attached: sampleHolder }),
      ...oneOfEach,
    ];
    for (let cols = 4; cols <= 160; cols++) {
      const state = listOf(sessions, cols);
      const columns = tableColumns(state, home);
      const { theme } = lookAt(state);
      expect(widthOf(titleRow(columns))).toBe(total(columns));
      for (const one of state.rows)
        expect(widthOf(sessionRow(one, { columns, theme, now: testNow, home }))).toBe(total(columns));
    }
  });

  it('do not move their columns when the list scrolls or is filtered', () => {
    const sessions = [...manySessions(50), sampleSession('a-very-long-name-at-the-end', { lastUsedAt: 0 })];
    const top = tableColumns(listOf(sessions), home);
    expect(tableColumns({ ...listOf(sessions), top: 30 }, home)).toEqual(top);
    expect(tableColumns(listOf(sessions, 79, '/', '4', '2'), home)).toEqual(top);
    expect(top.name).toBe('a-very-long-name-at-the-end'.length);
  });

  it('have no output for a session that was always silent', () => {
    expect(row([sampleSession('a', { lastOutputAt: null })])).toMatch(/ - {4}2h$/);
  });

  it('show what a session says of itself without obeying it', () => {
    const session = sampleSession('a\x1b[2Jb', { program: 'x\x07', cwd: '/\x1b]0;y' });
    expect(row([session], 120)).not.toMatch(/[\x1b\x07]/);
  });

  it('shorten a long directory as people do', () => {
    expect(row([sampleSession('a', { cwd: '/home/me/work/company/project/src/main' })], 60)).toContain(
      '~/w/c/p/src/main  ',
    );
  });
});

describe('news', () => {
  const bell = { ...nothingNew, bellAt: testNow };

  it('stand behind the state where there is room, and in its place where there is none', () => {
    expect(stateTexts(sampleSession('a', { activity: bell }))).toEqual(['running, bell', 'bell']);
    expect(row([sampleSession('a', { activity: bell })], 120)).toContain('running, bell');
    const command = { at: testNow, exitCode: 2 };
    expect(row([sampleSession('a', { activity: { ...nothingNew, command } })], 41)).toMatch(/^a +command failed 2 /);
    expect(row([sampleSession('a', { activity: { ...nothingNew, command } })], 24)).toMatch(/^a +failed 2 +$/);
  });

  it('leave the state of what has ended standing', () => {
    const ended = { state: 'exited', exitCode: 2, endedAt: testNow, activity: nothingNew } as const;
    expect(stateTexts(sampleSession('a', ended))).toEqual(['exited 2, new', 'exited 2']);
    const killed = { ...ended, exitCode: null, signal: 'SIGKILL' };
    expect(stateTexts(sampleSession('a', killed))).toEqual([
      'killed by SIGKILL, new',
      'SIGKILL, new',
      'killed by SIGKILL',
      'SIGKILL',
    ]);
  });

  it('are shortened when even the shortest is too long', () => {
    const notification = { at: testNow, title: '', text: 'A very long title of a notification' };
    expect(row([sampleSession('a', { activity: { ...nothingNew, notification } })], 40)).toContain('A very long ti…');
  });

  it('stand out, and more so what went wrong', () => {
    const { theme } = lookAt(listOf(oneOfEach));
    const styled = (changes: Partial<ListedSession>) => styledRow(listOf([sampleSession('a', changes)], 120));
    expect(styled({ activity: bell })).toContain(theme.problem('running, bell'));
    expect(styled({ activity: { ...nothingNew, command: { at: testNow, exitCode: 0 } } })).toContain(
      theme.strong('running, command done'),
    );
    expect(styled({ state: 'exited', exitCode: 3 })).toContain(theme.problem('exited 3'));
    expect(styled({ state: 'exited', signal: 'SIGKILL' })).toContain(theme.problem('killed by SIGKILL'));
    expect(styled({ state: 'exited', exitCode: 0 })).toMatch(/ exited 0 /);
    expect(styled({})).toMatch(/ running /);
  });
});

describe('what a filter matched', () => {
  const filtered = (filter: string, changes: Partial<ListedSession>, cols = 120) =>
    styledRow(listOf([sampleSession('web-api', changes)], cols, '/', ...filter));
  const { theme } = lookAt(listOf(oneOfEach));

  it('is marked in the name', () => {
    expect(filtered('api', {})).toContain(`web-${theme.matched('api')}`);
    expect(filtered('wapi', {})).toContain(`${theme.matched('w')}eb-${theme.matched('api')}`);
  });

  it('is marked in the directory, also behind the home', () => {
    expect(filtered('lib', { cwd: '/var/lib/x' })).toContain(`/var/${theme.matched('lib')}/x`);
    expect(filtered('src', { cwd: '/home/me/src' })).toContain(`~/${theme.matched('src')}`);
  });

  it('is not marked in what was shortened, nor in the home', () => {
    expect(filtered('home', { cwd: '/home/me' })).not.toContain(theme.matched('h'));
    expect(filtered('project', { cwd: '/home/me/work/company/project/a' }, 50)).not.toContain('\x1b');
  });

  it('moves no column', () => {
    const plain = styledRow(listOf([sampleSession('web-api')], 120));
    expect(unstyled(filtered('api', {}))).toBe(plain);
  });
});

describe('waking up', () => {
  const second = 1_000;
  const hour = 3_600 * second;
  const aged = (output: number | null, created: number) =>
    sampleSession('a', {
      lastOutputAt: output === null ? null : testNow - output,
      createdAt: testNow - created,
    });

  it('happens when the next age that shows changes', () => {
    expect(wakeIn(listOf([aged(90 * second, 5 * hour)]), home)).toBe(30 * second);
    expect(wakeIn(listOf([aged(null, 5 * hour)]), home)).toBe(hour);
    expect(wakeIn(listOf([aged(5 * hour, 5 * hour), aged(8 * hour + 1, 50 * hour)]), home)).toBe(hour - 1);
  });

  it('is no more often than once a second', () => {
    expect(wakeIn(listOf([aged(2_990, hour)]), home)).toBe(second);
  });

  it('does not care about what does not show', () => {
    const recent = sampleSession('recent', { lastUsedAt: 0, lastOutputAt: testNow });
    const old = Array.from({ length: 30 }, () => aged(5 * hour, 5 * hour));
    expect(wakeIn(listOf([...old, recent]), home)).toBe(hour);
    expect(wakeIn(listOf([recent], 20), home)).toBe(null);
    expect(wakeIn(listOf([recent], 79, 'p'), home)).toBe(null);
    expect(wakeIn(listOf([recent], 79, '?'), home)).toBe(null);
    expect(wakeIn(listOf([]), home)).toBe(null);
  });

  it('happens when a notice has been there long enough', () => {
    expect(wakeIn(withNotice(listOf([aged(null, 5 * hour)]), 'Done.'), home)).toBe(5 * second);
  });

  it('does not happen for a notice that stays', () => {
    expect(wakeIn(makeList({ sessions: [], notice: 'It was taken over.' }).state(), home)).toBe(null);
  });
});
