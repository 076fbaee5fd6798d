// The list and the sessions opened from it, in turn, on one terminal.

import { messageOf } from '../base/stay-error.ts';
import { systemClock } from '../platform/clock.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListResult } from '../ui/session-list.ts';
import { attachSession } from './attach-session.ts';
import { findSession } from './known-sessions.ts';
import { loadSettings } from './load-settings.ts';
import { sessionActions } from './session-actions.ts';
import { sessionFeed } from './session-feed.ts';
import { withTerminal } from './with-terminal.ts';

/** Shows the list until the person quits it; the result is the exit status. */
export function openList(): Promise<number> {
  const settings = loadSettings();
  return withTerminal('open the list', async (terminal) => {
    let selectedId: string | undefined;
    let notice: string | undefined;
    for (;;) {
      const result = await showList(terminal, { selectedId, notice });
      if (result.kind === 'quit') return 0;
      selectedId = result.id;
      notice = await attachFromList(terminal, result.id, settings);
    }
  });
}

async function showList(terminal: UserTerminal, shown: { selectedId?: string; notice?: string }): Promise<ListResult> {
  const streams = terminal.streams();
  try {
    return await runList({
      terminal: streams,
      feed: sessionFeed,
      actions: sessionActions(() => terminal.size()),
      selectedId: shown.selectedId,
      notice: shown.notice,
      hasColor: !environment.NO_COLOR && environment.TERM !== 'dumb',
      home: homeFolder(),
      clock: systemClock,
    });
  } finally {
    streams.dispose();
  }
}

/** Attaches, and tells what the list should say afterwards: nothing when the person just detached. */
async function attachFromList(
  terminal: UserTerminal,
  id: string,
  settings: ReturnType<typeof loadSettings>,
): Promise<string | undefined> {
  const { detachKeys, replayLines } = settings;
  try {
    const session = await findSession(id);
    const parting = await attachSession(session, { terminal, detachKeys: [...detachKeys], replayLines, ifFree: false });
    return parting.isPlainDetach ? undefined : (parting.sentence ?? undefined);
  } catch (error) {
    return messageOf(error);
  }
}
