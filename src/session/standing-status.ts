// Lets the session's status stand beside its socket (`storage/standing-answer.ts`) once it is quiet, and takes it away as soon as
// something changes. Sets no timer while nothing happens, or while the status may not stand.

import type { Disposable } from '../base/disposables.ts';
import { joinBytes } from '../base/join-bytes.ts';
import { quietMs } from '../base/limits.ts';
import { messageOf } from '../base/stay-error.ts';
import { tellOnce } from '../base/tell-once.ts';
import type { Clock } from '../platform/clock.ts';
import { isLinux } from '../platform/runtime.ts';
import { encodeReply, type Hello } from '../protocol/messages.ts';
import { putStandingAnswer, removeStandingAnswer } from '../storage/standing-answer.ts';
import type { Session } from './session.ts';
import type { StatusBoard } from './status-board.ts';

export interface StandingStatus {
  /** Something changed of what the status tells, or of whether it may stand. */
  changed(): void;
  /** Takes it away for good. */
  close(): void;
}

export interface StandingOptions {
  /** Whether what the status tells stays true until the next change. */
  mayStand(): boolean;
  /** Puts it there, or takes it away; false where that cannot be. */
  put(): boolean;
  remove(): boolean;
}

export function openStandingStatus(clock: Clock, { mayStand, put, remove }: StandingOptions): StandingStatus {
  let changes = 0;
  let isStanding = false;
  let waiting: Disposable | null = null;
  let isClosed = false;

  function wait(): void {
    const before = changes;
    waiting = clock.after(quietMs, () => {
      waiting = null;
      if (!mayStand()) return;
      if (changes !== before) wait();
      else isStanding = put() || isStanding;
    });
  }
  /** What cannot be taken away now may be at the next change, or be written over. */
  function takeAway(): void {
    if (isStanding) isStanding = !remove();
  }

  return {
    changed() {
      changes++;
      takeAway();
      if (waiting === null && !isClosed && mayStand()) wait();
    },
    close() {
      isClosed = true;
      waiting?.dispose();
      takeAway();
    },
  };
}

/** A board whose changes, and whose end, take the standing status away first. */
export function withStanding(board: StatusBoard, standing: StandingStatus): StatusBoard {
  return {
    ...board,
    changed() {
      standing.changed();
      board.changed();
    },
    close() {
      standing.close();
      board.close();
    },
  };
}

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
