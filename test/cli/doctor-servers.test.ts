import { describe, expect, it } from 'vitest';
import {
  type AnsweredFacts,
  answersVerdict,
  notListening,
  persistenceVerdict,
  type ServerFacts,
  speedVerdict,
  versionsVerdict,
} from '../../src/cli/doctor/servers.ts';

const own = { version: '1.0.0', protocol: 1 };

function server(name: string, changes: Partial<AnsweredFacts> = {}): ServerFacts {
  return { name, answer: { kind: 'answered', version: '1.0.0', protocol: 1, tookMs: 3, notSaved: null, ...changes } };
}

function mute(name: string): ServerFacts {
  return { name, answer: { kind: 'mute', why: 'does not answer' } };
}

describe('servers', () => {
  it('are well when none runs, or all answer', () => {
    expect(answersVerdict([]).state).toBe('ok');
    expect(answersVerdict([server('a')]).message).toBe('The 1 server of running sessions answers.');
    expect(answersVerdict([server('a'), server('b')]).message).toBe('The 2 servers of running sessions answer.');
  });

  it('that do not answer are a problem, and what ends them', () => {
    expect(answersVerdict([server('a'), mute('my work')])).toEqual({
      state: 'problem',
      message: '1 server of running sessions cannot be reached: "my work" does not answer.',
      hint: "If that lasts, end them: stay kill 'my work'",
    });
  });
});

describe('servers without a socket', () => {
  it('are a problem that looking mends', () => {
    const lost: ServerFacts = { name: 'a', answer: { kind: 'mute', why: notListening } };
    expect(answersVerdict([lost]).hint).toBe('Have them listen again: stay list');
    expect(answersVerdict([lost, mute('b')]).hint).toBe('If that lasts, end them: stay kill a b');
  });
});

describe('versions', () => {
  it('are well when all are ours', () => {
    expect(versionsVerdict([server('a'), mute('b')], own).state).toBe('ok');
  });

  it('that differ are noted', () => {
    const servers = [server('a', { version: '0.9.0' }), server('b', { version: '0.8.0' }), server('c')];
    expect(versionsVerdict(servers, own)).toMatchObject({
      state: 'note',
      message: expect.stringContaining('2 servers of another version (0.8.0, 0.9.0) than this stay (1.0.0): "a", "b".'),
    });
  });

  it('that cannot be understood are a problem', () => {
    expect(versionsVerdict([server('a', { version: '3.0.0', protocol: 2 })], own)).toMatchObject({
      state: 'problem',
      message: '1 server cannot be understood by this stay (1.0.0): "a" runs 3.0.0.',
    });
  });
});

describe('speed', () => {
  it('is well below what a person feels', () => {
    expect(speedVerdict([]).state).toBe('ok');
    expect(speedVerdict([server('a'), server('b', { tookMs: 99 })]).message).toBe(
      'The slowest server answered in 99 ms.',
    );
  });

  it('is noted from there on, by name', () => {
    expect(speedVerdict([server('a'), server('b', { tookMs: 700.4 })])).toMatchObject({
      state: 'note',
      message: '1 server answered slowly: "b" took 700 ms.',
    });
  });
});

describe('persistence', () => {
  const since = new Date(2026, 2, 14, 9, 26).getTime();
  const notSaved = { since, why: 'Cannot save the screen: the disk is full' };

  it('is well when every server saves, and where there is none', () => {
    expect(persistenceVerdict([], 'df').state).toBe('ok');
    expect(persistenceVerdict([server('a'), mute('b')], 'df').message).toBe('Every session is saved.');
  });

  it('that fails is a problem: which, since when, why, and what to do', () => {
    expect(persistenceVerdict([server('a'), server('my work', { notSaved })], 'See: df')).toEqual({
      state: 'problem',
      message:
        '1 session is not being saved: "my work" since 2026-03-14 09:26 (cannot save the screen: the disk is full). ' +
        'They run on, and are saved again by themselves once the disk takes them.',
      hint: 'See: df',
    });
  });
});
