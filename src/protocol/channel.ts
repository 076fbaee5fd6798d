// A connection that speaks in messages, on either side.

import { joinBytes } from '../base/join-bytes.ts';
import type { Frame } from './frames.ts';
import { FrameDecoder } from './frames.ts';

/** What a channel needs of a connection; `platform/sockets` has it. */
export interface ChannelConnection {
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onClose(listener: () => void): void;
  write(bytes: Uint8Array): boolean;
  destroy(): void;
}

export interface ChannelCodec<Sent, Received> {
  encode(message: Sent): Uint8Array;
  decode(frame: Frame): Received | null;
}

/** What went wrong with a peer that sent something we cannot read. */
export type ChannelFault = (error: unknown) => void;

export interface Channel<Sent, Received> {
  /** Queues a message; false when the peer is slow to take what was sent. */
  send(message: Sent): boolean;
  /** The same of several, in one piece. */
  sendTogether(messages: readonly Sent[]): boolean;
  onMessage(listener: (message: Received) => void): void;
}

/** Puts messages on a connection. One that cannot be read destroys the connection, after `onFault`. */
export function openChannel<Sent, Received>(
  connection: ChannelConnection,
  codec: ChannelCodec<Sent, Received>,
  onFault: ChannelFault,
): Channel<Sent, Received> {
  const decoder = new FrameDecoder();
  const early: Received[] = [];
  let listener: ((message: Received) => void) | null = null;
  let isFaulty = false;

  connection.onBytes((bytes) => {
    if (isFaulty) return;
    for (const message of read(bytes)) {
      if (listener === null) early.push(message);
      else listener(message);
    }
  });

  /** The messages that `bytes` completes; those before a fault are still heard. */
  function read(bytes: Uint8Array): Received[] {
    const messages: Received[] = [];
    try {
      decoder.push(bytes);
      for (let frame = decoder.next(); frame !== null; frame = decoder.next()) {
        const message = codec.decode(frame);
        if (message !== null) messages.push(message);
      }
    } catch (error) {
      isFaulty = true;
      onFault(error);
      connection.destroy();
    }
    return messages;
  }

  return {
    send: (message) => connection.write(codec.encode(message)),
    sendTogether: (messages) => connection.write(joinBytes(messages.map((message) => codec.encode(message)))),
    onMessage(next) {
      listener = next;
      for (let message = early.shift(); message !== undefined; message = early.shift()) next(message);
    },
  };
}
