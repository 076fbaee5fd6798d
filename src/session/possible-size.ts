// The sizes that a session may have.

import { maxCells, maxPixels } from '../base/limits.ts';
import type { PtySize } from '../platform/pty.ts';

/** What a client says may be any number; a terminal of it must be possible. */
export function possibleSize({ cols, rows, pixelWidth, pixelHeight }: PtySize): PtySize {
  const size = { cols: cellCount(cols), rows: cellCount(rows) };
  const isTold = pixelWidth !== undefined && pixelHeight !== undefined;
  return isTold ? { ...size, pixelWidth: pixelCount(pixelWidth), pixelHeight: pixelCount(pixelHeight) } : size;
}

function cellCount(asked: number): number {
  return Math.min(Math.max(1, Math.trunc(asked) || 1), maxCells);
}

function pixelCount(asked: number): number {
  return Math.min(Math.max(0, Math.trunc(asked) || 0), maxPixels);
}
