// `stay forget`: clears a session's history.

import { forgetHistory } from '../forget-history.ts';
import { findSession } from '../known-sessions.ts';
import { verb } from '../verb.ts';

export const forgetVerb = verb({
  command: 'forget <name>',
  describe: 'Clear the history of a session from memory and disk; its screen stays',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .example('$0 forget work', 'A password has scrolled by: nobody can scroll back to it'),
  async run({ name }) {
    await forgetHistory(await findSession(name));
    return 0;
  },
});
