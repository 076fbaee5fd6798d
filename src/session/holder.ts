// The one client that is attached, as the session sees it.

import type { Left } from '../protocol/messages.ts';
import type { HolderStatus } from '../protocol/session-status.ts';

/** None of these waits for the client, however slow, frozen or dead it is. */
export interface Holder {
  readonly status: HolderStatus;
  /** History lines that it wants replayed. */
  readonly replayLines: number;
  /** Shows the program's bytes. False when they were dropped because the client is behind. */
  output(bytes: Uint8Array): boolean;
  /** Replaces what would undo the program's doings in the client's terminal. */
  restoration(bytes: Uint8Array): void;
  /** Tells why it is the holder no more and closes its connection. `endRow`: the last row that the session uses, from 1. */
  leave(left: Left, endRow: number): void;
}
