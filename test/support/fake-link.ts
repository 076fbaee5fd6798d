// A client's link without a server: the test is the server.

import type { SessionLink } from '../../src/client/link.ts';
import type { Reply, Request } from '../../src/protocol/messages.ts';

export interface FakeLink extends SessionLink {
  readonly sent: Request[];
  readonly isPaused: boolean;
  readonly isClosed: boolean;
  /** The server says something; heard when the link is not paused. */
  say(...replies: Reply[]): void;
  /** The server goes without a word. */
  lose(): void;
}

export function fakeLink(): FakeLink {
  let onReply: ((reply: Reply) => void) | null = null;
  let onClose: (() => void) | null = null;
  let isPaused = false;
  let isClosed = false;
  const sent: Request[] = [];
  const unheard: Reply[] = [];

  function deliver(): void {
    while (!isPaused && onReply !== null && unheard.length > 0) onReply(unheard.shift()!);
  }

  return {
    sent,
    get isPaused() {
      return isPaused;
    },
    get isClosed() {
      return isClosed;
    },
    send: (request) => void sent.push(request),
    onReply(listener) {
      onReply = listener;
      deliver();
    },
    onClose: (listener) => {
      onClose = listener;
    },
    pause: () => {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      deliver();
    },
    close: () => {
      isClosed = true;
    },
    say(...replies) {
      unheard.push(...replies);
      deliver();
    },
    lose: () => onClose?.(),
  };
}
