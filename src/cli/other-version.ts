// Sessions of another version of stay: what this one does not understand of them it leaves alone, and says so.

import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import { version } from '../version.ts';
import type { KnownSession } from './known-sessions.ts';

/** Throws unless this stay understands the session's server and files. `what` completes the sentence: Cannot <what> "name": ... */
export function requireUnderstood({ status: { name }, server, needs }: KnownSession, what: string): void {
  if (!needs) return;
  if (server !== 'foreign') throw newerFiles(name, what);
  const why = `its server runs ${needs}, which this stay (${version}) does not understand`;
  throw new StayError('otherVersion', `Cannot ${what} "${name}": ${why}`, {
    hint: `Use ${needs}, or end the session: stay kill ${shellQuote(name)}`,
  });
}

/** The refusal to touch what a newer stay wrote. */
export function newerFiles(name: string, what: string): StayError {
  return new StayError('otherVersion', `Cannot ${what} "${name}": its files were written by a newer stay`, {
    hint: `Use that one; this is stay ${version}`,
  });
}
