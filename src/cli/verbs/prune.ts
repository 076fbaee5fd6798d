// `stay prune`: forgets what has ended.

import { durationForm, durationMs } from '../../base/duration.ts';
import { messageOf, StayError } from '../../base/stay-error.ts';
import { printError, printOut } from '../../platform/standard-streams.ts';
import { allSessions } from '../all-sessions.ts';
import { killSession } from '../kill-session.ts';
import type { KnownSession } from '../known-sessions.ts';
import { verb } from '../verb.ts';

export const pruneVerb = verb({
  command: 'prune',
  describe: 'Forget exited and stopped sessions',
  build: (yargs) =>
    yargs
      .option('older-than', {
        type: 'string',
        requiresArg: true,
        describe: 'Only those not used for so long, such as 12h or 7d',
      })
      .option('exited', {
        type: 'boolean',
        default: false,
        describe: 'Only exited ones; stopped ones could be resumed',
      })
      .example('$0 prune --exited', 'Forget all whose program has ended')
      .example('$0 prune --older-than 7d', 'Forget what nobody has looked at for a week'),
  async run({ olderThan, exited }) {
    const before = Date.now() - ageMs(olderThan);
    const isMeant = ({ status }: KnownSession) =>
      (status.state === 'exited' || (status.state === 'stopped' && !exited)) && lastSign(status) <= before;
    const sessions = (await allSessions()).filter(isMeant);
    const failures: unknown[] = [];
    for (const session of sessions) {
      try {
        await killSession(session, 'prune');
        await printOut(`${session.status.name}\n`);
      } catch (error) {
        failures.push(error);
      }
    }
    // One that cannot go does not keep the others: all are told, the last gives the exit status.
    for (const failure of failures.slice(0, -1)) await printError(`stay: ${messageOf(failure)}\n`);
    if (failures.length > 0) throw failures.at(-1);
    return 0;
  },
});

function lastSign({ lastUsedAt, lastOutputAt }: KnownSession['status']): number {
  return Math.max(lastUsedAt, lastOutputAt ?? 0);
}

function ageMs(text: string | undefined): number {
  if (text === undefined) return 0;
  const age = durationMs(text);
  if (age !== null) return age;
  throw new StayError('usage', `Cannot prune: "${text}" is no time`, {
    hint: `Write ${durationForm}: --older-than 7d`,
  });
}
