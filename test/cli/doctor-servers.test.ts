import { describe, expect, it } from 'vitest';
import { answersVerdict, type ServerFacts, speedVerdict, versionsVerdict } from '../../src/cli/doctor/servers.ts';

const own = { version: '1.0.0', protocol: 1 };

function server(name: string, changes: { version?: string; protocol?: number; tookMs?: number } = {}): ServerFacts {
  return { name, answer: { kind: 'answered', version: '1.0.0', protocol: 1, tookMs: 3, ...changes } };
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
