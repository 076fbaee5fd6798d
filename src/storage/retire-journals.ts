// Journals that no checkpoint needs any more go into the archive and then away, in their order. A crash between the two is
// seen by the generation: what is in the archive already only goes away.

import { join } from 'node:path/posix';
import { maxWaitingJournals } from '../base/limits.ts';
import type { FileLayer } from '../platform/file-layer.ts';
import { journalFile, journalGenerations } from './generation-files.ts';
import type { HistoryArchive } from './history-archive.ts';
import { decodeJournal } from './journal.ts';
import { readJournal } from './retired-journal.ts';

interface Place {
  folder: string;
  files: FileLayer;
  archive: HistoryArchive;
  /** The oldest generation of this server: older ones may be those of a newer stay. */
  first: number;
}

/**
 * Retires the journals of generations before `before`. Throws the first failure: the journals from there on wait for the
 * next time, but no more than some of them; a disk that takes none must not fill up with them.
 */
export async function retireJournals(
  place: Place,
  { before, isStopped }: { before: number; isStopped(): boolean },
): Promise<void> {
  const { folder, files, archive } = place;
  const generations = journalGenerations(await files.list(folder)).filter((one) => one < before);
  let done = 0;
  try {
    if (!archive.isKept) await archive.removeAll();
    for (; done < generations.length && !isStopped(); done++) await retire(place, generations[done]!);
  } catch (error) {
    const surplus = generations.slice(done).slice(0, -maxWaitingJournals);
    // What cannot be removed now will be next time.
    for (const one of surplus) await files.remove(join(folder, journalFile(one))).catch(() => {});
    throw error;
  }
}

async function retire({ folder, files, archive, first }: Place, generation: number): Promise<void> {
  const path = join(folder, journalFile(generation));
  // What only a newer stay can read is left for that.
  if (generation < first && (await isOfNewer(path, files))) return;
  if (archive.isKept && generation > archive.newest) {
    const journal = await readJournal(folder, generation, files);
    if (journal !== null) await archive.add(journal);
  }
  await files.remove(path);
}

async function isOfNewer(path: string, files: FileLayer): Promise<boolean> {
  const bytes = await files.read(path);
  return bytes !== null && decodeJournal(bytes).kind === 'newer';
}
