// How long processes had to wait for a CPU: what a busy machine adds to every promise in milliseconds.
// Linux counts it for each thread, see proc_pid_schedstat(5). Where it does not, the lateness of our own timers has to do.

import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const lookIntervalMs = 5;

export interface SchedulingWitness {
  /** Looks now; call it at the end of the time that is asked about. */
  look(): void;
  /** Milliseconds of waiting between `from` (since 1970) and the last look. */
  waitedSince(from: number): number;
  stop(): void;
}

interface Look {
  at: number;
  /** Milliseconds waited since its start, by each thread of each process; the main thread has the number of the process. */
  threads: Map<number, number>[];
}

/** Watches processes that work hand in hand: the wait of any of them holds up all. */
export function watchScheduling(pids: readonly number[]): SchedulingWitness {
  const looks: Look[] = [];
  const look = () => void looks.push({ at: performance.now(), threads: pids.map(threadWaits) });
  const startedAt = Date.now() - performance.now();
  look();
  const timer = setInterval(look, lookIntervalMs);

  return {
    look,
    waitedSince(from) {
      const first = looks.findLastIndex(({ at }) => startedAt + at <= from);
      const some = looks.slice(Math.max(0, first));
      const steps = some.slice(1).map((later, index) => ({ before: some[index]!, after: later }));
      return steps.reduce((sum, step) => sum + waitOf(step, pids), 0);
    },
    stop: () => clearInterval(timer),
  };
}

/** Milliseconds between two looks in which somebody waited: of two at once no more than there were. */
function waitOf({ before, after }: { before: Look; after: Look }, pids: readonly number[]): number {
  const gap = after.at - before.at;
  if (!isCounted) return Math.max(0, gap - lookIntervalMs);
  const waits = pids.map((pid, index) =>
    processWait(pid, { before: before.threads[index]!, after: after.threads[index]! }),
  );
  return Math.min(
    gap,
    waits.reduce((sum, wait) => sum + wait, 0),
  );
}

type Waits = ReadonlyMap<number, number>;

/** The wait of the main thread and of the one that had to wait longest for it, such as one that writes a file. */
function processWait(pid: number, { before, after }: { before: Waits; after: Waits }): number {
  const waited = (thread: number) => (after.get(thread) ?? 0) - (before.get(thread) ?? 0);
  const others = [...after.keys()].filter((thread) => thread !== pid && before.has(thread)).map(waited);
  return Math.max(0, waited(pid)) + Math.max(0, ...others);
}

/** Whether the kernel counts at all: a process that runs has been on a run queue. */
const isCounted = threadWait(process.pid, process.pid) > 0;

function threadWaits(pid: number): Map<number, number> {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map(Number);
    return new Map(threads.map((thread) => [thread, threadWait(pid, thread)]));
  } catch {
    return new Map(); // it ended meanwhile
  }
}

/** The second number: nanoseconds spent waiting on a run queue. */
function threadWait(pid: number, thread: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0; // the thread ended meanwhile, or the kernel does not count
  }
}
