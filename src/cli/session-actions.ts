// What the list may do to sessions, with every failure as a sentence.

import { nameProblem } from '../base/session-name.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { messageOf } from '../base/stay-error.ts';
import { homeFolder } from '../platform/paths.ts';
import type { PtySize } from '../platform/pty.ts';
import { workingFolder } from '../platform/standard-streams.ts';
import type { ActionResult, NewSession, SessionActions } from '../ui/session-list.ts';
import { askServer } from './ask-server.ts';
import { completeDirectory, resolveDirectory } from './complete-directory.ts';
import { configureSession } from './configure-session.ts';
import { createSession, drawName } from './create-session.ts';
import { killSession } from './kill-session.ts';
import { findSession, type KnownSession } from './known-sessions.ts';
import { renameSession } from './rename-session.ts';
import { restartSession } from './restart-session.ts';

/** `size` gives that of the terminal in which a new session will be attached. */
export function sessionActions(size: () => PtySize, traits: SessionTraits): SessionActions {
  return {
    create: (wishes) => resultOf(async () => [await create(wishes, { size: size(), traits })]),
    rename: (id, name) => toEach([id], (session) => renameSession(session, name)),
    kill: (ids) => toEach(ids, killSession),
    restart: (ids) => toEach(ids, restartSession),
    detach: (id) => toEach([id], (session) => askServer(session, { kind: 'release', body: {} }, 'detach')),
    pin: (id, isPinned) => toEach([id], (session) => configureSession(session, { isPinned })),
    proposeName: drawName,
    completeDirectory: (text) => completeDirectory(text, here()),
    attachCommand: (name) => `stay attach ${shellQuote(name)}`,
    nameProblem,
  };
}

function create(
  { name, command, directory, restart }: NewSession,
  { size, traits }: { size: PtySize; traits: SessionTraits },
): Promise<string> {
  return createSession({
    name: name === '' ? undefined : name,
    command: command === '' ? null : ['/bin/sh', '-c', command],
    cwd: directory === '' ? undefined : resolveDirectory(directory, here()),
    env: {},
    size,
    isAwaited: true,
    traits: { ...traits, restart },
  });
}

/** Where typed directories begin. */
function here(): { home: string; cwd: string } {
  return { home: homeFolder(), cwd: workingFolder() };
}

/** Does it to all of them, also when it fails for one; the first failure is told. */
function toEach(ids: readonly string[], work: (session: KnownSession) => Promise<void>): Promise<ActionResult> {
  return resultOf(async () => {
    const done = await Promise.allSettled(ids.map(async (id) => work(await findSession(id))));
    for (const one of done) if (one.status === 'rejected') throw one.reason;
    return ids;
  });
}

async function resultOf(work: () => Promise<readonly string[]>): Promise<ActionResult> {
  try {
    return { kind: 'done', ids: await work() };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}
