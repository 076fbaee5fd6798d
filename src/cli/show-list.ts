// The list on the user's terminal, once.

import { dropLateAnswers } from '../client/late-answers.ts';
import type { Settings } from '../config/settings.ts';
import { systemClock } from '../platform/clock.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { keyLabel } from '../ui/key-table.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListPreferences, ListResult } from '../ui/session-list.ts';
import type { Background } from '../ui/theme.ts';
import { listLooks } from './list-looks.ts';
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
  knowledge: TerminalKnowledge;
  /** Ends it, as if the person had quit. */
  ending: AbortSignal;
}

/** What is known of the terminal beyond one showing of the list. */
export interface TerminalKnowledge {
  background: Background | null;
  /** Whether its answer to our question may still be under way. */
  isAnswerDue: boolean;
}

/** Shows the list until the person chooses or quits; the terminal is then as it was, with what was typed after that. */
export async function showList(terminal: UserTerminal, shown: ListShown): Promise<ListResult> {
  const { leftId, notice, settings, knowledge, ending } = shown;
  const preferences = preferencesOf(settings, knowledge.background);
  knowledge.isAnswerDue = preferences.hasColor && preferences.background === null;
  const streams = terminal.streams();
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
        knowledge.background = background;
      },
      onAnswered: () => {
        knowledge.isAnswerDue = false;
      },
      ending,
      home: homeFolder(),
      clock: systemClock,
    });
  } finally {
    streams.dispose();
    // Else it would be typed into the session or the shell.
    if (knowledge.isAnswerDue && !ending.aborted) await dropLateAnswers(terminal, 1);
  }
}

/** How the person wants the list; what was learned of the terminal's background need not be asked again. */
function preferencesOf(settings: Settings, background: Background | null): ListPreferences {
  const looks = listLooks(settings, environment);
  const { keys, order, restart, detachKeys } = settings;
  const [detachKey] = detachKeys;
  return {
    ...{ ...looks, background: looks.background ?? background, keys, order, restart },
    detachKey: detachKey === undefined ? null : detachKey.notation.split(' ').map(keyLabel).join(' '),
  };
}
