// Taking note that somebody saw the last screen of a session that has no server to do so.

import { changeRecord } from './change-record.ts';
import type { KnownSession } from './known-sessions.ts';

/** What happened there up to now is news to nobody any more. Never throws. */
export async function markSeen(session: KnownSession): Promise<void> {
  try {
    await changeRecord(session, 'mark', (record) => ({ ...record, seenAt: Date.now() }));
  } catch {
    // It went, it was started, or the disk does not take it: that the list still marks it is all it costs.
  }
}
