// `stay detach`: lets a session go from outside, or from inside it.

import { StayError } from '../../base/stay-error.ts';
import { environment } from '../../platform/runtime.ts';
import { sessionVariable } from '../../platform/session-processes.ts';
import { askServer } from '../ask-server.ts';
import { findSession } from '../known-sessions.ts';
import { verb } from '../verb.ts';

export const detachVerb = verb({
  command: 'detach [name]',
  describe: 'Detach a session; inside one, that one',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', describe: 'The session; the one that this runs in if left out' })
      .example('$0 detach web', 'Detach the terminal that holds "web"')
      .example('$0 detach', 'Inside a session: leave it'),
  async run({ name }) {
    const session = await findSession(name ?? ownSession());
    await askServer(session, { kind: 'release', body: {} }, 'detach');
    return 0;
  },
});

function ownSession(): string {
  const id = environment[sessionVariable];
  if (id !== undefined) return id;
  throw new StayError('usage', 'Cannot detach: this terminal is not inside a session', {
    hint: 'Name one: stay detach <name>',
  });
}
