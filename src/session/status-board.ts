// How the session is, for lists that watch it.

import { statusIntervalMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import { type NewsBoard, openNewsBoard } from './news-board.ts';

export type StatusBoard = NewsBoard<SessionStatus>;

export function openStatusBoard(clock: Clock, status: () => SessionStatus): StatusBoard {
  return openNewsBoard(clock, { news: status, intervalMs: statusIntervalMs, settleMs: statusIntervalMs });
}
