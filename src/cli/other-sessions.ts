// Where keys lead from the session that is shown: to its neighbours, to the one before it, to one chosen from the list.

import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import type { PtySize } from '../platform/pty.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { catalog, findSession, isRunningHere, type KnownSession, recordsOf } from './known-sessions.ts';
import { enclosingSessions, refuseCircle } from './refuse-circle.ts';
import { resumeSession } from './resume-session.ts';

/**
 * The id of the running session that comes after `id`, or before it, in the order in which they were made; around the ends.
 * Null when there is no other. Those that this terminal is shown in are left out.
 */
export async function neighbour(id: string, direction: 'next' | 'previous'): Promise<string | null> {
  const running = (await otherRunning(id)).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const here = recordsOf(catalog()).find((record) => record.id === id);
  const isAfter = (record: SessionRecord) =>
    here === undefined || record.createdAt > here.createdAt || (record.createdAt === here.createdAt && record.id > id);
  if (direction === 'next') return (running.find(isAfter) ?? running[0])?.id ?? null;
  return (running.findLast((record) => !isAfter(record)) ?? running.at(-1))?.id ?? null;
}

/** The id of the running session, besides `id`, that was used last; null when there is none. */
export async function usedLastBefore(id: string): Promise<string | null> {
  const running = (await otherRunning(id)).sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  return running[0]?.id ?? null;
}

async function otherRunning(id: string): Promise<SessionRecord[]> {
  const left = new Set([id, ...(await enclosingSessions())]);
  return recordsOf(catalog()).filter((record) => !left.has(record.id) && record.exit === null && isRunningHere(record));
}

/**
 * The session that `query` means, ready to be attached: a stopped one is started first, if its restart policy lets that
 * happen unasked. Throws a `StayError` when it cannot be attached.
 */
export async function readySession(query: string, size: PtySize): Promise<KnownSession> {
  const found = await findSession(query);
  await refuseCircle(found);
  const session = found.status.state === 'stopped' ? await startedSession(found, size) : found;
  const { name, state } = session.status;
  if (session.server === 'answering' && state === 'running') return session;
  if (session.server === 'silent')
    throw new StayError('connectionLost', `Cannot attach to "${name}": its server does not answer`);
  throw new StayError('noSession', `Cannot attach to "${name}": its program has ended`, {
    hint: `See its last screen: stay peek ${shellQuote(name)}`,
  });
}

async function startedSession(session: KnownSession, size: PtySize): Promise<KnownSession> {
  const { id, name, restart } = session.record;
  if (restart !== 'auto') {
    throw new StayError('usage', `Cannot attach to "${name}": it has stopped, and its restart policy is "${restart}"`, {
      hint: `Start it again: stay resume ${shellQuote(name)}`,
    });
  }
  try {
    await resumeSession(session, { size });
  } catch (error) {
    // Somebody else was quicker.
    if (!(error instanceof StayError) || error.code !== 'busy') throw error;
  }
  return findSession(id);
}
