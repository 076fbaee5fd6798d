// Asking a session's server to do something, and saying in words when it does not.

import { killGraceMs, reapTimeoutMs } from '../base/limits.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import { ask, failureOf } from '../client/link.ts';
import type { Request } from '../protocol/messages.ts';
import { hello } from './hello.ts';
import type { KnownSession } from './known-sessions.ts';
import { requireUnderstood } from './other-version.ts';

/** Longer than the longest that a server may take for anything it is asked: a kill. */
const timeoutMs = killGraceMs + reapTimeoutMs + 1_000;

/** Resolves once the server has done it. `what` completes the sentence: Cannot <what> "name": ... */
export async function askServer(session: KnownSession, request: Request, what: string): Promise<void> {
  requireUnderstood(session, what);
  const { name, state } = session.status;
  const answer = await ask(session.record.socket, request, { hello, timeoutMs });
  if (answer.kind === 'reply' && answer.reply.kind === 'failed') throw failureOf(answer.reply);
  if (answer.kind === 'reply') return;
  if (answer.kind === 'silent') {
    throw new StayError('connectionLost', `Cannot ${what} "${name}": its server does not answer`, {
      hint: `End it: stay kill ${shellQuote(name)}`,
    });
  }
  throw new StayError('noSession', `Cannot ${what} "${name}": it is ${state === 'running' ? 'gone' : state}`, {
    hint: 'See: stay list',
  });
}
