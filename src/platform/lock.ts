// A lock between processes, held for moments: a file that names its holder, made by link(2), which is atomic.

import * as fs from 'node:fs';
import { lockIntervalMs, lockTimeoutMs } from '../base/limits.ts';
import { errnoOf, StayError } from '../base/stay-error.ts';
import { isRunning, type ProcessStamp, processStamp } from './processes.ts';
import { newId } from './random.ts';

/** Runs `work` while holding the lock at `path`. A dead holder's lock is broken; a living one's is waited for. */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  const mine = `${path}.${process.pid}.${newId()}`;
  try {
    fs.writeFileSync(mine, JSON.stringify(processStamp(process.pid)), { mode: 0o600, flag: 'wx' });
    await acquire(path, mine);
    try {
      return await work();
    } finally {
      fs.rmSync(path, { force: true });
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

async function acquire(path: string, mine: string): Promise<void> {
  const deadline = performance.now() + lockTimeoutMs;
  while (!tryLink(mine, path)) {
    if (breakIfDead(path, mine)) continue;
    if (performance.now() > deadline) {
      throw new StayError('busy', `Cannot lock "${path}": another stay has held it for ${lockTimeoutMs / 1000} s`, {
        hint: 'Try again; if no other stay is running, remove the file',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, lockIntervalMs));
  }
}

function tryLink(mine: string, path: string): boolean {
  try {
    fs.linkSync(mine, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a process that is gone; true when it is worth trying again at once. Breakers take a lock of their own
 * and look again under it: else one of two could remove the lock that the other has just taken rightly.
 */
function breakIfDead(path: string, mine: string): boolean {
  if (!isHolderDead(path)) return false;
  const breaking = `${path}.breaking`;
  if (!tryLink(mine, breaking)) {
    // A breaker that died within these few lines; two such deaths at once are not provided for.
    if (isHolderDead(breaking)) fs.rmSync(breaking, { force: true });
    return false;
  }
  try {
    if (isHolderDead(path)) fs.rmSync(path, { force: true });
  } finally {
    fs.rmSync(breaking, { force: true });
  }
  return true;
}

/** Whether the file names a holder that does not run any more. One that is not there, or being written, does not. */
export function isHolderDead(path: string): boolean {
  try {
    return !isRunning(JSON.parse(fs.readFileSync(path, 'utf8')) as ProcessStamp);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    if (error instanceof SyntaxError) return true; // cut off by a full disk; a whole one is linked, never written in place
    throw error;
  }
}
