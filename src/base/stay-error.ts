// The one error that is thrown for people to read: a sentence, a hint that mends it, and the exit code that scripts test.
// What a caller is expected to handle is returned as a value instead.

/** Exit statuses, after sysexits.h where it has one. Frozen: scripts depend on them. */
export const exitCodes = {
  usage: 64,
  noSession: 66,
  internal: 70,
  cannotCreate: 73,
  connectionLost: 74,
  busy: 75,
  otherVersion: 76,
  permission: 77,
} as const;

export type ErrorCode = keyof typeof exitCodes;

/** A failure told to the user as `message` (one sentence: Cannot <do what> "<value>": <why>) and `hint` (what mends it). */
export class StayError extends Error {
  override readonly name = 'StayError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** The errno name (`ENOENT`, ...) of a system error, or undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A sentence for any thrown value; never empty. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return String(error);
}
