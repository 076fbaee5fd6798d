// Watching a session's screen without attaching.

import type { Reply, ScreenPreview } from '../protocol/messages.ts';
import type { SessionLink } from './link.ts';

/**
 * `unknown`: the server is one of an older stay, which shows no previews. `refused`: it does not talk to us, and says why;
 * `closed`: the link is over. Nothing follows these two.
 */
export type PreviewNews =
  | { kind: 'frame'; frame: ScreenPreview }
  | { kind: 'unknown' }
  | { kind: 'refused'; why: string }
  | { kind: 'closed' };

/** Cells. */
export interface PreviewSize {
  cols: number;
  rows: number;
}

export interface ScreenWatch {
  /** Asks for another size; a frame of it follows. */
  resize(size: PreviewSize): void;
  /** Ends the watching and closes the link; nothing more is told. */
  dispose(): void;
}

/**
 * Tells the screen of the session at the other end, cropped to `size`, now and after every change. The link is the watch's
 * own from now on. Of a server that is silent nothing is told: how long to wait is the caller's affair.
 */
export function watchScreen(link: SessionLink, size: PreviewSize, onNews: (news: PreviewNews) => void): ScreenWatch {
  let isOver = false;
  let hasFrame = false;
  link.onReply(heard);
  link.onClose(() => {
    tell({ kind: 'closed' });
    isOver = true;
  });
  link.send({ kind: 'watchScreen', body: size });
  // Requests are answered in order, and unknown ones not at all: which answer comes first tells whether this one is known.
  link.send({ kind: 'status', body: {} });

  function heard(reply: Reply): void {
    if (reply.kind === 'preview') {
      hasFrame = true;
      tell({ kind: 'frame', frame: reply.body });
    } else if (reply.kind === 'status' && !hasFrame) {
      tell({ kind: 'unknown' });
    } else if (reply.kind === 'failed') {
      tell({ kind: 'refused', why: reply.body.message });
      isOver = true;
    }
  }

  function tell(news: PreviewNews): void {
    if (!isOver) onNews(news);
  }

  return {
    resize: (body) => link.send({ kind: 'watchScreen', body }),
    dispose() {
      isOver = true;
      link.close();
    },
  };
}
