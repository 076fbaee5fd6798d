// Changing the record of a session that has no server.

import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { catalog, isRunningHere, type KnownSession } from './known-sessions.ts';
import { newerFiles } from './other-version.ts';

/**
 * Saves what `change` makes of the record as it is now, while nobody else changes it. Throws a `StayError` when the session
 * has gone or has been started meanwhile; `what` completes its sentence: Cannot <what> "name": ...
 */
export async function changeRecord(
  { record }: KnownSession,
  what: string,
  change: (record: SessionRecord, sessions: Catalog) => SessionRecord | Promise<SessionRecord>,
): Promise<void> {
  const sessions = catalog();
  await sessions.exclusively(async () => {
    const entry = sessions.entry(record.id);
    if (entry?.kind === 'newer') throw newerFiles(record.name, what);
    if (entry?.kind !== 'record')
      throw new StayError('noSession', `Cannot ${what} "${record.name}": it is gone`, { hint: 'See: stay list' });
    if (isRunningHere(entry.record)) {
      throw new StayError('busy', `Cannot ${what} "${record.name}": it was started meanwhile`, {
        hint: `Try again; see: stay attach ${shellQuote(entry.record.name)}`,
      });
    }
    sessions.save(await change(entry.record, sessions));
  });
}
