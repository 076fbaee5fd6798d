// Sessions for tests of the list. Times are told as ages, in milliseconds before `testNow`.

import type { ListedSession } from '../../src/ui/session-list.ts';

export const testNow = 1_800_000_000_000;

export function sampleSession(name: string, changes: Partial<ListedSession> = {}): ListedSession {
  return {
    id: `id-${name}`,
    name,
    state: 'running',
    attached: null,
    command: ['bash'],
    program: 'bash',
    cwd: '/home/me/src',
    title: '',
    pid: 100,
    exitCode: null,
    signal: null,
    createdAt: testNow - 7_200_000,
    lastOutputAt: testNow - 3_000,
    lastUsedAt: testNow - 60_000,
    cols: 80,
    rows: 24,
    isAnswering: true,
    ...changes,
  };
}

export const sampleHolder = { tty: '/dev/pts/3', pid: 7, since: testNow, from: '10.0.0.7', inside: null };

/** One of every kind, in the order of the list. */
export const oneOfEach: readonly ListedSession[] = [
  sampleSession('api', { attached: sampleHolder, program: 'vim', lastUsedAt: testNow - 1 }),
  sampleSession('web', { program: 'npm', cwd: '/home/me', lastOutputAt: testNow - 300_000, lastUsedAt: testNow - 2 }),
  sampleSession('日本語', { state: 'exited', exitCode: 3, cwd: '/var/log', lastUsedAt: testNow - 3 }),
  sampleSession('nightly', { state: 'exited', signal: 'SIGTERM', lastOutputAt: null, lastUsedAt: testNow - 4 }),
  sampleSession('old', { state: 'stopped', createdAt: testNow - 4 * 86_400_000, lastUsedAt: testNow - 5 }),
  sampleSession('hung', { isAnswering: false, lastUsedAt: testNow - 6 }),
];

/** Sessions called session-001 and so on, in the order of the list. */
export function manySessions(count: number): ListedSession[] {
  return Array.from({ length: count }, (_, index) =>
    sampleSession(`session-${String(index + 1).padStart(3, '0')}`, { lastUsedAt: testNow - index }),
  );
}
