import { describe, expect, it } from 'vitest';
import { ageChangesIn, formatAge, formatDirectory, formatState, killQuestion } from '../../src/ui/format.ts';
import { oneOfEach, sampleHolder, sampleSession, testNow } from './sample-sessions.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('ages', () => {
  it.each([
    [0, '0s'],
    [3 * second + 999, '3s'],
    [minute - 1, '59s'],
    [minute, '1m'],
    [hour - 1, '59m'],
    [2 * hour, '2h'],
    [day - 1, '23h'],
    [4 * day, '4d'],
    [400 * day, '400d'],
    [-5 * second, '0s'],
  ])('of %i ms read %s', (age, text) => {
    expect(formatAge(testNow - age, testNow)).toBe(text);
  });

  it.each([0, 1, 999, 1_000, 59_999, minute, 90 * second, hour, day - 1, 3 * day + 1, -2_500])(
    'of %i ms change exactly when they say',
    (age) => {
      const at = testNow - age;
      const later = testNow + ageChangesIn(at, testNow);
      expect(formatAge(at, later - 1)).toBe(formatAge(at, testNow));
      expect(formatAge(at, later)).not.toBe(formatAge(at, testNow));
    },
  );
});

describe('directories', () => {
  it.each([
    ['/home/me', '/home/me', '~'],
    ['/home/me/src/app', '/home/me', '~/src/app'],
    ['/home/me/src', '/home/me/', '~/src'],
    ['/home/melanie', '/home/me', '/home/melanie'],
    ['/var/log', undefined, '/var/log'],
    ['/var', '/', '/var'],
    ['/tmp/a\x1b[2Jb', '/home/me', '/tmp/a\ufffd[2Jb'],
  ])('%j at home in %j is %j', (path, home, text) => {
    expect(formatDirectory(path, home)).toBe(text);
  });
});

describe('states', () => {
  it('are told in words', () => {
    expect(oneOfEach.map((session) => formatState(session)[0])).toEqual([
      'held by pts/3 from 10.0.0.7',
      'running',
      'exited 3',
      'killed by SIGTERM',
      'stopped',
      'not answering',
    ]);
  });

  it('say which stay it takes where this one does not understand the session', () => {
    expect(formatState(sampleSession('a', { needs: 'stay 0.9.0' }))).toEqual([
      'running, needs stay 0.9.0',
      'needs stay 0.9.0',
    ]);
    const stopped = sampleSession('a', { state: 'stopped', needs: 'a newer stay' });
    expect(formatState(stopped)[0]).toBe('stopped, needs a newer stay');
  });

  it('tell that a session is not saved, in fewer and fewer words', () => {
    const notSaved = { since: 1, why: 'Cannot save the screen: the disk is full' };
    expect(oneOfEach.slice(0, 3).map((session) => formatState({ ...session, notSaved }))).toEqual([
      ['held by pts/3 from 10.0.0.7, not saved', 'pts/3 from 10.0.0.7, not saved', 'pts/3, not saved', 'not saved'],
      ['running, not saved', 'not saved'],
      ['exited 3, not saved', 'not saved'],
    ]);
  });

  it('name a holder without a terminal by its process, and a local one without an address', () => {
    const nameless = sampleSession('a', { attached: { ...sampleHolder, tty: null, from: null } });
    expect(formatState(nameless)[0]).toBe('held by process 7');
    expect(formatState(sampleSession('a', { attached: { ...sampleHolder, from: null } }))[0]).toBe('held by pts/3');
  });
});

describe('the question before a kill', () => {
  it('says so where the session is of another stay', () => {
    expect(killQuestion(sampleSession('a', { needs: 'stay 0.9.0' }))).toBe(
      'Kill "a"? It needs stay 0.9.0. This ends bash and everything else that runs in it.',
    );
    expect(killQuestion(sampleSession('a', { state: 'stopped', needs: 'a newer stay' }))).toBe(
      'Kill "a"? It needs a newer stay.',
    );
  });

  it('names the session and says what will end', () => {
    expect(oneOfEach.map(killQuestion)).toEqual([
      'Kill "api"? It is held by pts/3 from 10.0.0.7. This ends vim and everything else that runs in it.',
      'Kill "web"? This ends npm and everything else that runs in it.',
      'Remove "日本語"? Nothing runs in it any more; its screen and history will be gone.',
      'Remove "nightly"? Nothing runs in it any more; its screen and history will be gone.',
      'Remove "old"? Nothing runs in it any more; its screen and history will be gone.',
      'Kill "hung"? Its server does not answer. This ends bash and everything else that runs in it.',
    ]);
  });
});
