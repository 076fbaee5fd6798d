// When a program's output is read: not while it is held, and not until the event loop has turned once after much of it.
// Bun reads a terminal until it is empty, which in a flood it never is: keys, timers and the disk were seen to wait for a
// quarter of a second.

import type { ReadGate } from './read-gate.ts';

export interface OutputFlow {
  /** Stops it until `release`. False where that cannot be done. */
  hold(): boolean;
  release(): void;
  /** Stops it until the event loop has turned. */
  turn(): void;
  /** It is never stopped from now on. */
  end(): void;
}

export function controlOutput(gate: Pick<ReadGate, 'shut' | 'open'> | null): OutputFlow {
  let isHeld = false;
  let isTurning = false;
  let hasEnded = false;
  const shut = () => !hasEnded && (gate?.shut() ?? false);
  function openIfMeant(): void {
    if (!isHeld && !isTurning) gate?.open();
  }
  return {
    hold() {
      isHeld = shut();
      return isHeld;
    },
    release() {
      isHeld = false;
      openIfMeant();
    },
    turn() {
      if (isTurning || !shut()) return;
      isTurning = true;
      setImmediate(() => {
        isTurning = false;
        openIfMeant();
      });
    },
    end() {
      hasEnded = true;
      isHeld = false;
      isTurning = false;
      openIfMeant();
    },
  };
}
