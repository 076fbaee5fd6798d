// The sessions as their records tell them, for the shell's completion: no server is asked, so that none can hold it up, and
// nothing is made or mended on the way.

import { commandName } from '../../base/command-name.ts';
import { homeFolder, statePlaces } from '../../platform/paths.ts';
import { openCatalog } from '../../storage/catalog.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { formatDirectory } from '../../ui/format.ts';
import { isRunningHere, recordsOf } from '../known-sessions.ts';
import type { Candidate } from './complete.ts';

/** Their names, the one used last first; `isTold` says whether to add in what state they are. */
export function recordedSessions({ isTold }: { isTold: boolean }): Candidate[] {
  return recordsOf(openCatalog(statePlaces().sessions))
    .sort((a, b) => b.lastUsedAt - a.lastUsedAt)
    .map((record) => ({ value: record.name, describe: isTold ? descriptionOf(record) : '' }));
}

function descriptionOf(record: SessionRecord): string {
  return `${stateOf(record)}: ${commandName(record.command)} in ${formatDirectory(record.lastCwd, homeFolder())}`;
}

function stateOf(record: SessionRecord): string {
  if (record.exit === null) return isRunningHere(record) ? 'running' : 'stopped';
  const { signal, exitCode } = record.exit;
  if (signal !== null) return `killed by ${signal}`;
  return exitCode === null ? 'exited' : `exited ${exitCode}`;
}
