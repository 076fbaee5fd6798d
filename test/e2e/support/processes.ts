// The processes of the machine as a test sees them, read from /proc.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface SeenProcess {
  pid: number;
  parent: number;
  group: number;
  terminalSession: number;
  /** One letter after ps(1); `Z` is dead, not yet reaped, `T` is stopped. */
  state: string;
  args: string[];
  /** The environment it was started with, entries separated by NUL. */
  environment: string;
}

/** One process, or null when there is none (a zombie counts as none). */
export function seeProcess(pid: number): SeenProcess | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold blanks and parentheses: count from the last one.
    const [state = '?', parent, group, terminalSession] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      terminalSession: Number(terminalSession),
      state,
      args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1),
      environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
    };
  } catch {
    return null; // it ended meanwhile
  }
}

export function isAlive(pid: number): boolean {
  return seeProcess(pid) !== null;
}

/** Every living process whose environment or arguments contain `marker`, this one left out. */
export function processesMarked(marker: string): SeenProcess[] {
  return allProcesses().filter((one) => one.environment.includes(marker) || one.args.join(' ').includes(marker));
}

/** Every living process, this one left out. */
export function allProcesses(): SeenProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => seeProcess(Number(pid)))
    .filter((one) => one !== null && one.pid !== process.pid) as SeenProcess[];
}

/** One line for people. */
export function describeProcess(one: SeenProcess): string {
  return `pid ${one.pid} (parent ${one.parent}, session ${one.terminalSession}, state ${one.state}): ${one.args.join(' ')}`;
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it is gone already
  }
}

/** The largest resident size that the process ever had, in bytes; 0 when it is gone. */
export function peakResidentBytes(pid: number): number {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it ended meanwhile
  }
}

/** Bytes of memory that the process has for itself alone now: its heap, not its binary's pages. 0 when it is gone. */
export function ownBytes(pid: number): number {
  try {
    const line = /^Anonymous:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it ended meanwhile
  }
}

/** Sockets that the process has open. */
export function openSocketCount(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => readlinkSync(`${folder}/${name}`).startsWith('socket:')).length;
}

/** How often each thread of the process has gone to sleep so far, by its number and name: once for each time it woke up. */
export function sleepsOf(pid: number): Map<string, number> {
  const folder = `/proc/${pid}/task`;
  const sleeps = readdirSync(folder).map((thread): [string, number] => {
    const status = readFileSync(`${folder}/${thread}/status`, 'utf8');
    const name = /^Name:\s+(.*)$/m.exec(status)?.[1];
    return [`${thread} ${name}`, Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1])];
  });
  return new Map(sleeps);
}

/**
 * `command` started without the files that this process happens to hold open. node-pty's terminals are inherited by
 * everything started later, and a terminal that somebody still holds does not hang up when it is closed.
 */
export function withoutInheritedFiles(command: readonly string[]): string[] {
  const closeAll = 'for n in $(ls /proc/$$/fd); do ((n > 2 && n < 255)) && eval "exec $n>&-"; done; exec "$@"';
  return ['/bin/bash', '--norc', '--noprofile', '-c', closeAll, 'bash', ...command];
}
