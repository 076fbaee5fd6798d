// Attaching to a session from the command line or the list: connect, hold, and say in words how it ended.

import { commandName } from '../base/command-name.ts';
import type { DetachKey } from '../base/key-notation.ts';
import { lockIntervalMs, startTimeoutMs } from '../base/limits.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { exitCodes, StayError } from '../base/stay-error.ts';
import { type AttachEnd, attach } from '../client/attach.ts';
import { ask, openLink } from '../client/link.ts';
import { signalStatus } from '../platform/end-signals.ts';
import { environment } from '../platform/runtime.ts';
import { sessionVariable } from '../platform/session-processes.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import type { HolderStatus } from '../protocol/session-status.ts';
import { askYesNo } from './ask-yes-no.ts';
import { hello } from './hello.ts';
import { catalog, findSession, type KnownSession, knownSession, recordsOf } from './known-sessions.ts';
import { markSeen } from './mark-seen.ts';
import { requireUnderstood } from './other-version.ts';
import { resumeSession } from './resume-session.ts';

export interface AttachWishes {
  terminal: UserTerminal;
  detachKeys: DetachKey[];
  replayLines: number;
  ifFree: boolean;
}

/** How it ended: the sentence that tells it and the exit status that says it to scripts. */
export interface Parting {
  sentence: string | null;
  exitCode: number;
  /** The person left by a key and knows it. */
  isPlainDetach?: boolean;
  /** The terminal is gone, or we were asked to end: nothing more is to be shown on it. */
  isFinal?: boolean;
}

/** Attaches to a session. A stopped one is started again first; one whose program has ended shows its last screen instead. */
export async function attachSession(found: KnownSession, wishes: AttachWishes): Promise<Parting> {
  requireUnderstood(found, 'attach to');
  await refuseCircle(found);
  const isStopped = found.status.state === 'stopped';
  if (isStopped && !(await mayStart(found, wishes))) return { sentence: null, exitCode: 0 };
  const session = await answering(isStopped ? await started(found, wishes) : found);
  const link = session.server === 'none' ? null : await openLink(session.record.socket, hello);
  if (link === null) return showLastScreen(await knownSession(session.record), wishes);
  const inside = environment[sessionVariable] ?? null;
  const from = environment.SSH_CONNECTION?.split(' ')[0] ?? null;
  const { terminal, detachKeys, ifFree, replayLines } = wishes;
  const end = await attach({ link, terminal, detachKeys, from, inside, ifFree, replayLines });
  if (end.kind === 'absent') return showLastScreen(await knownSession(session.record), wishes);
  return partingOf(session.status.name, end);
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

async function showLastScreen(session: KnownSession, { terminal, replayLines }: AttachWishes): Promise<Parting> {
  const { name } = session.status;
  if (session.server !== 'none') {
    throw new StayError('connectionLost', `Cannot attach to "${name}": its server runs but does not answer`, {
      hint: `Its log may tell why: ${shellQuote(catalog().logOf(session.record.id))}; end it: stay kill ${shellQuote(name)}`,
    });
  }
  const { showSavedScreen } = await import('./show-saved-screen.ts');
  const spoiled = await showSavedScreen(catalog().folderOf(session.record.id), { name, terminal, replayLines });
  await markSeen(session);
  const { sentence, ...rest } = savedParting(session);
  return { ...rest, sentence: spoiled === null ? sentence : `${sentence}. ${spoiled}` };
}

function savedParting({ status: { name, state, exitCode, signal } }: KnownSession): Parting {
  if (state === 'exited') return partingOf(name, { kind: 'left', left: { reason: 'exited', exitCode, signal, at: 0 } });
  const sentence = `[stay] ${name} has stopped meanwhile; start it again: stay resume ${shellQuote(name)}`;
  return { sentence, exitCode: exitCodes.connectionLost };
}

function partingOf(name: string, end: AttachEnd): Parting {
  switch (end.kind) {
    case 'absent':
    case 'lost':
      return { sentence: `[stay] lost ${name}: its server ended without a word`, exitCode: exitCodes.connectionLost };
    case 'fault':
      throw end.error;
    case 'hangup':
      return { sentence: null, exitCode: signalStatus('SIGHUP'), isFinal: true };
    case 'signal':
      return { sentence: `[stay] detached from ${name}`, exitCode: signalStatus(end.signal), isFinal: true };
    case 'left':
      return partingOfLeft(name, end);
  }
}

function partingOfLeft(name: string, { left }: AttachEnd & { kind: 'left' }): Parting {
  switch (left.reason) {
    case 'detached':
      return { sentence: `[stay] detached from ${name}`, exitCode: 0, isPlainDetach: true };
    case 'released':
      return { sentence: `[stay] ${name} was detached from elsewhere`, exitCode: 0 };
    case 'takenOver':
      return { sentence: `[stay] ${name} was taken over by ${takerOf(left.by)}`, exitCode: 0 };
    case 'killed':
      return { sentence: `[stay] ${name} was killed`, exitCode: signalStatus('SIGHUP') };
    case 'notStarted':
      throw new StayError('cannotCreate', left.message);
    case 'serverEnding':
      return { sentence: `[stay] ${name} stopped: its server was told to end`, exitCode: exitCodes.connectionLost };
    case 'exited':
      return left.signal === null
        ? { sentence: `[stay] ${name} ended with status ${left.exitCode ?? 0}`, exitCode: left.exitCode ?? 0 }
        : { sentence: `[stay] ${name} was ended by ${left.signal}`, exitCode: signalStatus(left.signal) };
  }
}

function takerOf(holder: HolderStatus): string {
  const from = holder.from === null ? '' : ` from ${holder.from}`;
  const time = new Date(holder.since).toTimeString().slice(0, 8);
  return `${holder.tty ?? `process ${holder.pid}`}${from} at ${time}`;
}

/** Refuses to show a session inside itself, straight or by way of others: it would feed its own output back for ever. */
async function refuseCircle(session: KnownSession): Promise<void> {
  let inside = environment[sessionVariable] ?? null;
  const records = inside === null ? [] : recordsOf(catalog());
  for (const seen = new Set<string>(); inside !== null && !seen.has(inside); ) {
    seen.add(inside);
    if (inside === session.record.id) throw circleError(session.status.name, seen.size);
    inside = await holderInside(inside);
  }

  async function holderInside(id: string): Promise<string | null> {
    const record = records.find((one) => one.id === id);
    if (record === undefined) return null;
    const answer = await ask(record.socket, { kind: 'status', body: {} }, { hello });
    if (answer.kind !== 'reply' || answer.reply.kind !== 'status') return null;
    return answer.reply.body.attached?.inside ?? null;
  }
}

function circleError(name: string, depth: number): StayError {
  const why = depth === 1 ? 'this terminal is inside it' : 'it shows the session that this terminal is inside of';
  return new StayError('usage', `Cannot attach to "${name}": ${why}`, {
    hint: 'Detach first, then attach from outside',
  });
}
