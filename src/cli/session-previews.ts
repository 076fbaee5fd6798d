// The screens of sessions for the list's preview: of a running one its server's, of any other the one that was saved.

import { type Disposable, Disposables } from '../base/disposables.ts';
import { feedSettleMs, previewRetryMs, previewTimeoutMs } from '../base/limits.ts';
import { messageOf } from '../base/stay-error.ts';
import { openLink } from '../client/link.ts';
import { peekAt } from '../client/peek.ts';
import { type PreviewNews, watchScreen } from '../client/preview.ts';
import { systemClock } from '../platform/clock.ts';
import { watchFolder } from '../platform/watch-folder.ts';
import { recover } from '../storage/recovery.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import type { Preview, PreviewFrame, SessionPreviews } from '../ui/session-list.ts';
import { hello } from './hello.ts';
import { catalog, isRunningHere } from './known-sessions.ts';
import { ownSessionId } from './move-own-holder.ts';

export function sessionPreviews(): SessionPreviews {
  return {
    watch(id, size, onPreview) {
      const watching = new Watching(id, { size, onPreview });
      watching.start();
      return watching;
    },
  };
}

interface Wishes {
  size: { cols: number; rows: number };
  onPreview(preview: Preview): void;
}

class Watching implements Disposable {
  readonly #id: string;
  readonly #wishes: Wishes;
  /** What the present look holds open; another look has another. */
  #look = new Disposables();
  #isDisposed = false;
  #retryMs: number = previewRetryMs.first;
  /** Runs out when nothing could be told for a while. */
  #patience: Disposable | null = null;

  constructor(id: string, wishes: Wishes) {
    this.#id = id;
    this.#wishes = wishes;
  }

  start(): void {
    // Not before whoever asked has what it asked for. A list in the picture of itself would never come to rest.
    queueMicrotask(() => {
      if (this.#id === ownSessionId()) this.#tell(this.#look, { kind: 'none', why: 'you are in it' });
      else this.#lookAgain();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#patience?.dispose();
    this.#look.dispose();
    this.#look = new Disposables();
  }

  /** Finds out what has become of the session, and goes on from there. */
  #lookAgain(): void {
    if (this.#isDisposed) return;
    this.#look.dispose();
    const look = new Disposables();
    this.#look = look;
    this.#expect();
    this.#find(look).catch((error) => this.#tell(look, { kind: 'none', why: messageOf(error) }));
  }

  async #find(look: Disposables): Promise<void> {
    const entry = catalog().entry(this.#id);
    if (entry === null) return this.#tell(look, { kind: 'none', why: 'it is gone' });
    if (entry.kind === 'unreadable') return this.#tell(look, { kind: 'none', why: entry.why });
    if (!isRunningHere(entry.record)) return this.#showSaved(look, entry.record);
    const link = await openLink(entry.record.socket, hello);
    if (link === null) return this.#withoutAnswer(look);
    const watch = watchScreen(link, this.#wishes.size, (news) => this.#heard(look, { news, record: entry.record }));
    look.add(watch);
  }

  #heard(look: Disposables, { news, record }: { news: PreviewNews; record: SessionRecord }): void {
    switch (news.kind) {
      case 'frame':
        this.#retryMs = previewRetryMs.first;
        this.#tell(look, news);
        break;
      case 'unknown':
        this.#peek(look, record).catch((error) => this.#tell(look, { kind: 'none', why: messageOf(error) }));
        break;
      case 'refused':
        this.#tell(look, { kind: 'none', why: news.why });
        this.#lookAgainWhenChanged(look, record);
        break;
      case 'closed':
        // Its program ended, it was killed, or its server died: the disk tells which.
        this.#retryLater(look);
    }
  }

  /** A server of an older stay is asked once. */
  async #peek(look: Disposables, { socket }: SessionRecord): Promise<void> {
    const link = await openLink(socket, hello);
    if (link === null) return;
    const screen = await peekAt(link, { historyLines: 0, isAnsi: true });
    const { previewOfLines } = await import('../emulator/preview-of-lines.ts');
    this.#tell(look, { kind: 'frame', frame: previewOfLines(screen, this.#wishes.size) });
  }

  /** Nobody listens: the server is on its way out and has written so, or it is just coming up. */
  async #withoutAnswer(look: Disposables): Promise<void> {
    const entry = catalog().entry(this.#id);
    const isEnding = entry?.kind === 'record' && (entry.record.exit !== null || entry.record.stop !== null);
    if (isEnding) await this.#showSaved(look, entry.record);
    else this.#retryLater(look);
  }

  async #showSaved(look: Disposables, record: SessionRecord): Promise<void> {
    this.#lookAgainWhenChanged(look, record);
    if (record.isPrivate) return this.#tell(look, { kind: 'none', why: 'it is private: its screen is not kept' });
    const frame = await savedFrame(record, { size: this.#wishes.size, isWanted: () => look === this.#look });
    this.#tell(look, frame === null ? { kind: 'none', why: 'no screen of it was saved' } : { kind: 'frame', frame });
  }

  /** Whoever starts, ends or forgets a session changes its record. */
  #lookAgainWhenChanged(look: Disposables, record: SessionRecord): void {
    let isSettling = false;
    const compare = () => {
      isSettling = false;
      const entry = catalog().entry(this.#id);
      if (entry?.kind !== 'record' || lifeOf(entry.record) !== lifeOf(record)) this.#lookAgain();
    };
    const changed = () => {
      if (!isSettling) look.add(systemClock.after(feedSettleMs, compare));
      isSettling = true;
    };
    try {
      look.add(watchFolder(catalog().folderOf(record.id), changed));
    } catch {
      // ENOENT, ENOSPC: it has just been removed, or the system watches no more folders; the screen can be shown all the same.
    }
    // What changed before the watching began.
    changed();
  }

  #retryLater(look: Disposables): void {
    look.add(systemClock.after(this.#retryMs, () => this.#lookAgain()));
    this.#retryMs = Math.min(2 * this.#retryMs, previewRetryMs.atMost);
  }

  /** Something is to be told soon; else that there is nothing to tell. */
  #expect(): void {
    this.#patience ??= systemClock.after(previewTimeoutMs, () =>
      this.#tell(this.#look, { kind: 'none', why: 'its server does not answer' }),
    );
  }

  #tell(look: Disposables, preview: Preview): void {
    if (this.#isDisposed || look !== this.#look) return;
    this.#patience?.dispose();
    this.#patience = null;
    this.#wishes.onPreview(preview);
  }
}

/** What of a record makes it another life of the session. */
function lifeOf({ server, exit, stop, isPrivate }: SessionRecord): string {
  return JSON.stringify([server, exit, stop, isPrivate]);
}

/** The screen in the session's files, or null when there is none, or nobody wants it any more. */
async function savedFrame(
  record: SessionRecord,
  { size, isWanted }: { size: Wishes['size']; isWanted: () => boolean },
): Promise<PreviewFrame | null> {
  const { screen, records } = await recover(catalog().folderOf(record.id));
  const { restoredEmulator } = await import('../emulator/restored-emulator.ts');
  const { preview } = await import('../emulator/preview.ts');
  if (screen === null || !isWanted()) return null;
  const emulator = restoredEmulator(
    { screen, events: records },
    { historyLines: record.historyLines, onReply: () => {}, onFault: () => {} },
  );
  const frame = preview(emulator, size);
  emulator.dispose();
  return frame;
}
