// `stay search`: looks through the histories of all sessions.

import { messageOf } from '../../base/stay-error.ts';
import type { HistoryLine } from '../../emulator/history-replay.ts';
import { printError } from '../../platform/standard-streams.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { catalog, readCatalog } from '../known-sessions.ts';
import { printLines } from '../print-lines.ts';
import { searchPattern } from '../search-pattern.ts';
import { sessionLines } from '../session-lines.ts';
import { extentSince } from '../since.ts';
import { verb } from '../verb.ts';

export const searchVerb = verb({
  command: 'search <regex>',
  describe: 'Look through the histories of all sessions',
  build: (yargs) =>
    yargs
      .positional('regex', { type: 'string', demandOption: true, describe: 'The regular expression to look for' })
      .option('since', {
        type: 'string',
        requiresArg: true,
        describe: 'What was written since then, such as 10m or 2h',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print an object for each line, for scripts' })
      .example('$0 search "connection refused"', 'Which session was it?')
      .example('$0 search "TODO|FIXME" --json', 'For scripts'),
  async run({ regex, since, json }) {
    const pattern = searchPattern(regex);
    const extent = extentSince(since);
    const { records, unreadable } = readCatalog();
    for (const { id, why } of unreadable) await printError(`stay: Cannot search the session ${id}: ${why}\n`);
    const format = json ? jsonLine : textLine;
    let found = 0;
    const newestFirst = records.sort((a, b) => b.lastUsedAt - a.lastUsedAt);
    for (const record of newestFirst) {
      const folder = catalog().folderOf(record.id);
      try {
        const { count, isRead } = await printLines(sessionLines(folder, { extent, isAnsi: false }), {
          isWanted: ({ text }) => pattern.test(text),
          format: (line) => format(record, line),
        });
        found += count;
        if (!isRead) break;
      } catch (error) {
        await printError(`stay: Cannot search the session "${record.name}": ${messageOf(error)}\n`);
      }
    }
    return found > 0 ? 0 : 1;
  },
});

function textLine({ name }: SessionRecord, { text }: HistoryLine): string {
  return `${name}: ${text}`;
}

/** Frozen: scripts read these fields. Times are milliseconds since 1970. */
function jsonLine({ name, id }: SessionRecord, { at, text }: HistoryLine): string {
  return JSON.stringify({ name, id, time: at, line: text });
}
