// The one client that is attached, as the session sees it.

import type { Left } from '../protocol/messages.ts';
import type { HolderStatus } from '../protocol/session-status.ts';
import type { Delivery } from './output-queue.ts';

/** What a session leaves in a holder's terminal. */
export interface Leftovers {
  /** The last row that it uses, from 1. */
  endRow: number;
  /** Whether the terminal may still have an answer to a question of the program under way. */
  isAnswerDue: boolean;
  /** How many of those are to DA1, the question that a leaving client asks as its last. */
  attributesDue: number;
}

/** None of these waits for the client, however slow, frozen or dead it is. */
export interface Holder {
  readonly status: HolderStatus;
  /** History lines that it wants replayed. */
  readonly replayLines: number;
  /** Shows the program's bytes, now or a little later, unless the client is too far behind. */
  output(bytes: Uint8Array): Delivery;
  /** Replaces what would undo, in the client's terminal, what it was shown up to here. */
  restoration(bytes: Uint8Array): void;
  /** Tells why it is the holder no more, and what is to be cleared up, and closes its connection. */
  leave(left: Left, leftovers: Leftovers): void;
}
