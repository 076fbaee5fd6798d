// Telling the server how much of its output the terminal has taken, so that it need not send far ahead of that.

import { takenStep } from '../base/limits.ts';
import type { SessionLink } from './link.ts';

/** Hears of all bytes that the terminal takes, and tells of them now and then: a keystroke's echo costs no message. */
export function tellTaken(link: Pick<SessionLink, 'send'>): (bytes: number) => void {
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    link.send({ kind: 'taken', body: { bytes: untold } });
    untold = 0;
  }
  return (bytes) => {
    untold += bytes;
    if (untold < takenStep.bytes.least) return;
    const dueMs = toldAt + takenStep.intervalMs - performance.now();
    if (untold >= takenStep.bytes.most || dueMs <= 0) tell();
    else timer ??= setTimeout(tell, dueMs);
  };
}
