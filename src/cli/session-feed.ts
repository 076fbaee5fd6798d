// The sessions for the list, told anew whenever one comes, goes or changes. Watches the folder and every server; polls
// nothing, and waits for no server that is slow to answer.

import type { Disposable } from '../base/disposables.ts';
import { answerTimeoutMs, feedPatienceMs, feedRetryMs, feedSettleMs, socketPatienceMs } from '../base/limits.ts';
import { openLink, type SessionLink } from '../client/link.ts';
import { watchFolder } from '../platform/watch-folder.ts';
import type { Reply } from '../protocol/messages.ts';
import { silentStatus } from '../storage/recorded-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import type { ListedSession, SessionFeed } from '../ui/session-list.ts';
import { hello } from './hello.ts';
import { catalog, isRunningHere, type KnownSession, knownSession, recordsOf } from './known-sessions.ts';

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
  /** Those that are being asked for the first time. */
  readonly #looks = new Map<string, Promise<void>>();
  /** How long to wait before the next look at a server that cannot be reached. */
  readonly #patienceMs = new Map<string, number>();
  #folder: Disposable | null = null;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Before everything is told for the first time, a part would put the selection on the wrong session. */
  #hasTold = false;
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
    clearTimeout(this.#telling);
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
    for (const record of records.filter(({ id }) => !this.#links.has(id) && !this.#looks.has(id))) this.#begin(record);
    const patience = new Promise<void>((resolve) => setTimeout(resolve, feedPatienceMs));
    await Promise.race([Promise.all(this.#looks.values()), patience]);
    for (const record of records.filter(({ id }) => this.#looks.has(id))) this.#setUnlessKnown(record);
    this.#tell();
  }

  #begin(record: SessionRecord): void {
    this.#looks.set(
      record.id,
      this.#look(record).finally(() => this.#looks.delete(record.id)),
    );
  }

  /** Asks one session how it is, and goes on listening to it. Resolves once it has answered or had the time to. */
  async #look(record: SessionRecord): Promise<void> {
    const link = isRunningHere(record) ? await openWatch(record) : null;
    if (link === null) {
      const session = await knownSession(record, { patienceMs: socketPatienceMs.listed });
      this.#set(listed(session));
      // It is just coming up, or has come up while we asked: nothing tells us when it listens.
      if (session.server === 'silent' || session.server === 'answering') this.#lookAgain(record.id);
      return;
    }
    this.#patienceMs.delete(record.id);
    if (this.#isDisposed) return link.close();
    this.#links.set(record.id, link);
    await this.#listen(record, link);
  }

  /** Looks at a server that cannot be reached again, later and later, and then no more. */
  #lookAgain(id: string): void {
    const waitMs = this.#patienceMs.get(id) ?? feedRetryMs.first;
    if (waitMs > feedRetryMs.atMost) return;
    this.#patienceMs.set(id, 2 * waitMs);
    setTimeout(() => this.#later(), waitMs);
  }

  #listen(record: SessionRecord, link: SessionLink): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#set({ ...silentStatus(record), isAnswering: false });
        resolve();
      }, answerTimeoutMs);
      const settle = () => {
        clearTimeout(timer);
        resolve();
      };
      link.onReply((reply) => {
        this.#hear(record, reply);
        settle();
      });
      // Its program ended, it was killed, or its server died: the disk tells which.
      link.onClose(() => {
        if (this.#links.get(record.id) === link) this.#links.delete(record.id);
        settle();
        this.#later();
      });
    });
  }

  #hear(record: SessionRecord, reply: Reply): void {
    if (reply.kind === 'status') this.#set({ ...reply.body, isAnswering: true });
    // It does not speak our language; what there is to say of it stands elsewhere.
    if (reply.kind === 'failed') void knownSession(record).then((session) => this.#set(listed(session)));
  }

  /** Shows a session that has not answered yet as its record has it. */
  #setUnlessKnown(record: SessionRecord): void {
    if (!this.#sessions.has(record.id)) this.#sessions.set(record.id, { ...silentStatus(record), isAnswering: true });
  }

  #set(session: ListedSession): void {
    if (this.#isDisposed) return;
    this.#sessions.set(session.id, session);
    // Answers come many at a time.
    if (this.#hasTold) this.#telling ??= setTimeout(() => this.#tell(), 0);
  }

  #drop(id: string): void {
    this.#sessions.delete(id);
    this.#links.get(id)?.close();
    this.#links.delete(id);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#hasTold = true;
    if (!this.#isDisposed) this.#onSessions([...this.#sessions.values()]);
  }
}

function listed({ status, server, needs }: KnownSession): ListedSession {
  return { ...status, isAnswering: server !== 'silent', needs };
}

/** A link over which the server tells how its session is, now and after every change; null where that cannot be. */
function openWatch({ socket }: SessionRecord): Promise<SessionLink | null> {
  return openLink(socket, hello, { first: { kind: 'watch', body: {} } }).catch(() => null);
}
