// Changing the traits of a session, through its server or, where there is none, in its record and files.

import { withoutText } from '../base/activity.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { systemFiles } from '../platform/file-layer.ts';
import { removeScreens } from '../storage/remove-screens.ts';
import { askServer } from './ask-server.ts';
import { changeRecord } from './change-record.ts';
import type { KnownSession } from './known-sessions.ts';

/** Resolves once they are on the disk; a session that has become private then has nothing of its screen there. */
export async function configureSession(session: KnownSession, traits: Partial<SessionTraits>): Promise<void> {
  if (session.server !== 'none') return askServer(session, { kind: 'configure', body: traits }, 'change');
  await changeRecord(session, 'change', async (record, sessions) => {
    if (!traits.isPrivate) return { ...record, ...traits };
    await removeScreens(sessions.folderOf(record.id), systemFiles);
    return { ...record, ...traits, title: '', activity: withoutText(record.activity) };
  });
}
