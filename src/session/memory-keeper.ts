// Makes a session small once it is quiet: packs its history, and gives back the memory that a lot of output took, which the
// runtime by itself would keep until the next flood. Sets no timer while nothing happens.

import { memoryBound } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';

export interface MemoryKeeper {
  /** So many bytes of output went through. */
  used(bytes: number): void;
}

export interface MemoryWork {
  /** Packs a part of the history; true when all of it is packed. */
  pack(): boolean;
  /** Gives back what is not used any more. */
  collect(): void;
}

/** Starting takes memory as well: what is left of that goes at the first quiet after the first use. */
export function keepMemorySmall(clock: Clock, { pack, collect }: MemoryWork): MemoryKeeper {
  let bytesSince: number = memoryBound.bytes;
  let lastBytes = 0;
  let isWaiting = false;

  function wait(): void {
    lastBytes = bytesSince;
    after(memoryBound.quietMs, makeSmall);
  }
  function makeSmall(): void {
    if (bytesSince !== lastBytes) wait();
    else if (!pack()) after(memoryBound.pauseMs, makeSmall);
    else {
      bytesSince = 0;
      collect();
      // What the first time freed, the runtime still holds; measured: a third of it.
      after(memoryBound.againMs, collect);
    }
  }
  function after(delayMs: number, work: () => void): void {
    isWaiting = true;
    clock.after(delayMs, () => {
      isWaiting = false;
      work();
    });
  }

  return {
    used(bytes) {
      bytesSince += bytes;
      if (!isWaiting && bytesSince >= memoryBound.bytes) wait();
    },
  };
}
