// What every refusal of stay has in common.

import { expect } from 'vitest';
import type { RunResult } from './run-command.ts';

/** A refusal: nothing on stdout, at most a few lines for people on stderr, no stack trace. */
export function expectRefusal(result: RunResult, exitCode: number, pattern: RegExp = /./): void {
  expect(result.stderr).toMatch(pattern);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  expect(result.stderr).not.toMatch(/undefined|\[object|NaN/);
  expect(result).toMatchObject({ exitCode, stdout: '' });
}
