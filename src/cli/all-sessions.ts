// All sessions as they are now: what lies on disk, what quiet servers have left beside their sockets, and what the others answer.

import { socketPatienceMs } from '../base/limits.ts';
import { askAll } from '../client/ask-all.ts';
import type { Answer } from '../client/link.ts';
import { bootId } from '../platform/processes.ts';
import type { CatalogEntry } from '../storage/catalog.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { hello } from './hello.ts';
import { answered, catalog, type KnownSession, knownSession, statusRequest } from './known-sessions.ts';
import { standingAnswer } from './standing-session.ts';

/** All sessions, the one used last first. `onUnreadable` hears of those whose record cannot be read. */
export async function allSessions(onUnreadable: (entry: UnreadableEntry) => void = () => {}): Promise<KnownSession[]> {
  const records: SessionRecord[] = [];
  const standing = new Map<SessionRecord, Answer>();
  /** Those whose server may run and is to be asked: a process that listens as it should needs no other proof. */
  function* toAsk(): Iterable<SessionRecord> {
    for (const entry of catalog().each()) {
      if (entry.kind === 'unreadable') onUnreadable(entry);
      else {
        records.push(entry.record);
        if (entry.record.bootId === bootId() && !hasLeftWord(entry.record)) yield entry.record;
      }
    }
  }
  function hasLeftWord(record: SessionRecord): boolean {
    const answer = standingAnswer(record);
    if (answer !== null) standing.set(record, answer);
    return answer !== null;
  }
  const asked = await askAll(toAsk(), statusRequest, { hello });
  const sessions = await Promise.all(
    records.map((record) => {
      const answer = standing.get(record) ?? asked.get(record);
      const patienceMs = socketPatienceMs.listed;
      return answer === undefined ? knownSession(record, { patienceMs }) : answered(record, answer, patienceMs);
    }),
  );
  return sessions.sort((a, b) => b.status.lastUsedAt - a.status.lastUsedAt);
}

type UnreadableEntry = CatalogEntry & { kind: 'unreadable' };
