// `stay kill`: ends sessions for good.

import { StayError } from '../../base/stay-error.ts';
import { printError } from '../../platform/standard-streams.ts';
import { killSession } from '../kill-session.ts';
import { findSession, type KnownSession } from '../known-sessions.ts';
import { verb } from '../verb.ts';

export const killVerb = verb({
  command: 'kill [names..]',
  describe: 'End every process of sessions and forget them',
  build: (yargs) =>
    yargs
      .positional('names', {
        type: 'string',
        array: true,
        describe: 'The sessions; if one is not known, none is ended',
      })
      .option('all', { type: 'boolean', default: false, describe: 'All sessions' })
      .example('$0 kill web', 'End "web"; an exited session is only forgotten')
      .example('$0 kill --all', 'End all sessions'),
  async run({ names, all }) {
    const sessions = await chosen(names ?? [], all);
    const results = await Promise.allSettled(
      sessions.map(async (session) => {
        await killSession(session);
        if (!all) await tellUnlessNamed(session, names ?? []);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return 0;
  },
});

async function chosen(names: readonly string[], all: boolean): Promise<KnownSession[]> {
  if (all && names.length > 0)
    throw new StayError('usage', 'Cannot kill: both names and --all were given', { hint: 'Give one of them' });
  if (all) return (await import('../all-sessions.ts')).allSessions();
  if (names.length === 0)
    throw new StayError('usage', 'Cannot kill: no session was named', {
      hint: 'Write: stay kill <name>, or stay kill --all',
    });
  const found = await Promise.all(names.map((name) => findSession(name)));
  return [...new Map(found.map((session) => [session.record.id, session])).values()];
}

/** Whoever gave but the beginning of a name is told which session that was. */
async function tellUnlessNamed({ record }: KnownSession, names: readonly string[]): Promise<void> {
  if (!names.includes(record.name) && !names.includes(record.id)) await printError(`[stay] killed ${record.name}\n`);
}
