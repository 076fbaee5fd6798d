// How a session's server listens, saves, and comes to its end: the program's, a kill, or a signal.

import { historyLines, lastWordsMs } from '../base/limits.ts';
import { messageOf, StayError } from '../base/stay-error.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { systemClock } from '../platform/clock.ts';
import type { ProgramExit } from '../platform/pty.ts';
import { processId } from '../platform/runtime.ts';
import { endProcess } from '../platform/server-signals.ts';
import { endSessionProcesses } from '../platform/session-processes.ts';
import { type ByteConnection, listenAt, type SocketListener } from '../platform/sockets.ts';
import { protocolVersion } from '../protocol/messages.ts';
import type { Catalog } from '../storage/catalog.ts';
import { claimName } from '../storage/claim-name.ts';
import { saveScreen } from '../storage/saved-screen.ts';
import type { Session } from './session.ts';
import type { StatusBoard } from './status-board.ts';
import { type VisitorOptions, welcome } from './visitor.ts';

export interface LifecycleOptions {
  session: Session;
  emulator: Emulator;
  board: StatusBoard;
  catalog: Catalog;
  log(sentence: string): void;
  version: string;
}

export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #connections = new Set<ByteConnection>();
  #listener: SocketListener | null = null;
  #phase: 'serving' | 'killing' | 'ending' = 'serving';

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** Begins to answer on the session's socket. */
  async listen(): Promise<void> {
    const { session } = this.#options;
    this.#listener = await listenAt(session.record.socket, (connection) => this.#welcome(connection));
  }

  /** Brings the record to the disk. A disk that does not take it costs what it would have remembered, nothing else. */
  save(): boolean {
    const { session, catalog, log } = this.#options;
    if (this.#phase !== 'serving') return false;
    try {
      session.status();
      catalog.save(session.record);
      return true;
    } catch (error) {
      log(`the record was not saved: ${messageOf(error)}`);
      return false;
    }
  }

  /** The program ended by itself: its status, screen and history are kept, its holder is told, and this process ends. */
  programEnded(exit: ProgramExit): void {
    const { session, board } = this.#options;
    session.onExit(exit);
    if (this.#phase !== 'serving') return;
    const isSaved = this.#saveScreen() && this.save();
    session.endHold();
    // Unsaved, the status and the last screen live here alone: stay and answer for them.
    if (isSaved) this.#end();
    else board.changed();
  }

  /** Whether the session goes on, as far as we know. */
  get isServing(): boolean {
    return this.#phase === 'serving';
  }

  /** The program could not be started after all: whoever waits for it is told, and the session was never there. */
  notStarted(error: unknown): void {
    const { session, catalog } = this.#options;
    if (this.#phase !== 'serving') return;
    session.release({ reason: 'notStarted', message: messageOf(error) });
    this.#phase = 'ending';
    catalog.remove(session.record.id);
    this.#end();
  }

  /** Ends every process of the session and forgets it. */
  async kill(): Promise<void> {
    const { session, catalog } = this.#options;
    this.#phase = 'killing';
    session.release({ reason: 'killed' });
    const left = await endSessionProcesses({ id: session.record.id, leader: session.record.program });
    if (left.length > 0) {
      this.#phase = 'serving';
      throw new StayError('internal', `Cannot kill "${session.record.name}": process ${left.join(', ')} does not end`, {
        hint: 'It waits for the system (a dead disk or network mount); try again later',
      });
    }
    session.hangUp();
    catalog.remove(session.record.id);
    this.#end();
  }

  async rename(name: string): Promise<void> {
    const { session, catalog } = this.#options;
    await catalog.exclusively(() => {
      if (name !== session.record.name) claimName(catalog, name);
      session.rename(name);
    });
  }

  /** Asked to end: keeps the screen, tells the holder, closes the program's terminal and goes at once. */
  terminate(): void {
    const { session } = this.#options;
    this.#saveScreen();
    this.save();
    session.release({ reason: 'serverEnding' });
    session.hangUp();
    this.#listener?.close();
    // One turn of the loop lets the holder's last frame reach the kernel.
    setImmediate(() => endProcess(0));
  }

  #saveScreen(): boolean {
    const { session, emulator, catalog, log } = this.#options;
    try {
      saveScreen(catalog.folderOf(session.record.id), {
        cols: emulator.cols,
        rows: emulator.rows,
        paint: emulator.repaint({ onto: 'fresh', historyLines }),
        savedAt: systemClock.now(),
      });
      return true;
    } catch (error) {
      log(`the screen was not saved: ${messageOf(error)}`);
      return false;
    }
  }

  /** Takes no new clients, and ends this process once those that are here have gone. */
  #end(): void {
    this.#phase = 'ending';
    this.#options.board.close();
    this.#listener?.close();
    this.#endIfAlone();
    systemClock.after(lastWordsMs, () => endProcess(0));
  }

  #endIfAlone(): void {
    if (this.#phase === 'ending' && this.#connections.size === 0) endProcess(0);
  }

  #welcome(connection: ByteConnection): void {
    const { session, board, log, version } = this.#options;
    this.#connections.add(connection);
    const options: VisitorOptions = {
      session,
      board,
      doings: this,
      clock: systemClock,
      hello: { protocol: protocolVersion, version, pid: processId },
      log,
    };
    welcome(connection, options);
    connection.onClose(() => {
      this.#connections.delete(connection);
      this.#endIfAlone();
    });
  }
}
