// The user's terminal without a terminal: the test types, resizes, and reads what was written.

import type { PtySize } from '../../src/platform/pty.ts';
import type { UserTerminal } from '../../src/platform/user-terminal.ts';
import { bytesOf, textOf } from './bytes.ts';

export interface FakeUserTerminal extends UserTerminal {
  /** Everything that it has taken, as text. */
  readonly shown: string;
  /** What the next reader gets first, as text. */
  readonly unreadText: string;
  readonly hasReader: boolean;
  /** Somebody listens for resizes or hangups. */
  readonly hasListeners: boolean;
  /** Somebody wants every byte as it is. */
  readonly isTransparent: boolean;
  type(text: string): void;
  resizeTo(size: PtySize): void;
  hangUp(): void;
  /** From now on it takes nothing, like one under Ctrl-S; `unblock` lets all of it through. */
  block(): void;
  unblock(): void;
  /** From now on it answers no question. */
  mute(): void;
  /** From now on every write fails as if the window were closed. */
  breakOutput(): void;
}

export function fakeUserTerminal(initial: PtySize = { cols: 80, rows: 24 }): FakeUserTerminal {
  let size = initial;
  let reader: ((bytes: Uint8Array) => void) | null = null;
  let isBroken = false;
  let isTransparent = false;
  let isMute = false;
  let gate: { opened: Promise<void>; open(): void } | null = null;
  const shown: Uint8Array[] = [];
  const unread: Uint8Array[] = [];
  const resizeListeners = new Set<() => void>();
  const hangupListeners = new Set<() => void>();

  function subscribe(listeners: Set<() => void>, listener: () => void) {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  }

  function type(text: string): void {
    if (reader === null) unread.push(bytesOf(text));
    else reader(bytesOf(text));
  }

  function take(bytes: Uint8Array): void {
    if (isBroken) throw Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
    shown.push(bytes);
    if (textOf(bytes).includes('\x1b[c') && !isMute) type('\x1b[?62;22c');
  }

  return {
    name: '/dev/pts/9',
    size: () => size,
    read(listener) {
      reader = listener;
      for (let bytes = unread.shift(); bytes !== undefined && reader === listener; bytes = unread.shift())
        listener(bytes);
      return {
        dispose: () => {
          if (reader === listener) reader = null;
        },
      };
    },
    unread: (bytes) => {
      if (bytes.length > 0) unread.unshift(bytes);
    },
    passThrough() {
      isTransparent = true;
      return {
        dispose: () => {
          isTransparent = false;
        },
      };
    },
    writeNow(bytes) {
      if (gate !== null) return 0;
      take(bytes);
      return bytes.length;
    },
    async write(bytes) {
      await gate?.opened;
      take(bytes);
    },
    onResize: (listener) => subscribe(resizeListeners, listener),
    onHangup: (listener) => subscribe(hangupListeners, listener),
    dispose: () => {},
    get shown() {
      return textOf(...shown);
    },
    get unreadText() {
      return textOf(...unread);
    },
    get hasReader() {
      return reader !== null;
    },
    get hasListeners() {
      return resizeListeners.size + hangupListeners.size > 0;
    },
    get isTransparent() {
      return isTransparent;
    },
    type,
    resizeTo(next) {
      size = next;
      for (const listener of resizeListeners) listener();
    },
    hangUp() {
      for (const listener of [...hangupListeners]) listener();
    },
    block() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = { opened: promise, open: resolve };
    },
    unblock() {
      gate?.open();
      gate = null;
    },
    mute() {
      isMute = true;
    },
    breakOutput() {
      isBroken = true;
    },
  };
}
