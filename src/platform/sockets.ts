// Unix sockets: listening, connecting, and the little that the wire needs of a connection. The port, and the choice of its
// implementation for the runtime we are on.

import { errnoOf } from '../base/stay-error.ts';
import { isBun } from './runtime.ts';

/** One end of a connection, in bytes. */
export interface ByteConnection {
  /** At most one listener; what came before it hears first. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the connection is over, for whatever reason. */
  onClose(listener: () => void): void;
  /** Queues bytes, which nobody changes any more; false when the peer takes them slowly: `onDrain` tells when it has taken all. */
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  /** Stops reading, so that the peer feels it; `resume` goes on. */
  pause(): void;
  resume(): void;
  /** Sends what is queued, then closes. Does not wait. */
  end(): void;
  /** Closes at once; what is queued is lost. */
  destroy(): void;
}

export interface SocketListener {
  /** Stops listening and removes the socket from its folder; open connections stay. */
  close(): void;
}

/** Listens at `path`, mode 0600. A file that is there already is replaced: the caller knows that nobody answers on it. */
export async function listenAt(
  path: string,
  onConnection: (connection: ByteConnection) => void,
): Promise<SocketListener> {
  return (await implementation()).listenAt(path, onConnection);
}

/** Connects to `path`; null when nobody listens there. */
export async function connectTo(path: string): Promise<ByteConnection | null> {
  try {
    return await (await implementation()).connectTo(path);
  } catch (error) {
    if (absences.includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

/** A server that ends while we connect resets the connection. EACCES is told: it means a socket of somebody else. */
const absences = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTSOCK'];

/** Loads them, so that nobody has to wait for it later. */
export async function loadSockets(): Promise<void> {
  await implementation();
}

/** Bun's own sockets take a third of the time of its `node:net` for a key and its echo. */
function implementation() {
  return isBun ? import('./sockets-bun.ts') : import('./sockets-node.ts');
}
