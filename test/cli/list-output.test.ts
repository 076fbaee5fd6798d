import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KnownSession } from '../../src/cli/known-sessions.ts';
import { listJson, listTable } from '../../src/cli/list-output.ts';
import type { SessionStatus } from '../../src/protocol/session-status.ts';
import { sampleActivity, sampleHolder, sampleRecord, sampleStatus } from '../support/samples.ts';

const now = 1_700_000_200_000;

beforeEach(() => {
  vi.stubEnv('HOME', '/home/me');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function known(status: Partial<SessionStatus>, server: KnownSession['server'] = 'answering'): KnownSession {
  return { record: sampleRecord(), status: sampleStatus(status), server };
}

describe('the JSON', () => {
  it('has these fields: never rename or remove one', () => {
    const [one] = JSON.parse(listJson([known({ attached: sampleHolder() })]));
    expect(one).toEqual({
      id: 'abcdefghij',
      name: 'work',
      state: 'running',
      attached: { tty: '/dev/pts/3', pid: 77, since: 1_700_000_000_000, from: '192.0.2.7' },
      command: ['/bin/bash', '-l'],
      cwd: '/home/me/src',
      title: 'notes',
      pid: 4711,
      exitCode: null,
      signal: null,
      endedAt: null,
      createdAt: 1_700_000_000_000,
      lastOutputAt: 1_700_000_100_000,
      cols: 80,
      rows: 24,
      stopped: null,
      restart: 'auto',
      resumeCommand: null,
      private: false,
      notSaved: null,
      needs: null,
      activity: null,
    });
  });

  it('tells what happened, where the server tells it', () => {
    const [one] = JSON.parse(listJson([known({ activity: sampleActivity() })]));
    expect(one.activity).toEqual({
      seenAt: 1_700_000_000_000,
      bellAt: 1_700_000_100_001,
      notification: { at: 1_700_000_100_002, title: 'été', text: 'done' },
      progress: { state: 'paused', percent: 42 },
      command: { at: 1_700_000_100_003, exitCode: 1 },
    });
  });

  it('is an array for none and for many, ended by a line break', () => {
    expect(listJson([])).toBe('[]\n');
    expect(JSON.parse(listJson([known({}), known({ attached: null })]))).toHaveLength(2);
    expect(listJson([known({})]).endsWith(']\n')).toBe(true);
  });
});

describe('the table', () => {
  const wide = { columns: Number.POSITIVE_INFINITY, ellipsis: '…' };

  it('shortens directories and then names where the terminal is too narrow, and no more than need be', () => {
    const name = 'a-name-that-is-as-long-as-names-may-be-and-tells-all';
    const sessions = [known({ name, cwd: '/home/me/some/where/deep/below/project', program: 'node', attached: null })];
    const lines = (columns: number, ellipsis = '…') =>
      listTable(sessions, now, { columns, ellipsis }).split('\n').slice(0, -1);
    const widest = Math.max(...lines(wide.columns).map((line) => line.length));
    expect(lines(widest)).toEqual(lines(wide.columns));
    expect(lines(widest - 5)[1]).toContain(`${name}  running`);
    expect(lines(widest - 5)[1]).toContain('/project');
    expect(lines(80)[1]).toMatch(/^a-name-that-is[a-z-]*… {2}running .* node .*\/project/);
    for (const columns of [widest - 5, 80, 70])
      for (const line of lines(columns)) expect(line.length).toBeLessThanOrEqual(columns);
    expect(lines(10)[1]).toMatch(/^a-name-that… {2}running/);
    expect(lines(10, '...')[1]).toMatch(/^a-name-th\.\.\. {2}running/);
  });

  it('has a line for each session under its headings, in columns', () => {
    const sessions = [
      known({ name: 'web', program: 'node', attached: null }),
      known({ name: '日本語', state: 'exited', exitCode: 3, program: 'bash', lastOutputAt: null }),
    ];
    expect(listTable(sessions, now, wide).split('\n')).toEqual([
      expect.stringMatching(/^NAME {4}STATE +PROGRAM {2}DIRECTORY {2}AGE {2}OUTPUT$/),
      expect.stringMatching(/^web {5}running +node {5}~\/src {6}3m {3}1m$/),
      expect.stringMatching(/^日本語 {2}exited.*3.* bash {5}~\/src {6}3m {3}-$/),
      '',
    ]);
  });

  it('tells a session that does not answer', () => {
    expect(listTable([known({}, 'silent')], now, wide)).toContain('not answering');
  });

  it('tells which stay a session takes that is of another', () => {
    const foreign = { ...known({}, 'foreign'), needs: 'stay 0.9.0' };
    expect(listTable([foreign], now, wide)).toContain('running, needs stay 0.9.0');
    expect(JSON.parse(listJson([foreign]))).toMatchObject([{ state: 'running', needs: 'stay 0.9.0' }]);
  });

  it('tells a session that is not saved, in both forms', () => {
    const one = known({ notSaved: { since: 5, why: 'Cannot save the screen: the disk is full' } });
    expect(listTable([one], now, wide)).toContain('running, not saved');
    expect(JSON.parse(listJson([one]))[0].notSaved).toEqual({
      since: 5,
      why: 'Cannot save the screen: the disk is full',
    });
  });

  it('tells what to do when there is none', () => {
    expect(listTable([], now, wide)).toBe('No sessions. Make one: stay new\n');
  });

  it('lets nothing in it act on the terminal, whatever a program calls itself', () => {
    const table = listTable(
      [known({ program: 'a\x1b[31mb\nc', cwd: '/tmp/\x1b]2;x\x07', attached: sampleHolder({ tty: '\x9b2J' }) })],
      now,
      wide,
    );
    expect(table.split('\n')).toHaveLength(3);
    expect(table.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
