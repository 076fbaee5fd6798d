// The list on the user's terminal, once.

import type { Settings } from '../config/settings.ts';
import { systemClock } from '../platform/clock.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListResult } from '../ui/session-list.ts';
import { sessionActions } from './session-actions.ts';
import { sessionFeed } from './session-feed.ts';
import { traitsOfSettings } from './session-traits.ts';

export interface ListShown {
  /** The session to select at first. */
  selectedId: string | undefined;
  /** One line to show at first. */
  notice: string | undefined;
  settings: Settings;
  /** Ends it, as if the person had quit. */
  ending: AbortSignal;
}

/** Shows the list until the person chooses or quits; the terminal is then as it was, with what was typed after that. */
export async function showList(
  terminal: UserTerminal,
  { selectedId, notice, settings, ending }: ListShown,
): Promise<ListResult> {
  const streams = terminal.streams();
  try {
    return await runList({
      terminal: streams,
      feed: sessionFeed,
      actions: sessionActions(() => terminal.size(), traitsOfSettings(settings)),
      selectedId,
      notice,
      hasColor: !environment.NO_COLOR && environment.TERM !== 'dumb',
      ending,
      home: homeFolder(),
      clock: systemClock,
    });
  } finally {
    streams.dispose();
  }
}
