// `stay set`: changes what a session was told about itself.

import { printOut } from '../../platform/standard-streams.ts';
import { configureSession } from '../configure-session.ts';
import { findRecord, findSession } from '../known-sessions.ts';
import { traitsOfFlags, traitsText, withTraitFlags } from '../session-traits.ts';
import { verb } from '../verb.ts';

export const setVerb = verb({
  command: 'set <name>',
  describe: 'Change how a session is resumed and kept; without flags, tell it',
  build: (yargs) =>
    withTraitFlags(
      yargs.positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'The session, or a beginning of its name',
      }),
    )
      .example('$0 set notes --resume-command "vim -S"', 'Have vim load its session file when it is resumed')
      .example('$0 set build --restart never', 'Do not start it again by itself')
      .example('$0 set vault --private', 'Take its screen and history off the disk'),
  async run({ name, ...flags }) {
    const traits = traitsOfFlags(flags);
    if (Object.keys(traits).length === 0) await printOut(traitsText(findRecord(name)));
    else await configureSession(await findSession(name), traits);
    return 0;
  },
});
