// Unix sockets on Bun, which queues nothing itself: what the kernel does not take at once waits here.

import * as fs from 'node:fs';
import type { ByteConnection, SocketListener } from './sockets.ts';

/** See `listenAt` in sockets.ts. */
export async function listenAt(
  path: string,
  onConnection: (connection: ByteConnection) => void,
): Promise<SocketListener> {
  fs.rmSync(path, { force: true });
  const listener = Bun.listen<Connection>({
    unix: path,
    socket: handlersOf((socket) => {
      socket.data = new Connection(socket);
      onConnection(socket.data);
    }),
  });
  fs.chmodSync(path, 0o600);
  return {
    close: () => {
      listener.stop();
      fs.rmSync(path, { force: true });
    },
  };
}

/** Rejects with a system error when nobody listens at `path`. */
export async function connectTo(path: string): Promise<ByteConnection> {
  const open = (socket: Bun.Socket<Connection>) => {
    socket.data = new Connection(socket);
  };
  const { data } = await Bun.connect<Connection>({ unix: path, socket: handlersOf(open) });
  return data;
}

function handlersOf(open: (socket: Bun.Socket<Connection>) => void): Bun.SocketHandler<Connection> {
  return {
    open,
    data: ({ data }, bytes) => data.heard(bytes),
    drain: ({ data }) => data.flush(),
    close: ({ data }) => data.closed(),
    // ECONNRESET, EPIPE: the peer went away; `close` follows and is what everybody listens to.
    error() {},
  };
}

class Connection implements ByteConnection {
  readonly #socket: Bun.Socket<Connection>;
  #queued: Uint8Array[] = [];
  #state: 'open' | 'ending' | 'closed' = 'open';
  #early: Uint8Array[] = [];
  #onBytes: ((bytes: Uint8Array) => void) | null = null;
  readonly #onDrain: (() => void)[] = [];
  readonly #onClose: (() => void)[] = [];

  constructor(socket: Bun.Socket<Connection>) {
    this.#socket = socket;
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes = listener;
    for (const bytes of this.#early.splice(0)) listener(bytes);
  }

  onClose(listener: () => void): void {
    if (this.#state === 'closed') listener();
    else this.#onClose.push(listener);
  }

  onDrain(listener: () => void): void {
    this.#onDrain.push(listener);
  }

  write(bytes: Uint8Array): boolean {
    if (this.#state !== 'open') return true;
    this.#send(bytes);
    return this.#queued.length === 0;
  }

  pause(): void {
    if (this.#state !== 'closed') this.#socket.pause();
  }

  resume(): void {
    if (this.#state !== 'closed') this.#socket.resume();
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    if (this.#queued.length === 0) this.#socket.shutdown();
  }

  destroy(): void {
    if (this.#state !== 'closed') this.#socket.terminate();
  }

  heard(bytes: Uint8Array): void {
    if (this.#onBytes === null) this.#early.push(bytes);
    else this.#onBytes(bytes);
  }

  /** The kernel takes more. */
  flush(): void {
    if (this.#queued.length === 0) return;
    for (const bytes of this.#queued.splice(0)) this.#send(bytes);
    if (this.#queued.length > 0) return;
    if (this.#state === 'ending') this.#socket.shutdown();
    else for (const listener of [...this.#onDrain]) listener();
  }

  closed(): void {
    this.#state = 'closed';
    this.#queued = [];
    // Not before whoever destroys us has done what they were at: they may be reading our last words.
    queueMicrotask(() => {
      for (const listener of this.#onClose.splice(0)) listener();
    });
  }

  /** Gives the kernel what it takes, behind what is queued, and keeps the rest. */
  #send(bytes: Uint8Array): void {
    if (this.#queued.length > 0) {
      this.#queued.push(bytes);
      return;
    }
    // Negative once the peer is gone: `close` follows.
    const taken = this.#socket.write(bytes);
    if (taken >= 0 && taken < bytes.length) this.#queued.push(bytes.subarray(taken));
  }
}
