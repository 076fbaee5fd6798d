// What /proc tells of processes, and what numbers tell of a measurement.

import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks in a second, as Linux tells processor time to programs. */
const ticksPerSecond = 100;

/** Processes of one of these names (proc_pid_comm(5)) that were started with `mark` in their environment. */
export function processesOf(mark: string, names: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const text = read(`/proc/${pid}/comm`).trim();
      return names.includes(text) && read(`/proc/${pid}/environ`).includes(mark);
    });
}

/** Seconds of processor time that the processes have used so far, all threads together: proc_pid_stat(5). */
export function processorSeconds(pids: readonly number[]): number {
  return sum(
    pids.map((pid) => {
      const fields = read(`/proc/${pid}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
    }),
  );
}

/** How often each thread of the processes was put to sleep so far, by itself or not: each is a wake-up afterwards. */
export function switches(pids: readonly number[]): Map<string, number> {
  const tasks = pids.flatMap((pid) => list(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`));
  return new Map(
    tasks.map((task) => {
      const text = read(`${task}/status`);
      const counts = [...text.matchAll(/^(?:non)?voluntary_ctxt_switches:\s+(\d+)/gm)].map((match) => Number(match[1]));
      return [task, sum(counts)];
    }),
  );
}

/** Wake-ups of the threads that are there still. */
export function wakeUpsBetween(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  return sum([...after].map(([task, count]) => count - (before.get(task) ?? 0)));
}

/** Proportional set size in MB: memory of its own, and its part of what it shares (proc_pid_smaps(5)). */
export function proportionalMegabytes(pids: readonly number[]): number {
  return sum(pids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1_024));
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(sum(values.map(Math.log)) / values.length);
}

/** Adds to the values of a key. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, ...values: Value[]): void {
  lists.set(key, [...(lists.get(key) ?? []), ...values]);
}

export const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Passes time until `isSo`; throws after two minutes. */
export async function until(isSo: () => boolean): Promise<void> {
  for (const limit = performance.now() + 120_000; !isSo(); ) {
    if (performance.now() > limit) throw new Error('It did not come about within two minutes');
    await pass(5);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
