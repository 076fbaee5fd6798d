// Clearing the history of a session from memory and disk.

import { compress } from '../platform/compression.ts';
import { systemFiles } from '../platform/file-layer.ts';
import { GenerationStore } from '../storage/generation-store.ts';
import { recover, requireNewest } from '../storage/recovery.ts';
import { removeScreens } from '../storage/remove-screens.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { askServer } from './ask-server.ts';
import { changeRecord } from './change-record.ts';
import type { KnownSession } from './known-sessions.ts';

/** Resolves once nothing but the screen itself is left of what the session has shown. */
export async function forgetHistory(session: KnownSession): Promise<void> {
  if (session.server !== 'none') return askServer(session, { kind: 'forget', body: {} }, 'forget the history of');
  await changeRecord(session, 'forget the history of', async (record, sessions) => {
    await keepScreenOnly(sessions.folderOf(record.id), record);
    return record;
  });
}

/** Puts a checkpoint of the last screen, without history, in the place of everything that was recorded. */
async function keepScreenOnly(folder: string, { name, historyLines }: SessionRecord): Promise<void> {
  const recovery = await recover(folder);
  requireNewest(recovery, `Cannot forget the history of "${name}"`);
  const { screen, records } = recovery;
  if (screen === null) return removeScreens(folder, systemFiles);
  const { restoredEmulator } = await import('../emulator/restored-emulator.ts');
  const quiet = { historyLines, onReply: () => {}, onFault: () => {} };
  const emulator = restoredEmulator({ screen, events: records }, quiet);
  const paint = emulator.repaint({ onto: 'fresh', historyLines: 0 });
  const { cols, rows } = emulator;
  emulator.dispose();
  const options = { files: systemFiles, historyBytes: 0, compress, onArchiveFault: () => {} };
  const store = await GenerationStore.open(folder, options);
  await store.begin({ screen: { cols, rows, paint, savedAt: screen.savedAt }, paint, isContinuous: false });
  await store.forgetOlder();
  await store.close();
}
