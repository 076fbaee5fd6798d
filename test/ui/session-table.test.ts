import { describe, expect, it } from 'vitest';
import { reduceList } from '../../src/ui/list-reducer.ts';
import { initialState, type ListState, withNotice } from '../../src/ui/list-state.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { sessionRow, tableColumns, wakeIn } from '../../src/ui/session-table.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

const home = '/home/me';

function listOf(sessions: readonly ListedSession[], size = { cols: 80, rows: 24 }): ListState {
  const start = initialState({ size, now: testNow, selectedId: undefined, notice: undefined });
  return reduceList(start, { event: { kind: 'sessions', sessions }, rules: { nameProblem: () => null } }).state;
}

describe('rows', () => {
  it('say less and less as the screen gets narrower', () => {
    const rowAt = (cols: number) => {
      const state = listOf(oneOfEach, { cols, rows: 24 });
      const [session] = oneOfEach;
      return session && sessionRow(session, { columns: tableColumns(state, home), now: testNow, home });
    };
    expect(rowAt(120)).toBe('api      held by pts/3 from 10.0.0.7  vim      ~/src          3s    2h');
    expect(rowAt(80)).toBe('api      pts/3 from 10.0.0.7  vim      ~/src          3s    2h');
    expect(rowAt(40)).toBe('api      pts/3       vim          3s');
    expect(rowAt(20)).toBe('api    ');
  });

  it('do not move their columns when the list scrolls', () => {
    const sessions = [...manySessions(50), sampleSession('a-very-long-name-at-the-end', { lastUsedAt: 0 })];
    const top = tableColumns(listOf(sessions), home);
    expect(tableColumns({ ...listOf(sessions), top: 30 }, home)).toEqual(top);
    expect(top.name).toBe('a-very-long-name-at-the-end'.length);
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
    expect(wakeIn(listOf([recent], { cols: 20, rows: 24 }), home)).toBe(null);
    expect(wakeIn({ ...listOf([recent]), mode: { kind: 'help', top: 0 } }, home)).toBe(null);
    expect(wakeIn(listOf([]), home)).toBe(null);
  });

  it('happens when a notice has been there long enough', () => {
    expect(wakeIn(withNotice(listOf([aged(null, 5 * hour)]), 'Done.'), home)).toBe(5 * second);
  });
});
