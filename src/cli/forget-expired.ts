// Forgetting exited sessions that were kept for as long as the settings say.

import { messageOf } from '../base/stay-error.ts';
import { printError } from '../platform/standard-streams.ts';
import { killSession } from './kill-session.ts';
import { catalog, isRunningHere, knownSession, recordsOf } from './known-sessions.ts';

/** Removes those that ended more than `keepMs` ago; null removes none. Asks no server. One that stays is told of. */
export async function forgetExpired({ keepMs, now }: { keepMs: number | null; now: number }): Promise<void> {
  if (keepMs === null) return;
  for (const record of recordsOf(catalog())) {
    const isExpired = record.exit !== null && now - record.exit.at > keepMs;
    if (!isExpired || isRunningHere(record)) continue;
    const session = await knownSession(record);
    if (session.needs) continue;
    await killSession(session).catch((error) => printError(`stay: ${messageOf(error)}\n`));
  }
}
