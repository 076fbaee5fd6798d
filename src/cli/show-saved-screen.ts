// The last screen of a session that has no server any more, from its files.

import { joinBytes } from '../base/join-bytes.ts';
import { restoredEmulator } from '../emulator/restored-emulator.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { recover, requireNewest } from '../storage/recovery.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { spoiledWords } from '../storage/spoiled-words.ts';

/**
 * Paints the screen saved in `folder`, if there is one, and leaves the cursor below it. The result tells, in words, what was
 * spoiled of its files; null when nothing was.
 */
export async function showSavedScreen(
  folder: string,
  options: { record: Pick<SessionRecord, 'name' | 'historyLines'>; terminal: UserTerminal; replayLines: number },
): Promise<string | null> {
  const { terminal, replayLines } = options;
  const { name, historyLines } = options.record;
  const recovery = await recover(folder);
  requireNewest(recovery, `Cannot show the last screen of "${name}"`);
  const spoiled = spoiledWords(name, recovery);
  const { screen, records } = recovery;
  if (screen === null) return spoiled;
  const quiet = { historyLines, onReply: () => {}, onFault: () => {} };
  const emulator = restoredEmulator({ screen, events: records }, quiet);
  emulator.resize(terminal.size());
  const paint = emulator.repaint({ onto: 'used', historyLines: replayLines });
  const below = new TextEncoder().encode(`\x1b[${emulator.endRow};1H\r\n`);
  await terminal.write(joinBytes([paint, emulator.restoration(), below]));
  emulator.dispose();
  return spoiled;
}
