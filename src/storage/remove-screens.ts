// Taking everything of a session's screen and history off the disk; its record stays.

import { join } from 'node:path/posix';
import type { FileLayer } from '../platform/file-layer.ts';
import { isOfScreen } from './generation-files.ts';

/** Removes checkpoints, journals and archives of every age, also unfinished ones and those that were set aside. Nobody may be writing them. */
export async function removeScreens(folder: string, files: FileLayer): Promise<void> {
  const names = (await files.list(folder)).filter(isOfScreen);
  for (const name of names) await files.remove(join(folder, name));
  if (names.length > 0) await files.syncFolder(folder);
}
