// When a session's status stands beside its socket: once it is quiet, until something changes. Sets no timer while nothing
// happens, or while the status may not stand.

import type { Disposable } from '../base/disposables.ts';
import { quietMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
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
