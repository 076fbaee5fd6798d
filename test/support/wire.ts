// A connection between a server and a client without a socket, whose server's end may be held up as a full socket is.

import type { ByteConnection } from '../../src/platform/sockets.ts';

export interface Wire {
  readonly server: ByteConnection;
  readonly client: ByteConnection;
  /** While true, what the server writes is kept, and it is told that the client is slow. */
  isBlocked: boolean;
  /** Carries what was written on, in both directions. False when there was nothing. */
  carry(): boolean;
  /** The client takes what the server had written so far, and no more if the wire is blocked. */
  trickle(): void;
}

export function openWire(): Wire {
  const toServer = direction();
  const toClient = direction();
  const wire: Wire = {
    server: end(toServer, toClient, () => !wire.isBlocked),
    client: end(toClient, toServer, () => true),
    isBlocked: false,
    carry() {
      const isSent = toServer.deliver();
      if (wire.isBlocked) return isSent;
      const isReceived = toClient.deliver();
      return toClient.drain() || isReceived || isSent;
    },
    trickle() {
      toClient.deliver();
      toClient.drain();
    },
  };
  return wire;
}

interface Direction {
  written: Uint8Array[];
  isPaused: boolean;
  isEnded: boolean;
  isOver: boolean;
  /** The writer was told that the reader is slow. */
  isFull: boolean;
  readonly onBytes: ((bytes: Uint8Array) => void)[];
  readonly onDrain: (() => void)[];
  readonly onClose: (() => void)[];
  deliver(): boolean;
  drain(): boolean;
}

function direction(): Direction {
  const one: Direction = {
    written: [],
    isPaused: false,
    isEnded: false,
    isOver: false,
    isFull: false,
    onBytes: [],
    onDrain: [],
    onClose: [],
    deliver() {
      if (one.isPaused || one.isOver) return false;
      const bytes = one.written.splice(0);
      for (const piece of bytes) for (const listener of one.onBytes) listener(piece);
      if (!one.isEnded || one.written.length > 0) return bytes.length > 0;
      one.isOver = true;
      for (const listener of one.onClose) listener();
      return true;
    },
    drain() {
      if (!one.isFull || one.written.length > 0) return false;
      one.isFull = false;
      for (const listener of one.onDrain) listener();
      return true;
    },
  };
  return one;
}

function end(incoming: Direction, outgoing: Direction, isFree: () => boolean): ByteConnection {
  return {
    onBytes: (listener) => void incoming.onBytes.push(listener),
    onClose: (listener) => void incoming.onClose.push(listener),
    onDrain: (listener) => void outgoing.onDrain.push(listener),
    write(bytes) {
      if (outgoing.isEnded) return true;
      outgoing.written.push(bytes.slice());
      outgoing.isFull ||= !isFree();
      return !outgoing.isFull;
    },
    pause: () => {
      incoming.isPaused = true;
    },
    resume: () => {
      incoming.isPaused = false;
    },
    end() {
      // Half-closed: what the other end still sends is read, as with a socket.
      outgoing.isEnded = true;
    },
    destroy() {
      outgoing.written = [];
      outgoing.isEnded = true;
    },
  };
}
