// The last screen of a session that has no server any more, from its files.

import { historyLines } from '../base/limits.ts';
import { Emulator } from '../emulator/emulator.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { joinBytes } from '../protocol/frames.ts';
import { loadScreen } from '../storage/saved-screen.ts';

/** Paints the screen saved in `folder`, if there is one, and leaves the cursor below it. */
export async function showSavedScreen(
  folder: string,
  options: { terminal: UserTerminal; replayLines: number },
): Promise<void> {
  const { terminal, replayLines } = options;
  const saved = loadScreen(folder);
  if (saved === null) return;
  const { cols, rows } = saved;
  const emulator = new Emulator({ cols, rows, historyLines, onReply: () => {}, onFault: () => {} });
  emulator.feed(saved.paint);
  emulator.resize(terminal.size());
  const paint = emulator.repaint({ onto: 'used', historyLines: replayLines });
  const below = new TextEncoder().encode(`\x1b[${emulator.endRow};1H\r\n`);
  await terminal.write(joinBytes([paint, emulator.restoration(), below]));
  emulator.dispose();
}
