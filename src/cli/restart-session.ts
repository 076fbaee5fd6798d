// Starting a session's program anew, whatever has become of the one before.

import { StayError } from '../base/stay-error.ts';
import { processEnd, sendSignal } from '../platform/processes.ts';
import { environment } from '../platform/runtime.ts';
import { endSessionProcesses, sessionVariable } from '../platform/session-processes.ts';
import { findSession, type KnownSession } from './known-sessions.ts';
import { requireUnderstood } from './other-version.ts';
import { resumeSession } from './resume-session.ts';

/** Ends what runs in the session, if anything does, and starts its program again. Its holder is told that it ended. */
export async function restartSession(session: KnownSession): Promise<void> {
  requireUnderstood(session, 'restart');
  const { record } = session;
  if (session.server !== 'none') {
    if (environment[sessionVariable] === record.id) {
      throw new StayError(
        'usage',
        `Cannot restart "${record.name}": this terminal is inside it and would end with it`,
        {
          hint: 'Detach first, then restart it from outside',
        },
      );
    }
    // It could neither keep the screen nor end.
    if (session.server === 'silent') sendSignal(record.server.pid, 'SIGKILL');
    const left = await endSessionProcesses({ id: record.id, leader: record.program });
    if (left.length > 0) {
      throw new StayError('internal', `Cannot restart "${record.name}": process ${left.join(', ')} does not end`);
    }
    // Its server keeps screen and status, and ends.
    await processEnd(record.server);
  }
  await resumeSession(await findSession(record.id));
}
