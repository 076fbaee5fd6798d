// Attaching to a session from the command line or the list: connect, hold, and say in words how it ended.

import { commandName } from '../base/command-name.ts';
import { lockIntervalMs, startTimeoutMs } from '../base/limits.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { exitCodes, StayError } from '../base/stay-error.ts';
import { askYesNo } from './ask-yes-no.ts';
import { type AttachWishes, holdSessions } from './hold-sessions.ts';
import { catalog, findSession, type KnownSession, knownSession } from './known-sessions.ts';
import { markSeen } from './mark-seen.ts';
import { moveOwnHolder } from './move-own-holder.ts';
import { requireUnderstood } from './other-version.ts';
import { type Parting, partingOf } from './parting.ts';
import { refuseCircle } from './refuse-circle.ts';
import { resumeSession } from './resume-session.ts';

/** Attaches to a session. A stopped one is started again first; one whose program has ended shows its last screen instead. */
export async function attachSession(found: KnownSession, wishes: AttachWishes): Promise<Parting> {
  requireUnderstood(found, 'attach to');
  await refuseCircle(found);
  const isStopped = found.status.state === 'stopped';
  if (isStopped && !(await mayStart(found, wishes))) return { sentence: null, exitCode: 0 };
  const session = await answering(isStopped ? await started(found, wishes) : found);
  if (session.server === 'none') return showLastScreen(session, wishes);
  if (await isShownOutside(session, wishes)) return { sentence: null, exitCode: 0 };
  const { session: last, end } = await holdSessions(session, wishes);
  if (end.kind === 'absent') return showLastScreen(await knownSession(last.record), wishes);
  return partingOf(last.status.name, end);
}

/** Inside of a session, the client that shows that goes there in our place, if it can. */
async function isShownOutside({ record, status }: KnownSession, { ifFree }: AttachWishes): Promise<boolean> {
  if (ifFree && status.attached !== null) return false;
  return moveOwnHolder(record.id);
}

/** Whether a stopped session is to be started, by its restart policy and the person. */
async function mayStart({ record }: KnownSession, { terminal }: AttachWishes): Promise<boolean> {
  const { name, restart } = record;
  if (restart === 'auto') return true;
  if (restart === 'ask')
    return askYesNo(`"${name}" has stopped. Start ${commandName(record.command)} again?`, terminal);
  throw new StayError('usage', `Cannot attach to "${name}": it has stopped, and its restart policy is "never"`, {
    hint: `Start it again: stay resume ${shellQuote(name)}`,
  });
}

/** The session, running again; somebody else may have been quicker. */
async function started(session: KnownSession, { terminal }: AttachWishes): Promise<KnownSession> {
  try {
    await resumeSession(session, { size: terminal.size() });
  } catch (error) {
    if (!(error instanceof StayError) || error.code !== 'busy') throw error;
  }
  return findSession(session.record.id);
}

/** The session as it is once its server, if it is just coming up, answers or has given up. */
async function answering(found: KnownSession): Promise<KnownSession> {
  const giveUpAt = performance.now() + startTimeoutMs;
  let session = found;
  while (session.server === 'silent' && session.record.program === null && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, lockIntervalMs));
    session = await findSession(session.record.id);
  }
  return session;
}

async function showLastScreen(
  session: KnownSession,
  { terminal, settings: { replayLines } }: AttachWishes,
): Promise<Parting> {
  const { name } = session.status;
  if (session.server !== 'none') {
    throw new StayError('connectionLost', `Cannot attach to "${name}": its server runs but does not answer`, {
      hint: `Its log may tell why: ${shellQuote(catalog().logOf(session.record.id))}; end it: stay kill ${shellQuote(name)}`,
    });
  }
  const { showSavedScreen } = await import('./show-saved-screen.ts');
  const { record } = session;
  const spoiled = await showSavedScreen(catalog().folderOf(record.id), { record, terminal, replayLines });
  await markSeen(session);
  const { sentence, ...rest } = savedParting(session);
  return { ...rest, sentence: spoiled === null ? sentence : `${sentence}. ${spoiled}`, isLastScreen: true };
}

function savedParting({ status: { name, state, exitCode, signal } }: KnownSession): Parting {
  if (state === 'exited') return partingOf(name, { kind: 'left', left: { reason: 'exited', exitCode, signal, at: 0 } });
  const sentence = `[stay] ${name} has stopped meanwhile; start it again: stay resume ${shellQuote(name)}`;
  return { sentence, exitCode: exitCodes.connectionLost };
}
