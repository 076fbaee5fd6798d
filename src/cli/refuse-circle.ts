// Who is shown inside whom: a session must not be shown inside itself.

import { StayError } from '../base/stay-error.ts';
import { ask } from '../client/link.ts';
import { environment } from '../platform/runtime.ts';
import { sessionVariable } from '../platform/session-processes.ts';
import { hello } from './hello.ts';
import { type KnownSession, recordIfAny, statusRequest } from './known-sessions.ts';

/** Refuses to show a session inside itself, straight or by way of others: it would feed its own output back for ever. */
export async function refuseCircle(session: KnownSession): Promise<void> {
  const depth = (await enclosingSessions()).indexOf(session.record.id);
  if (depth !== -1) throw circleError(session.status.name, depth);
}

/** The sessions that this terminal is shown in, by id: the one that it is inside of first, then the one that shows that. */
export async function enclosingSessions(): Promise<string[]> {
  let inside = environment[sessionVariable] ?? null;
  const seen: string[] = [];
  while (inside !== null && !seen.includes(inside)) {
    seen.push(inside);
    inside = await holderInside(inside);
  }
  return seen;

  async function holderInside(id: string): Promise<string | null> {
    const record = recordIfAny(id);
    if (record === null) return null;
    const answer = await ask(record.socket, statusRequest, { hello });
    if (answer.kind !== 'reply' || answer.reply.kind !== 'status') return null;
    return answer.reply.body.attached?.inside ?? null;
  }
}

function circleError(name: string, depth: number): StayError {
  const why = depth === 0 ? 'this terminal is inside it' : 'it shows the session that this terminal is inside of';
  return new StayError('usage', `Cannot attach to "${name}": ${why}`, {
    hint: depth === 0 ? 'You are in it' : 'Detach first, then attach from outside',
  });
}
