// A connected client as holder: frames on its connection, through the bounded queue.

import { maxOutputFrameBytes, resyncHistoryMs } from '../base/limits.ts';
import type { Clock } from '../platform/clock.ts';
import { pieces } from '../protocol/frames.ts';
import { type AttachRequest, type Left, type Reply, replyParts } from '../protocol/messages.ts';
import type { HolderStatus } from '../protocol/session-status.ts';
import type { FreshPaint, Holder, Leftovers } from './holder.ts';
import { OutputQueue, type TerminalMessage } from './output-queue.ts';
import { OutputWindow } from './output-window.ts';

/** What a holder needs of its client's connection. */
export interface ClientConnection {
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  end(): void;
}

export interface AttachedClientOptions {
  request: AttachRequest;
  pid: number;
  clock: Clock;
  /** What brings a client that missed output to the present screen, and what then undoes it; with so much history at most. */
  resync(limits: { historyBytes: number }): FreshPaint;
  /** Holds the program up for a client that nearly keeps up, or lets it go on. */
  hold(): void;
  resume(): void;
  /** The client is shown everything again; or it will never be shown what was kept for it. */
  onSent(): void;
  onDropped(): void;
}

export function attachedClient(connection: ClientConnection, options: AttachedClientOptions): Holder {
  const { request, pid, clock, hold, resume, onSent, onDropped } = options;
  function send(message: Reply): boolean {
    let isTaken = true;
    for (const part of replyParts(message)) isTaken = connection.write(part) && isTaken;
    return isTaken;
  }
  const window = new OutputWindow({
    isTold: request.tellsTaken ?? false,
    clock,
    onRoom: () => {
      if (!hasLeft) queue.drained();
    },
  });
  const queue = new OutputQueue({
    send(message) {
      let isOnWire = true;
      for (const frame of inFrames(message)) isOnWire = send(frame) && isOnWire;
      return window.sent(message.kind === 'output' ? message.body.length : 0, { isOnWire });
    },
    takenBytes: () => window.takenBytes,
    resync: () => messagesOf(options.resync({ historyBytes: window.bytesIn(resyncHistoryMs) })),
    hold,
    resume,
    clock,
    onSent,
    onDropped,
  });
  let hasLeft = false;
  connection.onDrain(() => window.drained());

  return {
    status: holderStatus(request, { pid, since: clock.now() }),
    replayLines: request.replayLines,
    look: request.look ?? { kind: 'plain' },
    output: (body) => queue.push({ kind: 'output', body }),
    restoration: (body) => void queue.push({ kind: 'restoration', body }),
    get pieceBytes() {
      return window.pieceBytes;
    },
    taken: (bytes) => window.taken(bytes),
    typed: () => queue.typed(),
    cover(due) {
      queue.cover();
      send({ kind: 'covered', body: due });
    },
    uncover: (fresh) => queue.uncover(messagesOf(fresh)),
    leave(left: Left, leftovers: Leftovers) {
      hasLeft = true;
      // The program's last words are shown, however slowly; to anybody else who leaves they do not matter.
      if (left.reason === 'exited') queue.flush();
      else queue.clear();
      send({ kind: 'left', body: { left, ...leftovers } });
      connection.end();
    },
  };
}

/** First what undoes it: the person may leave in the middle of a long paint. What was shown before is undone already. */
function messagesOf({ paint, restoration }: FreshPaint): TerminalMessage[] {
  return [
    { kind: 'resync', body: {} },
    { kind: 'restoration', body: restoration },
    { kind: 'output', body: paint },
  ];
}

/** A repaint of a long, colourful history is larger than a frame may be. */
function inFrames(message: TerminalMessage): TerminalMessage[] {
  if (message.kind === 'resync' || message.body.length <= maxOutputFrameBytes) return [message];
  return pieces(message.body, maxOutputFrameBytes).map((body) => ({ ...message, body }));
}

function holderStatus(request: AttachRequest, client: { pid: number; since: number }): HolderStatus {
  const { tty, from, inside, canSwitch } = request;
  return { tty, from, inside, ...client, canSwitch };
}
