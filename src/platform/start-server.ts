// Starting a session's server, and hearing whether it came up.

import { StayError } from '../base/stay-error.ts';
import { takeEarlyServer } from './early-server.ts';
import { launchServer } from './launch-server.ts';
import { selfCommand } from './runtime.ts';
import { serverVerb } from './server-process.ts';
import { scopeCommand, shouldUseScope } from './user-scope.ts';

/** Starts a server and gives it `order`. Resolves with the one line that it answers once it is up, or has failed. */
export async function startServer(id: string, order: string): Promise<string> {
  const command = [...selfCommand(), serverVerb, id];
  const early = takeEarlyServer(id);
  if (early !== null || shouldUseScope()) {
    const server = early ?? launchServer([...scopeCommand(id), ...command], id);
    const answer = await server.obey(order);
    if (answer !== null) return answer;
    // systemd-run refused (no user manager after all, scope exists, ...): the plain way works everywhere.
  }
  const answer = await launchServer(command, id).obey(order);
  if (answer === null) throw new StayError('cannotCreate', 'Cannot start the session: its server ended without a word');
  return answer;
}
