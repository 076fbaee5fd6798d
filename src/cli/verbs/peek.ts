// `stay peek`: a session's screen, without attaching.

import { maxHistoryLines } from '../../base/limits.ts';
import { StayError } from '../../base/stay-error.ts';
import { printError, printOut } from '../../platform/standard-streams.ts';
import { findSession } from '../known-sessions.ts';
import { peekJson, peekText } from '../peek-output.ts';
import { peekSession } from '../peek-session.ts';
import { verb } from '../verb.ts';

export const peekVerb = verb({
  command: 'peek <name>',
  describe: 'Print the screen of a session without attaching',
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session, or a beginning of its name' })
      .option('ansi', { type: 'boolean', default: false, describe: 'Keep colours, attributes and links' })
      .option('json', { type: 'boolean', default: false, describe: 'Print an object, for scripts' })
      .option('history', { type: 'string', requiresArg: true, describe: 'Lines of history before the screen' })
      .option('all', { type: 'boolean', default: false, describe: 'All history that is kept' })
      .example('$0 peek build', 'Is it done?')
      .example('$0 peek build --all | grep -i error', 'What went wrong?')
      .example('$0 peek web --json | jq .cursor', 'For scripts'),
  async run({ name, ansi, json, history, all }) {
    const onSpoiled = (words: string) => printError(`stay: ${words}\n`);
    const options = { historyLines: all ? maxHistoryLines : lineCount(history ?? '0'), isAnsi: ansi, onSpoiled };
    const session = await findSession(name);
    const screen = await peekSession(session, options);
    await printOut(json ? peekJson(session.status, screen) : peekText(screen));
    return 0;
  },
});

function lineCount(text: string): number {
  if (/^\d+$/.test(text)) return Math.min(Number(text), maxHistoryLines);
  throw new StayError('usage', 'Cannot read the command line: --history wants a number of lines', {
    hint: 'Write: --history 100',
  });
}
