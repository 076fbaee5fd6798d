// `stay list`: the sessions, for people and for scripts.

import type { Settings } from '../../config/settings.ts';
import { environment } from '../../platform/runtime.ts';
import { isOutputDevice, printError, printOut } from '../../platform/standard-streams.ts';
import { allSessions } from '../all-sessions.ts';
import { forgetExpired } from '../forget-expired.ts';
import { listJson, listTable, type TableRoom } from '../list-output.ts';
import { loadSettings } from '../load-settings.ts';
import { verb } from '../verb.ts';

export const listVerb = verb({
  command: ['list', 'ls'],
  describe: 'Print the sessions',
  build: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print an array of objects, for scripts' })
      .example('$0 list', 'The sessions as a table, the one used last first')
      .example('$0 list --json | jq -r ".[].name"', 'Their names'),
  async run({ json }) {
    const settings = loadSettings();
    await forgetExpired({ keepMs: settings.keepExited, now: Date.now() });
    const unreadable: { id: string; why: string }[] = [];
    const sessions = await allSessions((entry) => unreadable.push(entry));
    for (const { id, why } of unreadable) await printError(`stay: Cannot list the session ${id}: ${why}\n`);
    await printOut(json ? listJson(sessions) : listTable(sessions, Date.now(), await roomOfOutput(settings)));
    return 0;
  },
});

async function roomOfOutput(settings: Settings): Promise<TableRoom> {
  if (!isOutputDevice()) return { columns: Number.POSITIVE_INFINITY, ellipsis: '' };
  const { outputColumns } = await import('../../platform/standard-terminal.ts');
  const { listLooks } = await import('../list-looks.ts');
  const { isAscii } = listLooks(settings, environment);
  return { columns: (await outputColumns()) ?? Number.POSITIVE_INFINITY, ellipsis: isAscii ? '...' : '…' };
}
