// Ending every process of a session: what runs on its terminal, what left it, and what was orphaned.

import { killGraceMs, reapIntervalMs, reapTimeoutMs } from '../base/limits.ts';
import { allProcesses, type ProcessFacts, type ProcessStamp, sendSignal, startEnvironmentOf } from './processes.ts';

/** Marks the environment of a session's programs, so that even an orphan in a terminal session of its own is known. */
export const sessionVariable = 'STAY_SESSION';

/** Marks the environment of a session's server: a server started from inside another session belongs to nobody. */
export const serverVariable = 'STAY_SERVER';

export interface SessionRoot {
  id: string;
  /** The program, dead or alive, whose pid is also the number of its terminal session; null when none was started. */
  leader: ProcessStamp | null;
}

/**
 * Ends all processes of the session: SIGHUP (and SIGCONT, so that stopped ones hear it), then SIGKILL for what is left
 * after `killGraceMs`. Resolves when none runs any more; what the kernel does not let go within `reapTimeoutMs` is returned.
 */
export async function endSessionProcesses(root: SessionRoot): Promise<number[]> {
  const asked = new Set<string>();
  const killAt = performance.now() + killGraceMs;
  const giveUpAt = killAt + reapTimeoutMs;
  for (;;) {
    const left = sessionProcesses(root);
    const now = performance.now();
    if (left.length === 0 || now > giveUpAt) return left.map((one) => one.pid);
    for (const one of left) {
      if (now >= killAt) sendSignal(one.pid, 'SIGKILL');
      else hangUpOnce(one, asked);
    }
    await new Promise((resolve) => setTimeout(resolve, reapIntervalMs));
  }
}

function hangUpOnce(one: ProcessFacts, asked: Set<string>): void {
  const key = `${one.pid} ${one.start}`;
  if (asked.has(key)) return;
  asked.add(key);
  sendSignal(one.pid, 'SIGHUP');
  sendSignal(one.pid, 'SIGCONT');
}

/** The living processes of the session, children of other sessions' servers left out. */
export function sessionProcesses(root: SessionRoot): ProcessFacts[] {
  const all = allProcesses().filter((one) => one.state !== 'Z' && one.pid !== process.pid);
  const leader = leaderNumber(root, all);
  const members = new Map<number, ProcessFacts>();
  for (const one of all) {
    const isOnTerminal = leader !== null && one.terminalSession === leader;
    if (isOnTerminal || isMarked(one, root)) members.set(one.pid, one);
  }
  // Parents may come after their children in the list: repeat until nothing is found.
  for (let found = true; found; ) {
    found = false;
    for (const one of all) {
      if (members.has(one.pid) || !members.has(one.parent) || isServer(one)) continue;
      members.set(one.pid, one);
      found = true;
    }
  }
  return [...members.values()];
}

/** The number of the session's terminal session, or null when a stranger has that pid now: then no member is left in it. */
function leaderNumber(root: SessionRoot, all: readonly ProcessFacts[]): number | null {
  if (root.leader === null) return null;
  const { pid, start } = root.leader;
  const present = all.find((one) => one.pid === pid);
  return present === undefined || present.start === start ? pid : null;
}

function isMarked(one: ProcessFacts, root: SessionRoot): boolean {
  return startEnvironmentOf(one.pid, sessionVariable) === root.id && !isServer(one);
}

function isServer(one: ProcessFacts): boolean {
  return startEnvironmentOf(one.pid, serverVariable) !== undefined;
}
