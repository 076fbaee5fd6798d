// One connected client: its requests, answered one after the other, and what is left to do when it goes.

import { maxOutputFrameBytes } from '../base/limits.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { messageOf, StayError } from '../base/stay-error.ts';
import type { PeekOptions } from '../emulator/peek.ts';
import type { Clock } from '../platform/clock.ts';
import type { ByteConnection } from '../platform/sockets.ts';
import { openChannel } from '../protocol/channel.ts';
import { pieces } from '../protocol/frames.ts';
import {
  type AttachRequest,
  decodeRequest,
  encodeReply,
  type Hello,
  protocolVersion,
  type Reply,
  type Request,
} from '../protocol/messages.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import { attachedClient } from './attached-client.ts';
import type { Holder } from './holder.ts';
import type { Watcher } from './news-board.ts';
import { type PreviewBoard, type PreviewSize, previewWatcher } from './preview-board.ts';
import type { Session } from './session.ts';
import type { StatusBoard } from './status-board.ts';

/** What a visitor may ask of the whole server, beyond its session. */
export interface ServerDoings {
  /** Ends the session for good; resolves when none of its processes is left. */
  kill(): Promise<void>;
  /** Takes a new name. Throws a `StayError` when it is not to be had. */
  rename(name: string): Promise<void>;
  /** Resolves once the disk is as the new traits want it. Throws a `StayError` when that cannot be. */
  configure(traits: Partial<SessionTraits>): Promise<void>;
  /** Forgets the history in memory and on the disk. Throws a `StayError` when the disk does not let go of it. */
  forgetHistory(): Promise<void>;
}

export interface VisitorOptions {
  session: Session;
  board: StatusBoard;
  previews: PreviewBoard;
  doings: ServerDoings;
  clock: Clock;
  hello: Hello;
  log(sentence: string): void;
}

/** Serves one connection until it closes. */
export function welcome(connection: ByteConnection, options: VisitorOptions): void {
  const { session, board, previews, doings, log } = options;
  let pid: number | null = null;
  let holder: Holder | null = null;

  const channel = openChannel<Reply, Request>(connection, { encode: encodeReply, decode: decodeRequest }, (error) =>
    log(`a client sent what cannot be read: ${messageOf(error)}`),
  );
  const send = channel.send;
  const end = () => connection.end();
  const watcher: Watcher<SessionStatus> = { tell: (body) => send({ kind: 'status', body }), end };
  const onlooker = previewWatcher({ send: (body) => send({ kind: 'preview', body }), end });
  let isDismissed = false;
  send({ kind: 'hello', body: options.hello });
  channel.onMessage((request) => {
    if (isDismissed) return;
    if (pid === null) greet(request);
    else answer(request);
  });
  connection.onDrain(() => {
    board.caughtUp(watcher);
    previews.caughtUp(onlooker);
  });
  connection.onClose(() => {
    if (holder !== null) session.detach(holder, { reason: 'detached' });
    board.forget(watcher);
    previews.forget(onlooker);
  });

  function greet(request: Request): void {
    if (request.kind !== 'hello' || request.body.protocol !== protocolVersion) {
      const message = `Cannot talk to this session: it speaks protocol ${protocolVersion}`;
      send({
        kind: 'failed',
        body: { code: 'connectionLost', message, hint: 'Use the stay that started it, or kill it' },
      });
      dismiss();
      return;
    }
    pid = request.body.pid;
  }

  function answer(request: Request): void {
    switch (request.kind) {
      case 'input':
        if (holder !== null) session.input(holder, request.body);
        break;
      case 'resize':
        if (holder !== null) session.resize(holder, request.body);
        break;
      case 'detach':
        if (holder !== null) session.detach(holder, { reason: 'detached' });
        break;
      case 'attach':
        attach(request.body);
        break;
      case 'status':
        send({ kind: 'status', body: session.status() });
        break;
      case 'watch':
        board.watch(watcher);
        break;
      case 'release':
        session.release({ reason: 'released' });
        send({ kind: 'done', body: {} });
        break;
      case 'kill':
        report(doings.kill());
        break;
      case 'rename':
        report(doings.rename(request.body.name));
        break;
      case 'peek':
        peek(request.body);
        break;
      case 'configure':
        report(doings.configure(request.body));
        break;
      case 'forget':
        report(doings.forgetHistory());
        break;
      case 'watchScreen':
        watchScreen(request.body);
        break;
      case 'move':
        move(request.body.to);
        break;
      case 'cover':
        if (holder !== null) session.cover(holder);
        break;
      case 'uncover':
        if (holder !== null) session.uncover(holder);
        break;
      case 'line':
        if (holder !== null) session.setLine(holder, request.body);
        break;
      case 'taken':
        holder?.taken(request.body.bytes);
        break;
      case 'hello':
        break;
      default:
        request satisfies never;
    }
  }

  function attach(request: AttachRequest): void {
    const present = session.holder;
    if (request.ifFree && present !== null) {
      const message = `Cannot attach "${session.record.name}": ${present.status.tty ?? 'another terminal'} holds it`;
      send({ kind: 'failed', body: { code: 'busy', message, hint: 'Leave out --if-free to take it over' } });
      dismiss();
      return;
    }
    send({ kind: 'attached', body: { id: session.record.id, name: session.record.name, canCover: true } });
    holder = attachedClient(connection, {
      request,
      pid: pid ?? 0,
      clock: options.clock,
      hold: () => session.terminal.pause(),
      resume: () => session.terminal.resume(),
      resync: (limits) => session.resync(limits),
      onSent: () => session.holderWasSent(),
      onDropped: () => session.holderMissed(),
    });
    session.attach(holder, request);
  }

  function move(to: string): void {
    if (session.holder?.status.canSwitch === true) {
      session.release({ reason: 'switched', to });
      send({ kind: 'done', body: {} });
    } else {
      const message = `Cannot send the holder of "${session.record.name}" elsewhere: there is none that can be sent`;
      send({ kind: 'failed', body: { code: 'busy', message } });
    }
  }

  function peek(options: PeekOptions): void {
    const { lines, facts } = session.peek(options);
    const text = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
    for (const body of pieces(text, maxOutputFrameBytes)) send({ kind: 'lines', body });
    send({ kind: 'screen', body: facts });
  }

  function watchScreen(size: PreviewSize): void {
    onlooker.resize(size);
    previews.watch(onlooker);
  }

  /** Closes the connection, after the reason that was just sent; whatever still comes on it is not for us. */
  function dismiss(): void {
    isDismissed = true;
    connection.end();
  }

  function report(work: Promise<void>): void {
    work.then(
      () => send({ kind: 'done', body: {} }),
      (error) => send({ kind: 'failed', body: failureOf(error) }),
    );
  }
}

function failureOf(error: unknown): { code: StayError['code']; message: string; hint?: string } {
  if (error instanceof StayError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal', message: messageOf(error) };
}
