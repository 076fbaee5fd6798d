// Forgetting exited sessions that were kept for as long as the settings say.

import { messageOf } from '../base/stay-error.ts';
import { printError } from '../platform/standard-streams.ts';
import { killSession } from './kill-session.ts';
import type { KnownSession } from './known-sessions.ts';

/** Removes those that ended more than `keepMs` ago, null for none, and returns the others. One that stays is told of. */
export async function forgetExpired(
  sessions: readonly KnownSession[],
  { keepMs, now }: { keepMs: number | null; now: number },
): Promise<KnownSession[]> {
  const isExpired = ({ server, needs, record: { exit } }: KnownSession) =>
    keepMs !== null && server === 'none' && !needs && exit !== null && now - exit.at > keepMs;
  for (const session of sessions.filter(isExpired))
    await killSession(session).catch((error) => printError(`stay: ${messageOf(error)}\n`));
  return sessions.filter((session) => !isExpired(session));
}
