// A line that carries so many bytes a second: what stands between a session and somebody far away.

import type { TestPty } from './pty.ts';

/** Milliseconds of the line's time that are caught up when this process was late: a timer is never early. */
const catchUpMs = 20;

/**
 * From now on reads no more from the terminal than such a line carries. What it holds is what the kernel keeps of a terminal
 * that is read slowly, and one read: 12 to 16 kB, whatever the rate (measured by what a program in it had written).
 */
export function throttle(pty: TestPty, bytesPerSecond: number): void {
  /** When the line has carried all that was read. */
  let carriedAt = performance.now();
  pty.onData(({ length }) => {
    const now = performance.now();
    carriedAt = Math.max(carriedAt, now - catchUpMs) + (length / bytesPerSecond) * 1000;
    if (carriedAt <= now) return;
    pty.pause();
    setTimeout(() => pty.resume(), carriedAt - now);
  });
}

/** Bytes that such a line holds, at most. */
export const heldByLine = 20_000;
