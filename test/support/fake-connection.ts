// One end of a connection without a socket: the test is the peer.

import type { ByteConnection } from '../../src/platform/sockets.ts';
import { decodeReply, encodeRequest, type Reply, type Request } from '../../src/protocol/messages.ts';
import { framesIn } from './frames-in.ts';

export interface FakeConnection extends ByteConnection {
  /** The writes so far, one by one. */
  readonly writes: Uint8Array[];
  /** While true, writes say that the peer is slow. */
  isSlow: boolean;
  isPaused: boolean;
  state: 'open' | 'ended' | 'destroyed';
  /** The peer sends bytes. */
  receive(bytes: Uint8Array): void;
  /** The peer has taken everything. */
  drain(): void;
  /** The connection is over. */
  close(): void;
}

export function fakeConnection(): FakeConnection {
  const listeners = {
    bytes: [] as ((bytes: Uint8Array) => void)[],
    close: [] as (() => void)[],
    drain: [] as (() => void)[],
  };
  const connection: FakeConnection = {
    writes: [],
    isSlow: false,
    isPaused: false,
    state: 'open',
    onBytes: (listener) => void listeners.bytes.push(listener),
    onClose: (listener) => void listeners.close.push(listener),
    onDrain: (listener) => void listeners.drain.push(listener),
    write(bytes) {
      connection.writes.push(bytes);
      return !connection.isSlow;
    },
    pause: () => {
      connection.isPaused = true;
    },
    resume: () => {
      connection.isPaused = false;
    },
    end() {
      if (connection.state === 'open') connection.state = 'ended';
    },
    destroy: () => {
      connection.state = 'destroyed';
    },
    receive(bytes) {
      for (const listener of listeners.bytes) listener(bytes);
    },
    drain() {
      connection.isSlow = false;
      for (const listener of listeners.drain) listener();
    },
    close() {
      for (const listener of listeners.close.splice(0)) listener();
    },
  };
  return connection;
}

/** The messages that a server wrote to the connection. */
export function repliesOn(connection: FakeConnection): Reply[] {
  return framesIn(connection.writes).flatMap((frame) => decodeReply(frame) ?? []);
}

/** The client sends messages, all in one read. */
export function sendRequests(connection: FakeConnection, ...requests: Request[]): void {
  connection.receive(Buffer.concat(requests.map(encodeRequest)));
}
