// Which sessions the list shows, in which order, and what of them matched the filter.

import fuzzysort from 'fuzzysort';
import type { ListOrder } from '../base/list-order.ts';
import type { ListedSession } from './session-list.ts';

/** One session to show. */
export interface Row {
  session: ListedSession;
  /** Indexes of the characters that the filter matched. */
  matches: { name: readonly number[]; directory: readonly number[] };
}

export interface Arrangement {
  order: ListOrder;
  /** What the person filters by; '' for nothing. */
  filter: string;
}

const noMatches: Row['matches'] = { name: [], directory: [] };

/** Letters that stand far apart score less. Of a name they are meant; in a long title they happen to be in that order. */
const goodScore = 0.5;

/** Pinned ones first, each part in the wanted order; of those that match a filter the best match first. */
export function rowsOf(sessions: readonly ListedSession[], { order, filter }: Arrangement): Row[] {
  const ordered = sessions.toSorted((a, b) => pinnedFirst(a, b) || comparers[order](a, b) || byName(a, b));
  if (filter.trim() === '') return ordered.map((session) => ({ session, matches: noMatches }));
  return fuzzysort
    .go(filter.trim(), ordered, { keys: searched, limit: 0, threshold: 0 })
    .filter(({ score, 0: name }) => score >= goodScore || (name?.score ?? 0) > 0)
    .map(({ obj, 0: name, 1: directory }) => ({
      session: obj,
      matches: { name: name?.indexes ?? [], directory: directory?.indexes ?? [] },
    }));
}

/** What a filter looks at; name and directory first, for they show what matched. */
const searched = [
  (session: ListedSession) => session.name,
  (session: ListedSession) => session.cwd,
  (session: ListedSession) => session.command.join(' '),
  (session: ListedSession) => session.program,
  (session: ListedSession) => session.title,
];

const comparers: Readonly<Record<ListOrder, (a: ListedSession, b: ListedSession) => number>> = {
  recent: (a, b) => b.lastUsedAt - a.lastUsedAt,
  name: () => 0,
  activity: (a, b) => (b.lastOutputAt ?? 0) - (a.lastOutputAt ?? 0),
  age: (a, b) => b.createdAt - a.createdAt,
};

function pinnedFirst(a: ListedSession, b: ListedSession): number {
  return Number(b.isPinned ?? false) - Number(a.isPinned ?? false);
}

const collator = new Intl.Collator(undefined, { numeric: true });

function byName(a: ListedSession, b: ListedSession): number {
  return collator.compare(a.name, b.name);
}
