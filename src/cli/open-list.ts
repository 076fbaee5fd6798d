// The list and the sessions opened from it, in turn, on one terminal.

import { Disposables } from '../base/disposables.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { exitCodes, messageOf } from '../base/stay-error.ts';
import { systemClock } from '../platform/clock.ts';
import { type EndSignal, onEndSignal, signalStatus } from '../platform/end-signals.ts';
import { homeFolder } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { runList } from '../ui/run-list.tsx';
import type { ListResult } from '../ui/session-list.ts';
import { attachSession, type Parting } from './attach-session.ts';
import { findSession } from './known-sessions.ts';
import { loadSettings } from './load-settings.ts';
import { sessionActions } from './session-actions.ts';
import { sessionFeed } from './session-feed.ts';
import { traitsFrom } from './traits-from.ts';
import { withTerminal } from './with-terminal.ts';

interface Shown {
  traits: SessionTraits;
  selectedId?: string;
  notice?: string;
}

type ShownEnd = Extract<ListResult, { kind: 'attach' }> | { kind: 'quit'; status: number };

/** Shows the list until the person quits it; the result is the exit status. */
export function openList(): Promise<number> {
  const settings = loadSettings();
  return withTerminal('open the list', async (terminal) => {
    let selectedId: string | undefined;
    let notice: string | undefined;
    for (;;) {
      const result = await showList(terminal, { selectedId, notice, traits: traitsFrom(settings) });
      if (result.kind === 'quit') return result.status;
      selectedId = result.id;
      const parting = await attachFromList(terminal, result.id, settings);
      if (parting.isFinal) return parting.exitCode;
      // Who just detached by a key knows it.
      notice = parting.isPlainDetach ? undefined : (parting.sentence ?? undefined);
    }
  });
}

/** Ends with the list, also when the terminal goes or a signal asks us to. */
async function showList(terminal: UserTerminal, shown: Shown): Promise<ShownEnd> {
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
      actions: sessionActions(() => terminal.size(), shown.traits),
      selectedId: shown.selectedId,
      notice: shown.notice,
      hasColor: !environment.NO_COLOR && environment.TERM !== 'dumb',
      ending: ending.signal,
      home: homeFolder(),
      clock: systemClock,
    });
    return result.kind === 'quit' ? { kind: 'quit', status } : result;
  } finally {
    resources.dispose();
  }
}

/** Attaches; a session that cannot be attached is something for the list to tell. */
async function attachFromList(
  terminal: UserTerminal,
  id: string,
  { detachKeys, replayLines }: ReturnType<typeof loadSettings>,
): Promise<Parting> {
  try {
    const session = await findSession(id);
    return await attachSession(session, { terminal, detachKeys: [...detachKeys], replayLines, ifFree: false });
  } catch (error) {
    return { sentence: messageOf(error), exitCode: exitCodes.internal };
  }
}
