// Keeps a session's socket where clients look for it: made again, in a private folder, when somebody removes it. Whoever is
// connected stays so. Nothing is done, and no timer set, while it is there.

import { type Disposable, Disposables } from '../base/disposables.ts';
import { socketRetryMs, socketSettleMs, watchedSockets } from '../base/limits.ts';
import { messageOf } from '../base/stay-error.ts';
import type { Clock } from '../platform/clock.ts';
import { clearSocketPlace, fileIdentity, neighboursOf } from '../platform/socket-place.ts';
import { type ByteConnection, listenAt } from '../platform/sockets.ts';
import { watchFile } from '../platform/watch-file.ts';

export interface SocketKeeperOptions {
  path: string;
  clock: Clock;
  onConnection(connection: ByteConnection): void;
  log(sentence: string): void;
}

export class SocketKeeper {
  readonly #options: SocketKeeperOptions;
  /** The listener and the watch on its socket. */
  #listening = new Disposables();
  /** Of our socket while we listen. */
  #identity: string | null = null;
  #timer: Disposable | null = null;
  #retryMs: number = socketRetryMs.first;
  /** All looks and tries, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #phase: 'new' | 'open' | 'closed' = 'new';

  constructor(options: SocketKeeperOptions) {
    this.#options = options;
  }

  /** Begins to listen. Throws when that cannot be; nothing is kept then. */
  async open(): Promise<void> {
    await this.#listen();
    this.#phase = 'open';
  }

  /** Looks at once whether the socket is still ours, and makes it again if it is not. */
  mend(): void {
    this.#timer?.dispose();
    this.#timer = null;
    this.#work = this.#work.then(() => this.#mend());
  }

  /** Stops listening and removes the socket; open connections stay. */
  close(): void {
    this.#phase = 'closed';
    this.#timer?.dispose();
    this.#listening.dispose();
  }

  async #mend(): Promise<void> {
    const { path, log } = this.#options;
    if (this.#phase !== 'open' || (this.#identity !== null && fileIdentity(path) === this.#identity)) return;
    const wasListening = this.#identity !== null;
    this.#identity = null;
    try {
      await clearSocketPlace(path);
      // Not later: closing a listener removes whatever has its name.
      this.#listening.dispose();
      await this.#listen();
      this.#retryMs = socketRetryMs.first;
      log('its socket was removed; it listens on a new one');
    } catch (error) {
      if (wasListening) log(`its socket was removed: ${messageOf(error)}`);
      this.#mendIn(this.#retryMs);
      this.#retryMs = Math.min(2 * this.#retryMs, socketRetryMs.atMost);
    }
  }

  async #listen(): Promise<void> {
    const { path, onConnection } = this.#options;
    const listener = await listenAt(path, onConnection);
    this.#listening = new Disposables();
    this.#listening.defer(() => listener.close());
    // Closed meanwhile.
    if (this.#phase === 'closed') return this.#listening.dispose();
    this.#identity = fileIdentity(path);
    this.#watch();
  }

  /** Where many are watched already, or the system cannot watch it, clients still ask for it by a signal. */
  #watch(): void {
    try {
      if (neighboursOf(this.#options.path) > watchedSockets) return;
      this.#listening.add(watchFile(this.#options.path, () => this.#mendIn(socketSettleMs)));
    } catch (error) {
      this.#options.log(`its socket is not watched: ${messageOf(error)}`);
    }
  }

  #mendIn(delayMs: number): void {
    if (this.#phase !== 'open' || this.#timer !== null) return;
    this.#timer = this.#options.clock.after(delayMs, () => this.mend());
  }
}
