// What of a session stands beside its socket (`storage/standing-answer.ts`), and whether it may.

import { joinBytes } from '../base/join-bytes.ts';
import { messageOf } from '../base/stay-error.ts';
import { tellOnce } from '../base/tell-once.ts';
import { isLinux } from '../platform/runtime.ts';
import { encodeReply, type Hello } from '../protocol/messages.ts';
import { putStandingAnswer, removeStandingAnswer } from '../storage/standing-answer.ts';
import type { Session } from './session.ts';
import type { StandingOptions } from './standing-status.ts';

export interface SessionStanding {
  session: Session;
  hello: Hello;
  /** Whether its program tells its working directory itself. */
  isCwdTold(): boolean;
  isServing(): boolean;
  log(sentence: string): void;
}

/**
 * What `session` lets stand: not while it is held, for then it changes by itself; not of a private one, of which no file
 * tells; and only where the system tells whoever reads it quickly that the server runs.
 */
export function standingOf({ session, hello, isCwdTold, isServing, log }: SessionStanding): StandingOptions {
  const { record } = session;
  const told = tellOnce((error) => log(`its status beside its socket: ${messageOf(error)}`));
  return {
    mayStand() {
      const isRunning = record.program !== null && record.exit === null;
      return isLinux && isRunning && !record.isPrivate && session.holder === null && isServing();
    },
    put() {
      const status = session.status();
      const said = joinBytes([
        encodeReply({ kind: 'hello', body: hello }),
        encodeReply({ kind: 'status', body: status }),
      ]);
      const isThere = tried(() =>
        putStandingAnswer(record.socket, { server: record.server, said, isCwdTold: isCwdTold() }),
      );
      if (!isThere) remove();
      return isThere;
    },
    remove,
  };

  function remove(): boolean {
    return tried(() => removeStandingAnswer(record.socket));
  }
  /** Whether it worked; what did not is nobody's trouble but the next reader's, who asks. */
  function tried(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      told(error);
      return false;
    }
  }
}
