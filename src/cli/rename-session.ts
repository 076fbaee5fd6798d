// Giving a session another name, through its server or, where there is none, in its record.

import { nameProblem, normalizeName } from '../base/session-name.ts';
import { StayError } from '../base/stay-error.ts';
import { claimName } from '../storage/claim-name.ts';
import { askServer } from './ask-server.ts';
import { changeRecord } from './change-record.ts';
import type { KnownSession } from './known-sessions.ts';

/** Throws a `StayError` when the name is not to be had. */
export async function renameSession(session: KnownSession, newName: string): Promise<void> {
  const name = normalizeName(newName);
  const problem = nameProblem(name);
  if (problem !== null) throw new StayError('usage', `Cannot name a session "${newName}": ${problem}`);
  if (session.server !== 'none') return askServer(session, { kind: 'rename', body: { name } }, 'rename');
  await changeRecord(session, 'rename', (record, sessions) => {
    if (name !== record.name) claimName(sessions, name);
    return { ...record, name };
  });
}
