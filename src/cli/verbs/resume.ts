// `stay resume`: starts stopped sessions again.

import { maxShortLives, restartBackoffMs, steadyMs } from '../../base/limits.ts';
import { messageOf, StayError } from '../../base/stay-error.ts';
import { printError } from '../../platform/standard-streams.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { allSessions } from '../all-sessions.ts';
import { findSession, type KnownSession } from '../known-sessions.ts';
import { resumeSession } from '../resume-session.ts';
import { verb } from '../verb.ts';

export const resumeVerb = verb({
  command: 'resume [names..]',
  describe: 'Start stopped sessions again, screen and history kept',
  build: (yargs) =>
    yargs
      .positional('names', { type: 'string', array: true, describe: 'The sessions; exited ones can be named, too' })
      .option('all', {
        type: 'boolean',
        default: false,
        describe: 'All stopped sessions whose restart policy is "auto"',
      })
      .example('$0 resume web', 'Its screen comes back, its program starts anew')
      .example('$0 resume --all', 'After the machine was restarted'),
  async run({ names, all }) {
    const sessions = await chosen(names ?? [], all);
    const results = await Promise.all(sessions.map((session) => failureOf(session, { isAutomatic: all })));
    const failures = results.filter((failure) => failure !== null);
    // One that cannot be resumed does not keep the others from it: all are told, the last gives the exit status.
    const last = failures.pop();
    for (const { message } of failures) await printError(`stay: ${message}\n`);
    if (last !== undefined) throw last;
    return 0;
  },
});

/** Resumes a session; why it could not be, by its name: of several it would else not be clear which one is meant. */
async function failureOf(session: KnownSession, { isAutomatic }: { isAutomatic: boolean }): Promise<StayError | null> {
  try {
    if (isAutomatic) await backOff(session.record);
    await resumeSession(session, { isAutomatic });
    return null;
  } catch (error) {
    const start = `Cannot resume "${session.record.name}": `;
    const message = messageOf(error);
    const { code, hint } = error instanceof StayError ? error : new StayError('internal', message);
    return new StayError(code, message.startsWith(start) ? message : `${start}${lowerFirst(message)}`, { hint });
  }
}

/** Waits longer and longer before the next start of a session that did not outlive the ones before. */
async function backOff({ startedAt, shortLives }: SessionRecord): Promise<void> {
  if (startedAt === null || shortLives === 0 || shortLives >= maxShortLives) return;
  const waitMs = startedAt + restartBackoffMs * 2 ** (shortLives - 1) - Date.now();
  // A clock that was set back must not make it wait for ever.
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, steadyMs)));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

async function chosen(names: readonly string[], all: boolean): Promise<KnownSession[]> {
  if (all && names.length > 0) {
    throw new StayError('usage', 'Cannot resume: both names and --all were given', { hint: 'Give one of them' });
  }
  if (all) return (await allSessions()).filter(({ status }) => status.state === 'stopped' && status.restart === 'auto');
  if (names.length === 0) {
    throw new StayError('usage', 'Cannot resume: no session was named', {
      hint: 'Write: stay resume <name>, or stay resume --all',
    });
  }
  const found = await Promise.all(names.map((name) => findSession(name)));
  return [...new Map(found.map((session) => [session.record.id, session])).values()];
}
