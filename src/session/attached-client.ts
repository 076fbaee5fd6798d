// A connected client as holder: frames on its connection, through the bounded queue.

import { joinBytes } from '../protocol/frames.ts';
import { type AttachRequest, encodeReply, type Left, type Reply } from '../protocol/messages.ts';
import type { HolderStatus } from '../protocol/session-status.ts';
import type { Holder } from './holder.ts';
import { OutputQueue } from './output-queue.ts';

/** What a holder needs of its client's connection. */
export interface ClientConnection {
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  end(): void;
}

export interface AttachedClientOptions {
  request: AttachRequest;
  pid: number;
  now: number;
  /** The bytes that bring a client that missed output to the present screen. */
  resync(): Uint8Array;
}

/** Cancels a sequence that dropping output may have cut (ECMA-48 CAN), then nothing else of it is pending. */
const cancel = new Uint8Array([0x18]);

export function attachedClient(connection: ClientConnection, options: AttachedClientOptions): Holder {
  const { request, pid, now } = options;
  const send = (message: Reply) => connection.write(encodeReply(message));
  const queue = new OutputQueue({
    send: (body) => send({ kind: 'output', body }),
    resync: () => joinBytes([cancel, options.resync()]),
  });
  let hasLeft = false;
  connection.onDrain(() => {
    if (!hasLeft) queue.drained();
  });

  return {
    status: holderStatus(request, { pid, since: now }),
    replayLines: request.replayLines,
    output(bytes) {
      queue.push(bytes);
      return !queue.isBehind;
    },
    restoration: (body) => void send({ kind: 'restoration', body }),
    leave(left: Left, endRow: number) {
      hasLeft = true;
      // The program's last words are shown, however slowly; to anybody else who leaves they do not matter.
      if (left.reason === 'exited') queue.flush();
      else queue.clear();
      send({ kind: 'left', body: { left, endRow } });
      connection.end();
    },
  };
}

function holderStatus(request: AttachRequest, client: { pid: number; since: number }): HolderStatus {
  const { tty, from, inside } = request;
  return { tty, from, inside, ...client };
}
