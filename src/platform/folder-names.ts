// The folders in a folder, for completing what is typed. Read without blocking: a folder may be on a disk that does not answer.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { maxFolderEntries } from '../base/limits.ts';

export interface FolderNames {
  /** In no order. */
  names: string[];
  /** False when there may be more: only the first `maxFolderEntries` entries were looked at. */
  areAll: boolean;
}

/** Names of the folders in `path` that begin with `start`, links to folders among them. None where nothing can be read. */
export async function folderNames(path: string, start: string): Promise<FolderNames> {
  const names: Promise<string | null>[] = [];
  let count = 0;
  try {
    for await (const entry of await fs.promises.opendir(path, { bufferSize: 1024 })) {
      if (entry.name.startsWith(start)) names.push(nameOfFolder(path, entry));
      if (++count === maxFolderEntries) break;
    }
  } catch {
    // ENOENT, ENOTDIR, EACCES, ENAMETOOLONG, or a null byte in the path: whoever types will see that nothing is offered
  }
  return { names: (await Promise.all(names)).filter((name) => name !== null), areAll: count < maxFolderEntries };
}

async function nameOfFolder(path: string, entry: fs.Dirent): Promise<string | null> {
  if (entry.isDirectory()) return entry.name;
  // Some file systems do not tell what an entry is: such an entry is none of the kinds.
  if (entry.isFile()) return null;
  try {
    return (await fs.promises.stat(join(path, entry.name))).isDirectory() ? entry.name : null;
  } catch {
    return null; // ENOENT, ELOOP: a link that leads nowhere
  }
}
