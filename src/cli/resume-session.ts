// Starting a stopped or exited session again.

import type { PtySize } from '../platform/pty.ts';
import { startServer } from '../platform/start-server.ts';
import { encodeOrder, requireStarted } from '../protocol/order.ts';
import type { KnownSession } from './known-sessions.ts';
import { requireUnderstood } from './other-version.ts';

export interface ResumeWishes {
  /** Its own when left out. */
  size?: PtySize;
  /** Whether nobody asked for this session by name: one that does not live long is then braked. */
  isAutomatic?: boolean;
}

/** Resolves once its program runs again. Throws a `StayError` when it cannot, or when it runs already. */
export async function resumeSession(
  session: KnownSession,
  { size = session.record, isAutomatic = false }: ResumeWishes = {},
): Promise<void> {
  requireUnderstood(session, 'resume');
  const { record } = session;
  const { name, command, cwd, env } = record;
  const { cols, rows } = size;
  const order = { name, command, cwd, env, cols, rows, isAwaited: false, isResume: true, isAutomatic };
  requireStarted(await startServer(record.id, encodeOrder(order)));
}
