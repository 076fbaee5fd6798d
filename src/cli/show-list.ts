// The list on the user's terminal, once.

import { dropLateAnswers } from '../client/late-answers.ts';
import type { Settings } from '../config/settings.ts';
import { systemClock } from '../platform/clock.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import { terminalStreams } from '../platform/terminal-streams.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { keyLabel } from '../ui/key-table.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListPreferences, ListResult } from '../ui/session-list.ts';
import { listLooks } from './list-looks.ts';
import type { ListMemory } from './list-memory.ts';
import { sessionActions } from './session-actions.ts';
import { sessionFeed } from './session-feed.ts';
import { sessionPreviews } from './session-previews.ts';
import { traitsOfSettings } from './session-traits.ts';

export interface ListShown {
  /** The session that the person comes from: another one is selected at first. */
  leftId: string | undefined;
  /** One line to show at first. */
  notice: string | undefined;
  settings: Settings;
  /** Keeps what is learned for the next time. */
  memory: ListMemory;
  /** Ends it, as if the person had quit. */
  ending: AbortSignal;
}

/** Shows the list until the person chooses or quits; the terminal is then as it was, with what was typed after that. */
export async function showList(terminal: UserTerminal, shown: ListShown): Promise<ListResult> {
  const { leftId, notice, settings, memory, ending } = shown;
  const preferences = preferencesOf(settings, memory);
  memory.isAnswerDue = preferences.hasColor && preferences.background === null;
  const streams = terminalStreams(terminal);
  try {
    return await runList({
      terminal: streams,
      feed: sessionFeed,
      actions: sessionActions(() => terminal.size(), traitsOfSettings(settings)),
      previews: sessionPreviews(),
      preferences,
      leftId,
      notice,
      onBackground: (background) => {
        memory.background = background;
      },
      onView: (view) => {
        memory.view = view;
      },
      onAnswered: () => {
        memory.isAnswerDue = false;
      },
      ending,
      home: homeFolder(),
      clock: systemClock,
    });
  } finally {
    streams.dispose();
    // Else it would be typed into the session or the shell.
    if (memory.isAnswerDue && !ending.aborted) await dropLateAnswers(terminal, 1);
  }
}

/** How the person wants the list, and had it last; the terminal's background need not be asked for again. */
function preferencesOf(settings: Settings, { background, view }: ListMemory): ListPreferences {
  const looks = listLooks(settings, environment);
  const { keys, order, restart, detachKeys } = settings;
  const { order: lastOrder, previewShows } = view ?? { order, previewShows: { beside: true, instead: false } };
  const [detachKey] = detachKeys;
  return {
    ...{ ...looks, background: looks.background ?? background, keys, order: lastOrder, previewShows, restart },
    detachKey: detachKey === undefined ? null : detachKey.notation.split(' ').map(keyLabel).join(' '),
  };
}
