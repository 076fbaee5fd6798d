// `--since 10m`: from when on.

import { durationForm, durationMs } from '../base/duration.ts';
import { StayError } from '../base/stay-error.ts';
import type { Extent } from './session-lines.ts';

/** All that is not older than the text says; all without one. Throws a usage error when it is no time. */
export function extentSince(text: string | undefined): Extent {
  if (text === undefined) return { kind: 'all' };
  const ms = durationMs(text);
  if (ms !== null) return { kind: 'since', at: Date.now() - ms };
  throw new StayError('usage', `Cannot look back: "${text}" is no time`, {
    hint: `Write ${durationForm}: --since 10m`,
  });
}
