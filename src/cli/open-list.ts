// The list and the sessions opened from it, in turn, on one terminal.

import { Disposables } from '../base/disposables.ts';
import { exitCodes, messageOf } from '../base/stay-error.ts';
import type { Settings } from '../config/settings.ts';
import { type EndSignal, onEndSignal, signalStatus } from '../platform/end-signals.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import type { ListResult } from '../ui/session-list.ts';
import { attachSession } from './attach-session.ts';
import { forgetExpired } from './forget-expired.ts';
import { findSession } from './known-sessions.ts';
import { freshListMemory } from './list-memory.ts';
import { loadSettings } from './load-settings.ts';
import { ownSessionId } from './move-own-holder.ts';
import type { Parting } from './parting.ts';
import { type ListShown, showList } from './show-list.ts';
import { waitForKey } from './wait-for-key.ts';
import { withTerminal } from './with-terminal.ts';

type ShownEnd = Extract<ListResult, { kind: 'attach' }> | { kind: 'quit'; status: number };

/** Shows the list until the person quits it; the result is the exit status. */
export function openList(): Promise<number> {
  const settings = loadSettings();
  return withTerminal('open the list', async (terminal) => {
    await forgetExpired({ keepMs: settings.keepExited, now: Date.now() });
    // Inside of a session that one is no choice.
    let leftId = ownSessionId() ?? undefined;
    let notice: string | undefined;
    const memory = freshListMemory();
    for (;;) {
      const result = await showListOnce(terminal, { leftId, notice, settings, memory });
      if (result.kind === 'quit') return result.status;
      leftId = result.id;
      notice = undefined;
      const parting = await attachFromList(terminal, result.id, settings);
      if (parting.isFinal) return parting.exitCode;
      if (parting.isLastScreen) await untilRead(terminal, parting);
      // Who just detached by a key knows it.
      else if (!parting.isPlainDetach) notice = parting.sentence ?? undefined;
    }
  });
}

/** Ends with the list, also when the terminal goes or a signal asks us to. */
async function showListOnce(terminal: UserTerminal, shown: Omit<ListShown, 'ending'>): Promise<ShownEnd> {
  const resources = new Disposables();
  const ending = new AbortController();
  let status = 0;
  const endBy = (signal: EndSignal) => {
    status = signalStatus(signal);
    ending.abort();
  };
  resources.add(onEndSignal(endBy));
  resources.add(terminal.onHangup(() => endBy('SIGHUP')));
  try {
    const result = await showList(terminal, { ...shown, ending: ending.signal });
    return result.kind === 'quit' ? { kind: 'quit', status } : result;
  } finally {
    resources.dispose();
  }
}

/** Leaves the last screen of a session to be read: the list would take its place. */
async function untilRead(terminal: UserTerminal, { sentence }: Parting): Promise<void> {
  await waitForKey(`${sentence} (any key: back to the list)`, terminal);
  // Rejected when the terminal is gone, which the list hears of as well.
  await terminal.write(Uint8Array.of(0x0d, 0x0a)).catch(() => {});
}

/** Attaches; a session that cannot be attached is something for the list to tell. */
async function attachFromList(terminal: UserTerminal, id: string, settings: Settings): Promise<Parting> {
  try {
    const session = await findSession(id);
    return await attachSession(session, { terminal, settings, ifFree: false });
  } catch (error) {
    return { sentence: messageOf(error), exitCode: exitCodes.internal };
  }
}
