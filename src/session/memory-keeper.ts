// Gives back, once a session is quiet, the memory that a lot of output took: the runtime by itself would keep it until the
// next flood. Sets no timer while nothing happens.

import { memoryBound } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';

export interface MemoryKeeper {
  /** So many bytes of output went through. */
  used(bytes: number): void;
}

export function keepMemorySmall(clock: Clock, collect: () => void): MemoryKeeper {
  let bytesSince = 0;
  let lastBytes = 0;
  let isWaiting = false;

  function wait(): void {
    isWaiting = true;
    lastBytes = bytesSince;
    clock.after(memoryBound.quietMs, () => {
      isWaiting = false;
      if (bytesSince !== lastBytes) return wait();
      bytesSince = 0;
      collect();
    });
  }

  return {
    used(bytes) {
      bytesSince += bytes;
      if (!isWaiting && bytesSince >= memoryBound.bytes) wait();
    },
  };
}
