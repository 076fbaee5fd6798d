// Somebody in front of a terminal of their own, who attaches to a session and leaves it, for the lockstep property.

import { parseDetachKeys } from '../../src/base/key-notation.ts';
import { attach } from '../../src/client/attach.ts';
import { greet } from '../../src/client/link.ts';
import type { WantedLook } from '../../src/client/shown-look.ts';
import type { ByteConnection } from '../../src/platform/sockets.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';
import { attachWishes } from '../support/attach-wishes.ts';
import { bytesOf } from '../support/bytes.ts';
import { type EmulatedTerminal, emulatedTerminal } from '../support/emulated-terminal.ts';
import { openWire, type Wire } from '../support/wire.ts';
import { shownBefore } from './lockstep-promises.ts';

export interface Person {
  readonly terminal: EmulatedTerminal;
  readonly isAttached: boolean;
  /** Attached, with the list in front. */
  readonly isListing: boolean;
  /** What is on its way to the terminal does not get there for now. */
  readonly isHeldUp: boolean;
  /** Attaches, unless attached; the server welcomes its end of the new connection. */
  attach(welcome: (connection: ByteConnection) => void): void;
  /** Types the key that shows the list in front of the session. */
  list(): void;
  /** Leaves the list, if it is there. */
  back(): void;
  /** Types the detach key, after leaving the list, unless on the way out already. */
  leave(): void;
  /** The connection ends without a word. What the server managed to say before counts. */
  lose(): void;
  blockWire(): void;
  /** A blocked wire takes what was written, and is full again at once. */
  trickle(): void;
  /** Wire and terminal take everything again. */
  unblock(): void;
  /** What is on the wire moves on. False when nothing was. */
  carry(): boolean;
}

const hello = { protocol: protocolVersion, version: '0.1.0', pid: 77 };

export function newPerson(
  { size, look }: { size: { cols: number; rows: number }; look: WantedLook },
  onFault: (error: unknown) => void,
): Person {
  const terminal = emulatedTerminal(size);
  terminal.screen.feed(bytesOf(shownBefore));
  let wire: Wire | null = null;
  let state: 'away' | 'attached' | 'leaving' = 'away';
  let leaveList: (() => void) | null = null;
  /** A second list key would be the list's. */
  let hasAskedForList = false;

  async function showList(ending: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    leaveList = resolve;
    ending.addEventListener('abort', () => resolve());
    if (ending.aborted) resolve();
    await promise;
    leaveList = null;
    hasAskedForList = false;
  }

  return {
    terminal,
    get isAttached() {
      return state !== 'away';
    },
    get isListing() {
      return leaveList !== null;
    },
    get isHeldUp() {
      return terminal.isBlocked || (wire?.isBlocked ?? false);
    },
    attach(welcome) {
      if (state !== 'away') return;
      state = 'attached';
      wire = openWire();
      welcome(wire.server);
      const ended = attach({
        link: greet(wire.client, hello),
        terminal,
        ...attachWishes([{ keys: parseDetachKeys('ctrl-]'), action: 'list' }]),
        replayLines: 50,
        look,
        async act(_, ending) {
          await showList(ending);
          return { kind: 'stay', notice: null };
        },
      });
      ended.catch(onFault).finally(() => {
        state = 'away';
        hasAskedForList = false;
      });
    },
    list() {
      if (state !== 'attached' || hasAskedForList) return;
      hasAskedForList = true;
      terminal.type('\x1d');
    },
    back: () => leaveList?.(),
    leave() {
      // Not yet there, it would get the key.
      const isListComing = hasAskedForList && leaveList === null;
      if (state !== 'attached' || isListComing) return;
      leaveList?.();
      state = 'leaving';
      terminal.type('\x1c');
    },
    lose() {
      if (wire === null || wire.isBlocked) return;
      if (state === 'attached') state = 'leaving';
      wire.carry();
      wire.server.end();
    },
    blockWire() {
      if (wire !== null) wire.isBlocked = true;
    },
    trickle: () => wire?.trickle(),
    unblock() {
      if (wire !== null) wire.isBlocked = false;
      terminal.unblock();
    },
    carry: () => wire?.carry() ?? false,
  };
}
