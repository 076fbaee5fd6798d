// Ending a session for good: by its server, or by ourselves where that is gone or does not answer.

import { StayError } from '../base/stay-error.ts';
import { isRunning, type ProcessStamp, processEnd, sendSignal } from '../platform/processes.ts';
import { endSessionProcesses } from '../platform/session-processes.ts';
import { clearListeningPlace } from '../storage/standing-answer.ts';
import { askServer } from './ask-server.ts';
import { catalog, type KnownSession } from './known-sessions.ts';
import { newerFiles } from './other-version.ts';

/**
 * Resolves when no process of the session is left and its files are gone. Throws a `StayError` when that cannot be; `what`
 * completes its sentence: Cannot <what> "name": ...
 */
export async function killSession(session: KnownSession, what = 'kill'): Promise<void> {
  const { record, server } = session;
  if (server === 'answering' && (await isKilledByServer(session))) return;
  if (catalog().entry(record.id)?.kind === 'newer') throw newerFiles(record.name, what);
  // Its program goes with its terminal, which the kernel takes down with the server.
  if (server === 'silent') sendSignal(record.server.pid, 'SIGKILL');
  const left = await endSessionProcesses({ id: record.id, leader: record.program });
  if (server === 'foreign') await endForeignServer(record.server);
  if (left.length > 0)
    throw new StayError('internal', `Cannot kill "${record.name}": process ${left.join(', ')} does not end`);
  clearListeningPlace(record.socket);
  catalog().remove(record.id);
}

/** A server whose words we do not know ends as its program does, and may still be writing that down. */
async function endForeignServer(server: ProcessStamp): Promise<void> {
  await processEnd(server);
  if (!isRunning(server)) return;
  sendSignal(server.pid, 'SIGKILL');
  await processEnd(server);
}

/** False when its program has just ended, and the server with it: what is left is ours to remove. */
async function isKilledByServer(session: KnownSession): Promise<boolean> {
  try {
    await askServer(session, { kind: 'kill', body: {} }, 'kill');
    return true;
  } catch (error) {
    if (error instanceof StayError && error.code === 'noSession') return false;
    throw error;
  } finally {
    await processEnd(session.record.server);
  }
}
