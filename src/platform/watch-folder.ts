// Hearing of changes in a folder.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';

/** Calls `onChange` when an entry comes or goes, perhaps several times for one change. */
export function watchFolder(path: string, onChange: () => void): Disposable {
  const watcher = fs.watch(path, onChange);
  // The folder itself may be removed; whoever asked then sees an empty one.
  watcher.on('error', onChange);
  return { dispose: () => watcher.close() };
}
