// The environment that a session's server runs with: its starter's, and what keeps the runtime from waking up while nothing
// happens. What of the starter's that hides is kept beside it, for the program in the session.

import { serverVariable } from './session-processes.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What makes the runtime of a server quiet and small.
 *
 * Bun looks after its heap by a timer, every second and later every 30 s. Without, it still collects when the heap has grown,
 * and `collectGarbage` does for a session that has become quiet what the timer did. Its allocator, mimalloc, has a thread that
 * gives freed memory back some time later and wakes up every 30 s for good; without, memory is given back as it is freed,
 * which takes some 10 % more of the processor in a flood. Before it sleeps, Bun has it look for pages within that are not used
 * any more, every 64th time among all: 0.07 ms of what an answer to `list` takes, and measured to find nothing more.
 * JavaScriptCore first collects garbage when there are 32 MB; from 2 MB on, what stays lies closer together: 0.2 to 2 MB less,
 * and a flood takes no longer. It compiles what has run 33 times, so all functions on the way of a key at the same few keys, 1
 * to 5 ms each. Ten times as often is soon enough for a flood, and a server then starts with a third less of the processor.
 * Compiling as well as it can is done three times later, for the few functions that are worth it: a seventh less of the
 * processor in a flood of 50 MB. A thread of it touches 32 blocks of memory before they are needed, and they stay; without, a
 * session that does nothing takes 0.6 MB less, one of 10,000 lines 1 MB, and neither floods nor starts take longer. It
 * marks what is in use with a thread for each processor, up to 8, each with memory of its own: 0.5 MB for 8, and 0.07 for 2.
 */
const quieting: Variables = {
  BUN_GC_TIMER_DISABLE: '1',
  MIMALLOC_PURGE_DELAY: '0',
  MIMALLOC_PURGE_HOLES_FULL_EVERY: '0',
  BUN_JSC_largeHeapSize: '2000000',
  BUN_JSC_useWarmUpMarkedBlocks: 'false',
  BUN_JSC_numberOfGCMarkers: '1',
  BUN_JSC_thresholdForJITAfterWarmUp: '5000',
  BUN_JSC_thresholdForFTLOptimizeAfterWarmUp: '300000',
  BUN_JSC_thresholdForFTLOptimizeSoon: '3000',
};

const keptPrefix = 'STAY_KEPT_';

export function serverEnvironment(starter: Variables, id: string): Variables {
  const kept = Object.keys(quieting).flatMap((name) =>
    starter[name] === undefined ? [] : [[`${keptPrefix}${name}`, starter[name]] as const],
  );
  return { ...starter, ...Object.fromEntries(kept), ...quieting, [serverVariable]: id };
}

/** The starter's environment again, in the server. */
export function starterEnvironment(server: Variables): Variables {
  const starter = { ...server };
  for (const name of Object.keys(quieting)) {
    starter[name] = server[`${keptPrefix}${name}`];
    delete starter[`${keptPrefix}${name}`];
  }
  delete starter[serverVariable];
  return starter;
}
