// `stay rename`: gives a session another name.

import { findSession } from '../known-sessions.ts';
import { renameSession } from '../rename-session.ts';
import { verb } from '../verb.ts';

export const renameVerb = verb({
  command: 'rename <name> <new>',
  describe: 'Give a session another name',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .positional('new', { type: 'string', demandOption: true, describe: 'Its new name' })
      .example('$0 rename jade-otter web', '"jade-otter" is "web" from now on'),
  async run({ name, new: newName }) {
    await renameSession(await findSession(name), newName);
    return 0;
  },
});
