// Follows what the preview is to show: watches the screen of one session at a time, once the selection rests on it.

import type { Disposable } from '../base/disposables.ts';
import { type ListState, sessionOf } from './list-state.ts';
import { previewSize } from './screen-plan.ts';
import type { ListClock, Preview, SessionPreviews } from './session-list.ts';

/** Milliseconds that the selection must rest: a key held down goes through 30 sessions a second. */
const restMs = 40;

export interface PreviewFeedOptions {
  previews: SessionPreviews;
  clock: ListClock;
  onPreview(id: string, picture: Preview): void;
}

export interface PreviewFeed extends Disposable {
  /** Watches what suits the state from now on; does nothing when that is what it watches already. */
  follow(state: ListState): void;
}

export function createPreviewFeed({ previews, clock, onPreview }: PreviewFeedOptions): PreviewFeed {
  let wanted = '';
  let resting: Disposable | undefined;
  let watching: Disposable | undefined;

  function stop(): void {
    resting?.dispose();
    watching?.dispose();
    watching = undefined;
  }

  function follow(state: ListState): void {
    const size = previewSize(state);
    const session = sessionOf(state, state.selectedId);
    const wish = size === null || session === undefined ? null : { id: session.id, size };
    const key = wish === null ? '' : `${wish.id} ${wish.size.cols} ${wish.size.rows}`;
    if (key === wanted) return;
    wanted = key;
    stop();
    if (wish === null) return;
    resting = clock.after(restMs, () => {
      watching = previews.watch(wish.id, wish.size, (picture) => {
        if (wanted === key) onPreview(wish.id, picture);
      });
    });
  }

  return { follow, dispose: stop };
}
