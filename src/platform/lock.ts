// A lock between processes, held for moments: a file that names its holder, made by link(2), which is atomic.

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { lockIntervalMs, lockTimeoutMs } from '../base/limits.ts';
import { errnoOf, StayError } from '../base/stay-error.ts';
import { isRunning, type ProcessStamp, processStamp } from './processes.ts';

/** Runs `work` while holding the lock at `path`. A dead holder's lock is broken; a living one's is waited for. */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  const mine = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  fs.writeFileSync(mine, JSON.stringify(processStamp(process.pid)), { mode: 0o600, flag: 'wx' });
  try {
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
    if (breakIfDead(path)) continue;
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

/** Removes the lock of a process that is gone; true when it is worth trying again at once. */
function breakIfDead(path: string): boolean {
  const holder = readHolder(path);
  if (holder === 'gone') return true;
  if (holder !== 'unreadable' && isRunning(holder)) return false;
  // Only one of several breakers can rename it; the others find it gone or find the next holder's.
  const broken = `${path}.broken.${process.pid}`;
  try {
    fs.renameSync(path, broken);
    fs.rmSync(broken, { force: true });
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  return true;
}

function readHolder(path: string): ProcessStamp | 'gone' | 'unreadable' {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8')) as ProcessStamp;
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
  }
}
