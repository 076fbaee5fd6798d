// Inside of a session: sending the client that shows it to another session, instead of showing that one in this one.

import { ask } from '../client/link.ts';
import { environment } from '../platform/runtime.ts';
import { sessionVariable } from '../platform/session-processes.ts';
import { hello } from './hello.ts';
import { knownSession, recordIfAny } from './known-sessions.ts';

/** The id of the session that we run inside of, or null. */
export function ownSessionId(): string | null {
  return environment[sessionVariable] ?? null;
}

/**
 * Sends whoever holds the session that we run inside of to the session `to`. False when we are in none, or nobody holds it
 * who can be sent: a client of an older stay cannot.
 */
export async function moveOwnHolder(to: string): Promise<boolean> {
  const id = ownSessionId();
  // The variable may come from another machine or user.
  const record = id === null ? null : recordIfAny(id);
  if (record === null || record.id === to) return false;
  const { status } = await knownSession(record);
  if (status.attached?.canSwitch !== true) return false;
  const answer = await ask(record.socket, { kind: 'move', body: { to } }, { hello });
  return answer.kind === 'reply' && answer.reply.kind === 'done';
}
