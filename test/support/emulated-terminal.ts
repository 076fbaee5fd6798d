// The user's terminal as a second emulator: it shows what it is written, answers questions, and may take nothing for a while.

import type { PtySize } from '../../src/platform/pty.ts';
import type { UserTerminal } from '../../src/platform/user-terminal.ts';
import { bytesOf, newEmulator, type TestEmulator } from '../emulator/new-emulator.ts';

export interface EmulatedTerminal extends UserTerminal {
  readonly screen: TestEmulator;
  /** Nobody reads, and something waits for whoever does next: as text. */
  readonly unreadText: string;
  readonly isBlocked: boolean;
  type(text: string): void;
  resizeTo(size: PtySize): void;
  /** From now on it takes nothing, like one under Ctrl-S; `unblock` lets all of it through. */
  block(): void;
  unblock(): void;
  /** It sends the answers it has given so far; until then they are under way. False when there are none. */
  sendAnswers(): boolean;
}

export function emulatedTerminal(initial: PtySize): EmulatedTerminal {
  const screen = newEmulator({ ...initial, historyLines: 2000 });
  const unread: Uint8Array[] = [];
  const resizeListeners = new Set<() => void>();
  let size = initial;
  let reader: ((bytes: Uint8Array) => void) | null = null;
  let gate: { opened: Promise<void>; open(): void } | null = null;

  function type(text: string): void {
    if (reader === null) unread.push(bytesOf(text));
    else reader(bytesOf(text));
  }

  return {
    screen,
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
      if (bytes.length > 0) unread.unshift(bytes.slice());
    },
    passThrough: () => ({ dispose: () => {} }),
    writeNow(bytes) {
      if (gate !== null) return 0;
      screen.feed(bytes);
      return bytes.length;
    },
    async write(bytes) {
      await gate?.opened;
      screen.feed(bytes);
    },
    onResize(listener) {
      resizeListeners.add(listener);
      return { dispose: () => void resizeListeners.delete(listener) };
    },
    onHangup: () => ({ dispose: () => {} }),
    dispose: () => screen.dispose(),
    get unreadText() {
      return Buffer.concat(unread).toString();
    },
    get isBlocked() {
      return gate !== null;
    },
    type,
    resizeTo(next) {
      size = next;
      screen.resize(next);
      for (const listener of resizeListeners) listener();
    },
    block() {
      if (gate !== null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = { opened: promise, open: resolve };
    },
    unblock() {
      gate?.open();
      gate = null;
    },
    sendAnswers() {
      const answers = screen.replies.splice(0).join('');
      if (answers !== '') type(answers);
      return answers !== '';
    },
  };
}
