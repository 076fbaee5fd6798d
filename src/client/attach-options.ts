// What being attached needs, and how it may end.

import type { EndSignal } from '../platform/end-signals.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import type { Left } from '../protocol/messages.ts';
import type { KeyAction, KeyMatcher } from './key-matcher.ts';
import type { SessionLink } from './link.ts';
import type { WantedLook } from './shown-look.ts';

export interface AttachOptions {
  link: SessionLink;
  terminal: UserTerminal;
  /** Finds the bound keys in what is typed. Of the terminal rather than of this hold: it may stand inside of a key. */
  keys: KeyMatcher;
  /** Address that the user came from, and the session that we run inside, if any. */
  from: string | null;
  inside: string | null;
  /** Be refused rather than take the session from its holder. */
  ifFree: boolean;
  replayLines: number;
  /** What is shown of ours around the session. */
  look: WantedLook;
  /** One line to show over the session at first. */
  notice: string | null;
  /** The server has made us the holder. */
  onHeld(): void;
  /**
   * Does what a bound key asks for. For `list`, with the terminal as it was before the session, and back to that at the end;
   * soon once `ending` is aborted. For the others without touching the terminal.
   */
  act(action: Errand, ending: AbortSignal): Promise<Outcome>;
}

/** What a key may ask for besides detaching. */
export type Errand = Exclude<KeyAction, 'detach'>;

/** What is to be done then: go to another session, by its id, or stay and perhaps read one line. */
export type Outcome = { kind: 'switch'; to: string } | { kind: 'stay'; notice: string | null };

/**
 * How being attached ended. `switch`: another session is to be attached; `list`: the list is wanted, and this session's
 * server is too old to stay attached behind it; `absent`: the server went before it took us; `lost`: afterwards; `hangup`: our terminal did;
 * `fault`: an error of our own.
 */
export type AttachEnd =
  | { kind: 'left'; left: Exclude<Left, { reason: 'switched' }> }
  | { kind: 'switch'; to: string }
  | { kind: 'list' }
  | { kind: 'absent' }
  | { kind: 'lost' }
  | { kind: 'hangup' }
  | { kind: 'fault'; error: unknown }
  | { kind: 'signal'; signal: EndSignal };

/** How that is which the server tells as its reason. */
export function endOf(left: Left): AttachEnd {
  return left.reason === 'switched' ? { kind: 'switch', to: left.to } : { kind: 'left', left };
}
