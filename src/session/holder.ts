// The one client that is attached, as the session sees it.

import type { Look } from '../base/look.ts';
import type { Left } from '../protocol/messages.ts';
import type { HolderStatus } from '../protocol/session-status.ts';
import type { Delivery } from './output-queue.ts';

/** Answers to the program's questions that a holder's terminal may still have under way. */
export interface AnswersDue {
  /** Whether the terminal may still have an answer to a question of the program under way. */
  isAnswerDue: boolean;
  /** How many of those are to DA1, the question that a leaving client asks as its last. */
  attributesDue: number;
}

/** What a session leaves in a holder's terminal. */
export interface Leftovers extends AnswersDue {
  /** The last row that it uses, from 1. */
  endRow: number;
}

/** What brings a holder's terminal to the present screen, and what then undoes it. */
export interface FreshPaint {
  paint: Uint8Array;
  restoration: Uint8Array;
}

/** None of these waits for the client, however slow, frozen or dead it is. */
export interface Holder {
  readonly status: HolderStatus;
  /** History lines that it wants replayed. */
  readonly replayLines: number;
  /** What it wants shown of ours around the session. */
  look: Look;
  /** Shows the program's bytes, now or a little later, unless the client is too far behind. */
  output(bytes: Uint8Array): Delivery;
  /** Replaces what would undo, in the client's terminal, what it was shown up to here. */
  restoration(bytes: Uint8Array): void;
  /** Bytes of output to be dealt with at a time, so that not too much of it is under way to a slow terminal. */
  readonly pieceBytes: number;
  /** Its terminal has taken so many bytes of output more. */
  taken(bytes: number): void;
  /** The person typed, and is not to wait long for what comes of it. */
  typed(): void;
  /** Shows nothing more, and tells the client from when on, until `uncover`. */
  cover(due: AnswersDue): void;
  /** Goes on with what it is given. */
  uncover(fresh: FreshPaint): void;
  /** Tells why it is the holder no more, and what is to be cleared up, and closes its connection. */
  leave(left: Left, leftovers: Leftovers): void;
}
