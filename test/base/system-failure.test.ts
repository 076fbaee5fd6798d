import { expect, it } from 'vitest';
import { StayError } from '../../src/base/stay-error.ts';
import { systemFailure } from '../../src/base/system-failure.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: words of the system`), { code });

it.each([
  ['ENOSPC', 'cannotCreate', 'Cannot save "a": the disk is full'],
  ['EROFS', 'cannotCreate', 'Cannot save "a": the disk is read-only'],
  ['EACCES', 'permission', 'Cannot save "a": permission denied'],
  ['EIO', 'internal', 'Cannot save "a": EIO: words of the system'],
])('says %s in words, with its code', (errno, code, message) => {
  const cause = failed(errno);
  expect(systemFailure('save "a"', cause)).toMatchObject({ name: 'StayError', code, message, cause });
});

it('keeps what is in words already', () => {
  const error = new StayError('busy', 'Cannot lock');
  expect(systemFailure('save', error)).toBe(error);
});
