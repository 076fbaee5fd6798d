// A session as it is now: what lies on disk, and what its server says if that lives.

import { reapIntervalMs, socketPatienceMs } from '../base/limits.ts';
import { matchName } from '../base/session-name.ts';
import { StayError } from '../base/stay-error.ts';
import { type Answer, ask } from '../client/link.ts';
import { sessionsFolder } from '../platform/paths.ts';
import { bootId, isRunning } from '../platform/processes.ts';
import { askForSocket } from '../platform/socket-signal.ts';
import type { Request } from '../protocol/messages.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import { type Catalog, isId, openCatalog } from '../storage/catalog.ts';
import { recordedStatus, silentStatus } from '../storage/recorded-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { clearListeningPlace } from '../storage/standing-answer.ts';
import { hello } from './hello.ts';

export interface KnownSession {
  record: SessionRecord;
  status: SessionStatus;
  /** Whether its server runs, and whether it answers; one that is `foreign` speaks another protocol. */
  server: 'answering' | 'silent' | 'foreign' | 'none';
  /** Which stay it takes, such as `stay 0.9.0`, where this one does not understand the session's server or files. */
  needs?: string | null;
}

export function catalog(): Catalog {
  return openCatalog(sessionsFolder());
}

export interface CatalogReading {
  records: SessionRecord[];
  /** Sessions whose record cannot be read: their ids, and why. */
  unreadable: { id: string; why: string }[];
}

/** What lies on disk, read once. */
export function readCatalog(sessions: Catalog = catalog()): CatalogReading {
  const reading: CatalogReading = { records: [], unreadable: [] };
  for (const entry of sessions.entries()) {
    if (entry.kind === 'unreadable') reading.unreadable.push({ id: entry.id, why: entry.why });
    else reading.records.push(entry.record);
  }
  return reading;
}

export function recordsOf(sessions: Catalog): SessionRecord[] {
  return readCatalog(sessions).records;
}

/** One session as it is now. A server that lost its socket is asked for another, and given `patienceMs` to make it. */
export async function knownSession(
  record: SessionRecord,
  { patienceMs = socketPatienceMs.wanted }: { patienceMs?: number } = {},
): Promise<KnownSession> {
  if (!isRunningHere(record)) return withoutServer(latestRecord(record));
  return answered(record, await statusOf(record), patienceMs);
}

export const statusRequest: Request = { kind: 'status', body: {} };

/** What the first answer of a server that runs makes of its session. */
export async function answered(record: SessionRecord, answer: Answer, patienceMs: number): Promise<KnownSession> {
  if (answer.kind !== 'absent' || isGoing(record)) return knownBy(answer, record);
  return knownBy(askForSocket(record.server) ? await answerSoon(record, patienceMs) : answer, record);
}

function statusOf(record: SessionRecord): Promise<Answer> {
  return ask(record.socket, statusRequest, { hello });
}

/** Its server's answer as soon as it listens, or that it still does not when it goes or the patience ends. */
async function answerSoon(record: SessionRecord, patienceMs: number): Promise<Answer> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await statusOf(record);
    if (answer.kind !== 'absent' || isGoing(record) || performance.now() > giveUpAt) return answer;
    await new Promise((resolve) => setTimeout(resolve, reapIntervalMs));
  }
}

function knownBy(answer: Answer, record: SessionRecord): KnownSession {
  if (answer.kind === 'reply' && answer.reply.kind === 'status')
    return { record, status: answer.reply.body, server: 'answering' };
  const latest = latestRecord(record);
  if (answer.kind === 'absent' && isGoing(latest.record)) return withoutServer(latest);
  const session = { ...latest, status: silentStatus(latest.record) };
  if (answer.kind === 'foreign') return { ...session, server: 'foreign', needs: `stay ${answer.peer.version}` };
  return { ...session, server: 'silent' };
}

/** Whether its server is gone, or on its way out: then it has already written how its program ended. */
function isGoing(record: SessionRecord): boolean {
  const latest = latestRecord(record).record;
  return latest.exit !== null || !isRunningHere(latest);
}

type LatestRecord = Pick<KnownSession, 'record' | 'needs'>;

/** The record as it is now: a server that has just ended wrote its last word into it. */
function latestRecord(record: SessionRecord): LatestRecord {
  const entry = catalog().entry(record.id);
  if (entry === null || entry.kind === 'unreadable') return { record };
  return entry.kind === 'newer' ? { record: entry.record, needs: 'a newer stay' } : { record: entry.record };
}

/** Whether the server that the record names runs. */
export function isRunningHere(record: SessionRecord): boolean {
  return record.bootId === bootId() && isRunning(record.server);
}

/** A session without a server; what its server left lying about is removed. */
function withoutServer({ record, needs }: LatestRecord): KnownSession {
  if (!needs) clearListeningPlace(record.socket);
  return { record, needs, status: recordedStatus(record), server: 'none' };
}

/** The record of the session with that id. Throws when there is none. */
export function recordOf(id: string): SessionRecord {
  return recordIfAny(id) ?? findRecord(id);
}

/** The same; null when there is none. The id may be anything. */
export function recordIfAny(id: string): SessionRecord | null {
  const entry = isId(id) ? catalog().entry(id) : null;
  return entry === null || entry.kind === 'unreadable' ? null : entry.record;
}

/** The session with that id, whose server has just said that it runs. */
export function startedSession(id: string): KnownSession {
  const record = recordOf(id);
  return { record, status: silentStatus(record), server: 'answering' };
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
