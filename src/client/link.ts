// A client's connection to one session's server.

import { answerTimeoutMs, attachTimeoutMs } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import { type ByteConnection, connectTo } from '../platform/sockets.ts';
import { openChannel } from '../protocol/channel.ts';
import { decodeReply, encodeRequest, type Hello, type Reply, type Request } from '../protocol/messages.ts';

export interface SessionLink {
  send(request: Request): void;
  /** Everything the server says after its greeting, in order. One listener. */
  onReply(listener: (reply: Reply) => void): void;
  /** Called once when the connection is over. */
  onClose(listener: () => void): void;
  /** Stops taking what the server sends, so that it notices; `resume` goes on. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface GreetOptions {
  /** Hears the server's greeting. */
  onHello?: ((peer: Hello) => void) | undefined;
  /** Asked right behind our greeting, in one piece with it: the server is woken up once. */
  first?: Request;
}

/**
 * Connects to the server at `socket` and greets it; null when nobody listens there. Of a server that speaks another protocol
 * nothing is understood but its greeting: all it says is a refusal that tells which it is.
 */
export async function openLink(socket: string, hello: Hello, options?: GreetOptions): Promise<SessionLink | null> {
  const connection = await connectTo(socket);
  return connection === null ? null : greet(connection, hello, options);
}

/** Greets the server at the other end of a new connection. */
export function greet(connection: ByteConnection, hello: Hello, { onHello, first }: GreetOptions = {}): SessionLink {
  let onReply: ((reply: Reply) => void) | null = null;
  let isForeign = false;
  const early: Reply[] = [];
  const codec = { encode: encodeRequest, decode: decodeReply };
  const channel = openChannel<Request, Reply>(connection, codec, () => {});
  channel.sendTogether([{ kind: 'hello', body: hello }, ...(first === undefined ? [] : [first])]);
  channel.onMessage((reply) => {
    if (isForeign) return;
    if (reply.kind !== 'hello') return hear(reply);
    isForeign = reply.body.protocol !== hello.protocol;
    onHello?.(reply.body);
    if (isForeign) hear(refusalOf(reply.body));
  });

  function hear(reply: Reply): void {
    if (onReply === null) early.push(reply);
    else onReply(reply);
  }
  return {
    send: channel.send,
    onReply(listener) {
      onReply = listener;
      for (let reply = early.shift(); reply !== undefined; reply = early.shift()) listener(reply);
    },
    onClose: (listener) => connection.onClose(listener),
    pause: () => connection.pause(),
    resume: () => connection.resume(),
    close: () => connection.end(),
  };
}

/** In place of what a server says whose words we do not know. */
function refusalOf({ version }: Hello): Reply {
  const message = `Cannot talk to the session's server: it runs stay ${version}, which speaks another protocol`;
  return { kind: 'failed', body: { code: 'otherVersion', message, hint: `Use stay ${version}` } };
}

export type Answer =
  | { kind: 'reply'; reply: Reply }
  | { kind: 'absent' }
  | { kind: 'silent' }
  | { kind: 'foreign'; peer: Hello };

/**
 * Asks one question on a connection of its own. `absent`: no server is there; `silent`: it does not answer in time;
 * `foreign`: it speaks another protocol.
 */
export async function ask(
  socket: string,
  request: Request,
  options: { hello: Hello; timeoutMs?: number; onHello?: (peer: Hello) => void },
): Promise<Answer> {
  let settle = (_: Answer): void => {};
  const settled = new Promise<Answer>((resolve) => {
    settle = resolve;
  });
  const onHello = (peer: Hello) => {
    options.onHello?.(peer);
    if (peer.protocol !== options.hello.protocol) settle({ kind: 'foreign', peer });
  };
  const link = await openLink(socket, options.hello, { onHello, first: request });
  if (link === null) return { kind: 'absent' };
  const timer = setTimeout(() => settle({ kind: 'silent' }), options.timeoutMs ?? answerTimeoutMs);
  link.onReply((reply) => settle({ kind: 'reply', reply }));
  // Closed without a word: it was on its way out.
  link.onClose(() => settle({ kind: 'absent' }));
  const answer = await settled;
  clearTimeout(timer);
  link.close();
  return answer;
}

/** Turns the server's refusal into the error it is. */
export function failureOf(reply: Reply & { kind: 'failed' }): StayError {
  return new StayError(reply.body.code, reply.body.message, { hint: reply.body.hint });
}

/** What there is to say of a server that does not take us. */
export function noAnswerToAttach(): StayError {
  return new StayError(
    'connectionLost',
    `Cannot attach: the session's server has not answered for ${attachTimeoutMs / 1000} s`,
    {
      hint: 'It may be stopped or very busy: try again, or end it with stay kill',
    },
  );
}
