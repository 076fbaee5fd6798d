// System errors in words.

import { type ErrorCode, errnoOf, messageOf, StayError } from './stay-error.ts';

const reasons: Readonly<Record<string, { why: string; code: ErrorCode }>> = {
  ENOSPC: { why: 'the disk is full', code: 'cannotCreate' },
  EDQUOT: { why: 'your disk quota is used up', code: 'cannotCreate' },
  EROFS: { why: 'the disk is read-only', code: 'cannotCreate' },
  EMFILE: { why: 'too many files are open', code: 'cannotCreate' },
  EACCES: { why: 'permission denied', code: 'permission' },
  EISDIR: { why: 'it is a directory', code: 'usage' },
  EPERM: { why: 'permission denied', code: 'permission' },
};

/** Why a system call failed, as the clause behind a colon. */
export function reasonOf(error: unknown): string {
  return reasons[errnoOf(error) ?? '']?.why ?? messageOf(error);
}

/** The `StayError` for a failed `what` (Cannot <what>: <why>). One that is a `StayError` already is kept as it is. */
export function systemFailure(what: string, error: unknown): StayError {
  if (error instanceof StayError) return error;
  const reason = reasons[errnoOf(error) ?? ''];
  return new StayError(reason?.code ?? 'internal', `Cannot ${what}: ${reasonOf(error)}`, { cause: error });
}
