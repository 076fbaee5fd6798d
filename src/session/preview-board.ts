// The session's screen, for those who watch it without being attached.

import { maxPreviewCells, previewIntervalMs, previewSettleMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { ScreenPreview } from '../protocol/messages.ts';
import { type NewsBoard, openNewsBoard, type Watcher } from './news-board.ts';

/** Cells, as many as a watcher wants. */
export interface PreviewSize {
  cols: number;
  rows: number;
}

/** Gives the present screen in any size. */
export type PreviewOf = (size: PreviewSize) => ScreenPreview;

export type PreviewBoard = NewsBoard<PreviewOf>;

export function openPreviewBoard(clock: Clock, previewOf: PreviewOf): PreviewBoard {
  const limits = { intervalMs: previewIntervalMs, settleMs: previewSettleMs };
  return openNewsBoard(clock, { news: () => previewOf, ...limits });
}

/** What a watcher does with pictures; `send` is false when it takes them slowly. */
export interface PreviewTaker {
  send(preview: ScreenPreview): boolean;
  end(): void;
}

export interface PreviewWatcher extends Watcher<PreviewOf> {
  /** From now on pictures have this size; the next one is sent whatever it shows. Any numbers will do. */
  resize(size: PreviewSize): void;
}

/** Sends a picture only when it is another than the last. */
export function previewWatcher({ send, end }: PreviewTaker): PreviewWatcher {
  let size: PreviewSize = { cols: 1, rows: 1 };
  let last: ScreenPreview | null = null;
  return {
    resize({ cols, rows }) {
      size = { cols: cellsWithin(cols, maxPreviewCells.cols), rows: cellsWithin(rows, maxPreviewCells.rows) };
      last = null;
    },
    tell(previewOf) {
      const present = previewOf(size);
      if (last !== null && isSame(last, present)) return true;
      last = present;
      return send(present);
    },
    end,
  };
}

function cellsWithin(asked: number, max: number): number {
  return Math.min(Math.max(1, Math.trunc(asked) || 1), max);
}

function isSame(a: ScreenPreview, b: ScreenPreview): boolean {
  return (
    a.cols === b.cols &&
    a.rows === b.rows &&
    a.cursor?.col === b.cursor?.col &&
    a.cursor?.row === b.cursor?.row &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, row) => line === b.lines[row])
  );
}
