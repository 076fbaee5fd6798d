// Hearing of changes in a folder.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import { listFolder } from './files.ts';

/** How often a folder is looked at that the system does not watch. */
const lookEveryMs = 1_000;

/**
 * Calls `onChange` when an entry comes or goes, perhaps several times for one change. Where the system watches no more
 * (inotify_init(2): a user may have 128 by default, and editors take many), within a second, by looking.
 */
export function watchFolder(path: string, onChange: () => void): Disposable {
  try {
    const watcher = fs.watch(path, onChange);
    // The folder itself may be removed; whoever asked then sees an empty one.
    watcher.on('error', onChange);
    return { dispose: () => watcher.close() };
  } catch {
    return lookInto(path, onChange);
  }
}

/** By names: a folder's time tells nothing of two changes in the same 4 ms. */
function lookInto(path: string, onChange: () => void): Disposable {
  let before = namesIn(path);
  const timer = setInterval(() => {
    const names = namesIn(path);
    if (names === before) return;
    before = names;
    onChange();
  }, lookEveryMs);
  return { dispose: () => clearInterval(timer) };
}

function namesIn(path: string): string {
  try {
    return listFolder(path).sort().join('/');
  } catch {
    return ''; // it may not be read for now: whoever asked finds that out
  }
}
