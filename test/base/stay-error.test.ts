import { describe, expect, it } from 'vitest';
import { errnoOf, exitCodes, messageOf, StayError } from '../../src/base/stay-error.ts';

describe('StayError', () => {
  it('carries its sentence, its hint, its code and its cause', () => {
    const cause = new Error('deep');
    const error = new StayError('busy', 'Cannot attach "a": it is held', { hint: 'Wait', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'StayError',
      code: 'busy',
      message: 'Cannot attach "a": it is held',
      hint: 'Wait',
      cause,
    });
  });

  it('needs no hint', () => {
    expect(new StayError('usage', 'Cannot').hint).toBeUndefined();
  });

  it('has the exit statuses that scripts test: never change these', () => {
    expect(exitCodes).toEqual({
      usage: 64,
      noSession: 66,
      internal: 70,
      cannotCreate: 73,
      connectionLost: 74,
      busy: 75,
      otherVersion: 76,
      permission: 77,
    });
  });
});

describe('errnoOf', () => {
  it('is the name of a system error, and nothing for anything else', () => {
    expect(errnoOf(Object.assign(new Error('no'), { code: 'ENOENT' }))).toBe('ENOENT');
    for (const other of [new Error('no'), { code: 5 }, null, undefined, 'ENOENT', 7])
      expect(errnoOf(other)).toBeUndefined();
  });
});

describe('messageOf', () => {
  it.each([
    [new Error('it broke'), 'it broke'],
    [new TypeError(''), 'TypeError'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
    [{ toString: (): string => 'thing' }, 'thing'],
  ])('has words for %o', (thrown, words) => {
    expect(messageOf(thrown)).toBe(words);
  });
});
