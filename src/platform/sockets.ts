// Unix sockets: listening, connecting, and the little that the wire needs of a connection.

import * as fs from 'node:fs';
import * as net from 'node:net';
import { errnoOf } from '../base/stay-error.ts';

/** One end of a connection, in bytes. */
export interface ByteConnection {
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the connection is over, for whatever reason. */
  onClose(listener: () => void): void;
  /** Queues bytes; false when the peer takes them slowly, then `onDrain` tells when it has taken all. */
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
export function listenAt(path: string, onConnection: (connection: ByteConnection) => void): Promise<SocketListener> {
  fs.rmSync(path, { force: true });
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => onConnection(wrap(socket)));
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      fs.chmodSync(path, 0o600);
      resolve({
        close: () => {
          server.close();
          fs.rmSync(path, { force: true });
        },
      });
    });
  });
}

/** Connects to `path`; null when nobody listens there. */
export function connectTo(path: string): Promise<ByteConnection | null> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path);
    socket.once('connect', () => {
      socket.off('error', onError);
      resolve(wrap(socket));
    });
    socket.once('error', onError);
    function onError(error: Error): void {
      if (isAbsence(error)) resolve(null);
      else reject(error);
    }
  });
}

/** A server that ends while we connect resets the connection. EACCES is told: it means a socket of somebody else. */
const absences = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTSOCK'];

function isAbsence(error: Error): boolean {
  return absences.includes(errnoOf(error) ?? '');
}

function wrap(socket: net.Socket): ByteConnection {
  let isClosed = false;
  // ECONNRESET, EPIPE: the peer went away; 'close' follows and is what everybody listens to.
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
  });
  return {
    onBytes: (listener) => void socket.on('data', listener),
    onClose: (listener) => {
      if (isClosed) listener();
      else socket.once('close', listener);
    },
    write: (bytes) => isClosed || socket.write(bytes),
    onDrain: (listener) => void socket.on('drain', listener),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}
