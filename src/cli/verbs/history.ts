// `stay history`: what scrolled away in a session, beyond what a terminal keeps.

import { printedHistoryLines } from '../../base/limits.ts';
import { shellQuote } from '../../base/shell-quote.ts';
import { StayError } from '../../base/stay-error.ts';
import { hasHistory } from '../../storage/recorded-history.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { catalog, findRecord } from '../known-sessions.ts';
import { printLines } from '../print-lines.ts';
import { searchPattern } from '../search-pattern.ts';
import { type Extent, sessionLines } from '../session-lines.ts';
import { extentSince } from '../since.ts';
import { verb } from '../verb.ts';

export const historyVerb = verb({
  command: 'history <name>',
  describe: 'Print what scrolled away in a session, and its screen',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .option('all', {
        type: 'boolean',
        default: false,
        describe: `All that is kept, not the last ${printedHistoryLines} lines`,
      })
      .option('since', {
        type: 'string',
        requiresArg: true,
        describe: 'What was written since then, such as 10m or 2h',
      })
      .option('search', {
        type: 'string',
        requiresArg: true,
        describe: 'Only lines that match this regular expression',
      })
      .option('ansi', { type: 'boolean', default: false, describe: 'Keep colours, attributes and links' })
      .example('$0 history build', `The last ${printedHistoryLines} lines`)
      .example('$0 history build --all | less', 'All of it')
      .example('$0 history web --since 10m --search "error|warn"', 'What went wrong in the last ten minutes'),
  async run({ name, all, since, search, ansi }) {
    const pattern = search === undefined ? null : searchPattern(search);
    const isLimited = since === undefined && !all && pattern === null;
    const extent: Extent = isLimited ? { kind: 'last', count: printedHistoryLines } : extentSince(since);
    const record = findRecord(name);
    const folder = catalog().folderOf(record.id);
    if (!(await hasHistory(folder))) throw notRecorded(record);
    const { count } = await printLines(sessionLines(folder, { extent, isAnsi: ansi }), {
      isWanted: ({ text }) => pattern === null || pattern.test(text),
      format: ({ text, ansi: coloured }) => coloured ?? text,
    });
    return pattern !== null && count === 0 ? 1 : 0;
  },
});

function notRecorded({ name, isPrivate }: SessionRecord): StayError {
  const why = isPrivate ? 'it is private, so nothing of it is on the disk' : 'nothing of it is on the disk';
  return new StayError('noSession', `Cannot print the history of "${name}": ${why}`, {
    hint: `See what its terminal keeps: stay peek ${shellQuote(name)} --history ${printedHistoryLines}`,
  });
}
