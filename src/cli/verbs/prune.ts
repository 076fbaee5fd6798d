// `stay prune`: forgets what has ended.

import { StayError } from '../../base/stay-error.ts';
import { printOut } from '../../platform/standard-streams.ts';
import { durationHint, durationMs } from '../duration.ts';
import { killSession } from '../kill-session.ts';
import { type KnownSession, knownSessions } from '../known-sessions.ts';
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
    const sessions = (await knownSessions()).filter(isMeant);
    for (const session of sessions) {
      await killSession(session);
      await printOut(`${session.status.name}\n`);
    }
    return 0;
  },
});

function lastSign({ lastUsedAt, lastOutputAt }: KnownSession['status']): number {
  return Math.max(lastUsedAt, lastOutputAt ?? 0);
}

function ageMs(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = durationMs(text);
  if (ms !== null) return ms;
  throw new StayError('usage', `Cannot prune: "${text}" is no time`, { hint: `${durationHint}: --older-than 7d` });
}
