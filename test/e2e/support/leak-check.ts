// The end of every suite: no process, no socket, no session folder is left.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeProcess, processesMarked, signal } from './processes.ts';
import type { RunResult } from './run-command.ts';
import { waitUntil } from './waiting.ts';

/** Milliseconds that the last processes (shells of closed terminals, servers that remove their files) get to end. */
const goneTimeoutMs = 5_000;

export interface LeakCheckOptions {
  /** In the environment or the arguments of every process of the sandbox. */
  root: string;
  stateDir: string;
  runtimeDir: string;
  killAll(): Promise<RunResult>;
}

/** Ends all sessions, fails with the list of what is left then, kills that, and removes the sandbox. */
export async function leakCheck(options: LeakCheckOptions): Promise<void> {
  const left: string[] = [];
  try {
    const killed = await options.killAll();
    if (killed.exitCode !== 0) left.push(`kill --all failed with ${killed.exitCode}: ${killed.stderr}`);
  } catch (error) {
    left.push(`kill --all failed: ${error}`);
  }
  left.push(...(await processesLeft(options.root)), ...filesLeft(options));
  rmSync(options.root, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`Left behind by the tests of this file:\n${left.join('\n')}`);
}

async function processesLeft(root: string): Promise<string[]> {
  try {
    await waitUntil(() => processesMarked(root).length === 0, 'processes are left', { timeoutMs: goneTimeoutMs });
    return [];
  } catch {
    const left = processesMarked(root);
    for (const one of left) signal(one.pid, 'SIGKILL');
    return left.map((one) => `process: ${describeProcess(one)}`);
  }
}

function filesLeft({ stateDir, runtimeDir }: LeakCheckOptions): string[] {
  return [
    ...entriesOf(runtimeDir)
      .filter((name) => name.endsWith('.sock'))
      .map((name) => `socket: ${name}`),
    ...entriesOf(join(stateDir, 'sessions')).map((name) => `session folder: ${name}`),
  ];
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
