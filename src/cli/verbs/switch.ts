// `stay switch`: inside a session, goes to another one in the same place.

import { defaultSize } from '../../base/limits.ts';
import { shellQuote } from '../../base/shell-quote.ts';
import { StayError } from '../../base/stay-error.ts';
import { findSession } from '../known-sessions.ts';
import { moveOwnHolder, ownSessionId } from '../move-own-holder.ts';
import { readySession } from '../other-sessions.ts';
import { verb } from '../verb.ts';

export const switchVerb = verb({
  command: 'switch <name>',
  describe: 'Inside a session: go to another one',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .example('$0 switch web', 'Show "web" where this session is shown'),
  async run({ name }) {
    const own = ownSessionId();
    if (own === null) {
      throw new StayError('usage', `Cannot switch to "${name}": this terminal is not inside a session`, {
        hint: `Attach to it: stay attach ${shellQuote(name)}`,
      });
    }
    const { record, status } = await readySession(name, await sizeOf(own));
    if (await moveOwnHolder(record.id)) return 0;
    throw new StayError('busy', `Cannot switch to "${status.name}": nobody holds this session who can be sent there`, {
      hint: `Detach, and then: stay attach ${shellQuote(status.name)}`,
    });
  },
});

/** The size at which our own session is shown; a stopped one is started with it. */
async function sizeOf(id: string): Promise<{ cols: number; rows: number }> {
  try {
    const { cols, rows } = (await findSession(id)).status;
    return { cols, rows };
  } catch {
    // A session of another machine or user.
    return defaultSize;
  }
}
