// Spoiled files in words, for the person whose session they belong to.

import { localDate } from '../base/local-date.ts';
import { type Recovery, recoveredUntil, type SpoiledFile } from './recovery.ts';

/** What was spoiled, where it is kept, and what it costs, in two sentences; null when nothing was. */
export function spoiledWords(name: string, recovery: Recovery): string | null {
  const { setAside } = recovery;
  if (setAside.length === 0) return null;
  const files = setAside.map(wordsOf).join('; ');
  const words = `Some of what was saved of "${name}" is damaged: ${files}. ${costOf(recovery)}.`;
  return words.replace(/\p{Cc}/gu, ' ');
}

function wordsOf({ file, why, keptAs }: SpoiledFile): string {
  return `${file} (${why}), ${keptAs === null ? 'left where it is' : `kept as ${keptAs}`}`;
}

function costOf(recovery: Recovery): string {
  const until = recoveredUntil(recovery);
  if (recovery.screen === null || until === null) return 'Nothing is left of its screen and history';
  if (recovery.isNewest) return 'Its screen and history are whole all the same';
  return `Its screen and history are as they were on ${localDate(until)}; what came later is lost`;
}
