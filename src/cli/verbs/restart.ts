// `stay restart`: starts a session's program anew, in place.

import { shellQuote } from '../../base/shell-quote.ts';
import { StayError } from '../../base/stay-error.ts';
import { isOnTerminal } from '../../platform/standard-terminal.ts';
import { askYesNo } from '../ask-yes-no.ts';
import { findSession } from '../known-sessions.ts';
import { restartSession } from '../restart-session.ts';
import { verb } from '../verb.ts';
import { withTerminal } from '../with-terminal.ts';

export const restartVerb = verb({
  command: 'restart <name>',
  describe: "Start a session's program anew; screen and history stay",
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .option('yes', {
        alias: 'y',
        type: 'boolean',
        default: false,
        describe: 'Do not ask before ending a running program',
      })
      .example('$0 restart web', 'The server has crashed: start it again'),
  async run({ name, yes }) {
    const session = await findSession(name);
    const { state, program } = session.status;
    if (state === 'running' && !yes) {
      if (!(await isOnTerminal())) {
        throw new StayError('usage', `Cannot restart "${session.status.name}": ${program} runs in it`, {
          hint: `End it without being asked: stay restart --yes ${shellQuote(session.status.name)}`,
        });
      }
      const question = `End ${program} and everything else that runs in "${session.status.name}"?`;
      if (!(await withTerminal('ask', (terminal) => askYesNo(question, terminal)))) return 0;
    }
    await restartSession(session);
    return 0;
  },
});
