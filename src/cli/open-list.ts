// The list and the sessions opened from it, in turn, on one terminal.

import { Disposables } from '../base/disposables.ts';
import { exitCodes, messageOf } from '../base/stay-error.ts';
import { dropLateAnswers } from '../client/late-answers.ts';
import type { Settings } from '../config/settings.ts';
import { systemClock } from '../platform/clock.ts';
import { type EndSignal, onEndSignal, signalStatus } from '../platform/end-signals.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { keyLabel } from '../ui/key-table.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListPreferences, ListResult } from '../ui/session-list.ts';
import type { Background } from '../ui/theme.ts';
import { attachSession, type Parting } from './attach-session.ts';
import { forgetExpired } from './forget-expired.ts';
import { findSession } from './known-sessions.ts';
import { listLooks } from './list-looks.ts';
import { loadSettings } from './load-settings.ts';
import { sessionActions } from './session-actions.ts';
import { sessionFeed } from './session-feed.ts';
import { sessionPreviews } from './session-previews.ts';
import { traitsOfSettings } from './session-traits.ts';
import { withTerminal } from './with-terminal.ts';

interface Shown {
  /** The session that the person comes from. */
  leftId: string | undefined;
  notice: string | undefined;
  settings: Settings;
  knowledge: TerminalKnowledge;
}

/** What is known of the terminal beyond one showing of the list. */
interface TerminalKnowledge {
  background: Background | null;
  /** Whether its answer to our question may still be under way. */
  isAnswerDue: boolean;
}

type ShownEnd = Extract<ListResult, { kind: 'attach' }> | { kind: 'quit'; status: number };

/** Shows the list until the person quits it; the result is the exit status. */
export function openList(): Promise<number> {
  const settings = loadSettings();
  return withTerminal('open the list', async (terminal) => {
    await forgetExpired({ keepMs: settings.keepExited, now: Date.now() });
    let leftId: string | undefined;
    let notice: string | undefined;
    const knowledge: TerminalKnowledge = { background: null, isAnswerDue: false };
    for (;;) {
      const result = await showList(terminal, { leftId, notice, settings, knowledge });
      // Else it would be typed into the session or the shell.
      if (knowledge.isAnswerDue) await dropLateAnswers(terminal, 1);
      if (result.kind === 'quit') return result.status;
      leftId = result.id;
      const parting = await attachFromList(terminal, result.id, settings);
      if (parting.isFinal) return parting.exitCode;
      // Who just detached by a key knows it.
      notice = parting.isPlainDetach ? undefined : (parting.sentence ?? undefined);
    }
  });
}

/** Ends with the list, also when the terminal goes or a signal asks us to. */
async function showList(terminal: UserTerminal, { leftId, notice, settings, knowledge }: Shown): Promise<ShownEnd> {
  const preferences = preferencesOf(settings, knowledge.background);
  knowledge.isAnswerDue = preferences.hasColor && preferences.background === null;
  const resources = new Disposables();
  const streams = resources.add(terminal.streams());
  const ending = new AbortController();
  let status = 0;
  const endBy = (signal: EndSignal) => {
    status = signalStatus(signal);
    ending.abort();
  };
  resources.add(onEndSignal(endBy));
  resources.add(terminal.onHangup(() => endBy('SIGHUP')));
  try {
    const result = await runList({
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
      ending: ending.signal,
      home: homeFolder(),
      clock: systemClock,
    });
    return result.kind === 'quit' ? { kind: 'quit', status } : result;
  } finally {
    resources.dispose();
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

/** Attaches; a session that cannot be attached is something for the list to tell. */
async function attachFromList(
  terminal: UserTerminal,
  id: string,
  { detachKeys, replayLines }: Settings,
): Promise<Parting> {
  try {
    const session = await findSession(id);
    return await attachSession(session, { terminal, detachKeys: [...detachKeys], replayLines, ifFree: false });
  } catch (error) {
    return { sentence: messageOf(error), exitCode: exitCodes.internal };
  }
}
