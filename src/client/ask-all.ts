// One question to many servers at once.

import { joinBytes } from '../base/join-bytes.ts';
import { answerTimeoutMs } from '../base/limits.ts';
import { type Inquiry, type InquiryListener, openInquiry } from '../platform/inquiry.ts';
import { FrameDecoder } from '../protocol/frames.ts';
import { decodeReply, encodeRequest, type Hello, type Request } from '../protocol/messages.ts';
import type { Answer } from './link.ts';

/** A server that may be there: its process, and where it should listen. */
export interface Listener {
  server: { pid: number };
  socket: string;
}

/**
 * Asks servers as they come, so that the first work while the last are looked up, and gives the answers of those that listen.
 * The others, and all where the system cannot do this, are to be asked one by one. Blocks while it waits.
 */
export async function askAll<L extends Listener>(
  listeners: Iterable<L>,
  request: Request,
  { hello }: { hello: Hello },
): Promise<Map<L, Answer>> {
  const answers = new Map<L, Answer>();
  let inquiry: Inquiry | null | undefined;
  for (const one of listeners) {
    inquiry ??= await openInquiry(greetingAnd(request, hello));
    const listener = answerListener(hello, (answer) => answers.set(one, answer));
    if (inquiry?.ask(one.socket, { pid: one.server.pid, listener })) answers.set(one, { kind: 'silent' });
  }
  inquiry?.hear(answerTimeoutMs);
  return answers;
}

function greetingAnd(request: Request, hello: Hello): Uint8Array {
  return joinBytes([encodeRequest({ kind: 'hello', body: hello }), encodeRequest(request)]);
}

/** What `said`, all that a server has said, answers; null when it does not. */
export function answerIn(said: Uint8Array, { hello }: { hello: Hello }): Answer | null {
  let answer: Answer | null = null;
  answerListener(hello, (found) => {
    answer = found;
  })(said);
  return answer;
}

/** Finds the answer in what a server says, as `ask` does. */
function answerListener(hello: Hello, onAnswer: (answer: Answer) => void): InquiryListener {
  const decoder = new FrameDecoder();
  let answer: Answer | null = null;
  function read(bytes: Uint8Array): void {
    decoder.push(bytes);
    for (let frame = decoder.next(); frame !== null && answer === null; frame = decoder.next()) {
      const reply = decodeReply(frame);
      if (reply === null) continue;
      if (reply.kind !== 'hello') answer = { kind: 'reply', reply };
      else if (reply.body.protocol !== hello.protocol) answer = { kind: 'foreign', peer: reply.body };
    }
  }
  return (bytes) => {
    try {
      if (bytes !== null) read(bytes);
    } catch {
      bytes = null; // what cannot be read ends the talk
    }
    if (bytes === null) answer ??= { kind: 'absent' };
    if (answer !== null) onAnswer(answer);
    return answer !== null;
  };
}
