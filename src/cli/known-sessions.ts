// The sessions as they are now: what lies on disk, and what each living server says.

import { matchName } from '../base/session-name.ts';
import { StayError } from '../base/stay-error.ts';
import { ask } from '../client/link.ts';
import { remove } from '../platform/files.ts';
import { sessionsFolder } from '../platform/paths.ts';
import { bootId, isRunning } from '../platform/processes.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import { type Catalog, openCatalog } from '../storage/catalog.ts';
import { recordedStatus } from '../storage/recorded-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { hello } from './hello.ts';

export interface KnownSession {
  record: SessionRecord;
  status: SessionStatus;
  /** Whether its server runs, and whether it answers. */
  server: 'answering' | 'silent' | 'none';
}

export function catalog(): Catalog {
  return openCatalog(sessionsFolder());
}

/** All sessions, the one used last first. */
export async function knownSessions(): Promise<KnownSession[]> {
  const records = recordsOf(catalog());
  const sessions = await Promise.all(records.map((record) => knownSession(record)));
  return sessions.sort((a, b) => b.status.lastUsedAt - a.status.lastUsedAt);
}

export function recordsOf(sessions: Catalog): SessionRecord[] {
  return sessions.entries().flatMap((entry) => (entry.kind === 'record' ? [entry.record] : []));
}

/** Sessions whose record cannot be read: their ids, and why. */
export function unreadableSessions(): { id: string; why: string }[] {
  return catalog()
    .entries()
    .flatMap((entry) => (entry.kind === 'unreadable' ? [{ id: entry.id, why: entry.why }] : []));
}

/** One session as it is now. */
export async function knownSession(record: SessionRecord): Promise<KnownSession> {
  if (!isRunningHere(record)) return withoutServer(latestRecord(record));
  const answer = await ask(record.socket, { kind: 'status', body: {} }, { hello });
  if (answer.kind === 'reply' && answer.reply.kind === 'status')
    return { record, status: answer.reply.body, server: 'answering' };
  const latest = latestRecord(record);
  // A server that is on its way out has already written how its program ended.
  if (answer.kind === 'absent' && (latest.exit !== null || !isRunningHere(latest))) return withoutServer(latest);
  const state = latest.exit === null ? 'running' : 'exited';
  return { record: latest, status: { ...recordedStatus(latest), state }, server: 'silent' };
}

/** The record as it is now: a server that has just ended wrote its last word into it. */
function latestRecord(record: SessionRecord): SessionRecord {
  const entry = catalog().entry(record.id);
  return entry?.kind === 'record' ? entry.record : record;
}

/** Whether the server that the record names runs. */
export function isRunningHere(record: SessionRecord): boolean {
  return record.bootId === bootId() && isRunning(record.server);
}

/** A session without a server; what its server left lying about is removed. */
function withoutServer(record: SessionRecord): KnownSession {
  remove(record.socket);
  return { record, status: recordedStatus(record), server: 'none' };
}

/** The session that `query` means: its name, its id or a beginning of its name. Throws when that is none or several. */
export async function findSession(query: string): Promise<KnownSession> {
  return knownSession(findRecord(query));
}

export function findRecord(query: string): SessionRecord {
  const match = matchName(query, recordsOf(catalog()));
  switch (match.kind) {
    case 'found':
      return match.item;
    case 'ambiguous': {
      const names = match.items.map((item) => item.name).sort();
      throw new StayError('noSession', `Cannot tell which session "${query}" means: ${names.join(', ')}`, {
        hint: 'Type more of the name',
      });
    }
    case 'none': {
      const hint =
        match.closest === undefined ? 'See what there is: stay list' : `Did you mean "${match.closest.name}"?`;
      throw new StayError('noSession', `Cannot find a session "${query}": there is none of that name`, { hint });
    }
  }
}

/** The session used last, other than `except`, its id. Throws when there is none at all. */
export async function lastUsedSession(except: string | null): Promise<KnownSession> {
  const others = recordsOf(catalog()).filter(({ id }) => id !== except);
  const [newest] = others.sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  if (newest === undefined)
    throw new StayError('noSession', `Cannot attach: there are no ${except === null ? '' : 'other '}sessions`, {
      hint: 'Make one: stay new',
    });
  return knownSession(newest);
}
