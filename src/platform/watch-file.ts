// Hearing that one file goes.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';

/**
 * Calls `onChange` when the file at `path` is removed, moved or changed, by its own name or with the folders around it.
 * Costs nothing meanwhile: on Linux an inotify watch on the file itself, so that neighbours that come and go are not heard of.
 * Not heard of are folders that are moved away whole, and mounts. Throws where the system cannot watch it.
 */
export function watchFile(path: string, onChange: () => void): Disposable {
  const watcher = fs.watch(path, { persistent: false }, () => onChange());
  watcher.on('error', () => onChange());
  return { dispose: () => watcher.close() };
}
