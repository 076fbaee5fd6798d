// Unix sockets on Node and Deno.

import * as fs from 'node:fs';
import * as net from 'node:net';
import type { ByteConnection, SocketListener } from './sockets.ts';

/** See `listenAt` in sockets.ts. */
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

/** Rejects with a system error when nobody listens at `path`. */
export function connectTo(path: string): Promise<ByteConnection> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(wrap(socket));
    });
    socket.once('error', reject);
  });
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
