// What the list may do to sessions, with every failure as a sentence.

import { nameProblem } from '../base/session-name.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { messageOf } from '../base/stay-error.ts';
import type { PtySize } from '../platform/pty.ts';
import type { ActionResult, SessionActions } from '../ui/session-list.ts';
import { createSession } from './create-session.ts';
import { killSession } from './kill-session.ts';
import { findSession } from './known-sessions.ts';
import { renameSession } from './rename-session.ts';

/** The actions; `size` is that of a new session until it is attached, `traits` are its traits. */
export function sessionActions(size: () => PtySize, traits: SessionTraits): SessionActions {
  return {
    create: (name) =>
      resultOf(
        createSession({
          name,
          command: null,
          cwd: undefined,
          env: {},
          size: size(),
          isAwaited: true,
          traits,
        }),
      ),
    rename: (id, name) =>
      resultOf(
        findSession(id)
          .then((session) => renameSession(session, name))
          .then(() => id),
      ),
    kill: (id) =>
      resultOf(
        findSession(id)
          .then(killSession)
          .then(() => id),
      ),
    nameProblem,
  };
}

async function resultOf(work: Promise<string>): Promise<ActionResult> {
  try {
    return { kind: 'done', id: await work };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}
