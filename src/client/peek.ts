// Looking at a session's screen without attaching.

import { joinBytes } from '../base/join-bytes.ts';
import { answerTimeoutMs } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import type { Reply, ScreenFacts } from '../protocol/messages.ts';
import { failureOf, type SessionLink } from './link.ts';

export interface PeekedScreen {
  /** History lines as asked for, then the screen's. */
  lines: string[];
  facts: ScreenFacts;
}

/** Asks the server at the other end for the screen and up to `historyLines` lines above it, and closes the link. */
export async function peekAt(
  link: SessionLink,
  options: { historyLines: number; isAnsi: boolean },
): Promise<PeekedScreen> {
  const text: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const silent = () =>
        reject(new StayError('connectionLost', "Cannot see the screen: the session's server does not answer"));
      timer = setTimeout(silent, answerTimeoutMs * 5);
      link.onClose(silent);
      link.onReply((reply: Reply) => {
        if (reply.kind === 'lines') text.push(reply.body);
        if (reply.kind === 'failed') reject(failureOf(reply));
        if (reply.kind === 'screen') resolve({ lines: linesOf(joinBytes(text)), facts: reply.body });
      });
      link.send({ kind: 'peek', body: options });
    });
  } finally {
    clearTimeout(timer);
    link.close();
  }
}

function linesOf(text: Uint8Array): string[] {
  return new TextDecoder().decode(text).split('\n').slice(0, -1);
}
