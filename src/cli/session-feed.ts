// The sessions for the list, told anew whenever one comes, goes or changes. Watches the folder and every server; polls nothing.

import type { Disposable } from '../base/disposables.ts';
import { feedSettleMs, socketPatienceMs } from '../base/limits.ts';
import { openLink, type SessionLink } from '../client/link.ts';
import { watchFolder } from '../platform/watch-folder.ts';
import type { ListedSession, SessionFeed } from '../ui/session-list.ts';
import { hello } from './hello.ts';
import { catalog, type KnownSession, knownSession, recordsOf } from './known-sessions.ts';

export const sessionFeed: SessionFeed = {
  subscribe: (onSessions) => {
    const subscription = new Subscription(onSessions);
    subscription.start();
    return subscription;
  },
};

class Subscription implements Disposable {
  readonly #onSessions: (sessions: readonly ListedSession[]) => void;
  readonly #sessions = new Map<string, ListedSession>();
  readonly #links = new Map<string, SessionLink>();
  #folder: Disposable | null = null;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(onSessions: (sessions: readonly ListedSession[]) => void) {
    this.#onSessions = onSessions;
  }

  start(): void {
    this.#folder = watchFolder(catalog().folder, () => this.#later());
    void this.#refresh();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#settling);
    this.#folder?.dispose();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  /** A session being made or removed touches the folder several times. */
  #later(): void {
    clearTimeout(this.#settling);
    if (!this.#isDisposed) this.#settling = setTimeout(() => void this.#refresh(), feedSettleMs);
  }

  /** Looks at the folder: new sessions are watched, vanished ones dropped. */
  async #refresh(): Promise<void> {
    const records = recordsOf(catalog());
    const present = new Set(records.map((record) => record.id));
    for (const id of [...this.#sessions.keys()].filter((known) => !present.has(known))) this.#drop(id);
    const unwatched = records.filter((record) => !this.#links.has(record.id));
    const sessions = await Promise.all(
      unwatched.map((record) => knownSession(record, { patienceMs: socketPatienceMs.listed })),
    );
    if (this.#isDisposed) return;
    for (const session of sessions) this.#set(listed(session));
    this.#tell();
    await Promise.all(sessions.filter(({ server }) => server === 'answering').map((session) => this.#watch(session)));
  }

  async #watch({ record }: KnownSession): Promise<void> {
    const link = await openLink(record.socket, hello);
    if (link === null) return this.#later();
    if (this.#isDisposed || this.#links.has(record.id)) return link.close();
    this.#links.set(record.id, link);
    link.onReply((reply) => {
      if (reply.kind !== 'status') return;
      this.#set({ ...reply.body, isAnswering: true });
      this.#tell();
    });
    // Its program ended, it was killed, or its server died: the disk tells which.
    link.onClose(() => {
      if (this.#links.get(record.id) === link) this.#links.delete(record.id);
      this.#later();
    });
    link.send({ kind: 'watch', body: {} });
  }

  #set(session: ListedSession): void {
    this.#sessions.set(session.id, session);
  }

  #drop(id: string): void {
    this.#sessions.delete(id);
    this.#links.get(id)?.close();
    this.#links.delete(id);
  }

  #tell(): void {
    if (!this.#isDisposed) this.#onSessions([...this.#sessions.values()]);
  }
}

function listed({ status, server }: KnownSession): ListedSession {
  return { ...status, isAnswering: server !== 'silent' };
}
