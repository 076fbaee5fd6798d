// How a session's server listens, saves, and comes to its end: the program's, a kill, or a signal.

import { noActivity } from '../base/activity.ts';
import { lastCheckpointMs, lastWordsMs, outputTimeStepMs, steadyMs } from '../base/limits.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { messageOf, StayError } from '../base/stay-error.ts';
import { systemClock } from '../platform/clock.ts';
import type { ProgramExit } from '../platform/pty.ts';
import { endProcess } from '../platform/server-signals.ts';
import { endSessionProcesses } from '../platform/session-processes.ts';
import type { ByteConnection } from '../platform/sockets.ts';
import type { Hello } from '../protocol/messages.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import type { Catalog } from '../storage/catalog.ts';
import { claimName } from '../storage/claim-name.ts';
import type { PreviewBoard } from './preview-board.ts';
import type { Recording } from './recording.ts';
import type { Session } from './session.ts';
import { SocketKeeper } from './socket-keeper.ts';
import type { StatusBoard } from './status-board.ts';
import { welcome } from './visitor.ts';

export interface LifecycleOptions {
  session: Session;
  recording: Recording;
  board: StatusBoard;
  previews: PreviewBoard;
  catalog: Catalog;
  log(sentence: string): void;
  hello: Hello;
}

export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #connections = new Set<ByteConnection>();
  readonly #socket: SocketKeeper;
  /** `ending`: the last is being saved. `over`: it is; only clients that still read keep the process. */
  #phase: 'serving' | 'killing' | 'ending' | 'over' = 'serving';
  #isTerminating = false;
  /** The facts that are being brought to the disk on the side, and those that were last. */
  #keeping: Promise<void> | null = null;
  #keptFacts = '';
  #saves = 0;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#socket = new SocketKeeper({
      path: options.session.record.socket,
      clock: systemClock,
      onConnection: (connection) => this.#welcome(connection),
      log: options.log,
    });
  }

  /** Begins to answer on the session's socket. */
  listen(): Promise<void> {
    return this.#socket.open();
  }

  /** A client does not find the socket. */
  mendSocket(): void {
    this.#socket.mend();
  }

  /** Brings the record to the disk. A disk that does not take it costs what it would have remembered, nothing else. */
  save(): boolean {
    return this.#phase === 'serving' && this.#save();
  }

  /** Brings to the disk what changed of what the list shows of stopped sessions. Nothing waits for it. */
  keepFacts(): void {
    const { session, catalog, log } = this.#options;
    if (this.#phase !== 'serving' || this.#keeping !== null) return;
    const facts = factsOf(session.status());
    if (facts === this.#keptFacts) return;
    this.#keptFacts = facts;
    const saves = this.#saves;
    this.#keeping = catalog
      .saveAside(session.record)
      .catch((error) => log(`the record was not saved: ${messageOf(error)}`))
      .then(() => {
        this.#keeping = null;
        // What was saved meanwhile may have been replaced by this older record.
        if (this.#saves !== saves) this.save();
      });
  }

  /** The program ended by itself: its status, screen and history are kept, its holder is told, and this process ends. */
  async programEnded(exit: ProgramExit): Promise<void> {
    const { session, recording, board } = this.#options;
    session.onExit(exit);
    board.changed();
    if (this.#phase !== 'serving') return;
    const isScreenSaved = await recording.close();
    await this.#keeping;
    // Killed or told to end meanwhile.
    if (!this.isServing) return;
    const isSaved = this.save() && isScreenSaved;
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
  async notStarted(error: unknown): Promise<void> {
    const { session } = this.#options;
    if (this.#phase !== 'serving') return;
    this.#phase = 'ending';
    session.release({ reason: 'notStarted', message: messageOf(error) });
    await this.#forget();
    this.#end();
  }

  /** Ends every process of the session and forgets it. */
  async kill(): Promise<void> {
    const { session, board } = this.#options;
    this.#phase = 'killing';
    session.release({ reason: 'killed' });
    const left = await endSessionProcesses({ id: session.record.id, leader: session.record.program });
    if (left.length > 0) {
      this.#phase = 'serving';
      board.changed();
      throw new StayError('internal', `Cannot kill "${session.record.name}": process ${left.join(', ')} does not end`, {
        hint: 'It waits for the system (a dead disk or network mount); try again later',
      });
    }
    session.terminal.close();
    await this.#forget();
    this.#end();
  }

  async rename(name: string): Promise<void> {
    const { session, catalog } = this.#options;
    await catalog.exclusively(() => {
      if (name !== session.record.name) claimName(catalog, name);
      session.rename(name);
    });
  }

  /** Takes new traits. Resolves once the disk has them and what it may have of the screen. */
  async configure(traits: Partial<SessionTraits>): Promise<void> {
    const { session, recording } = this.#options;
    this.#requireServing('change');
    session.configure(traits);
    if (traits.isPrivate !== undefined) await recording.setPrivate(traits.isPrivate);
    if (!this.save())
      throw new StayError('internal', `Cannot change "${session.record.name}": the disk does not take it`);
  }

  /** Forgets the history, in memory and on the disk. */
  async forgetHistory(): Promise<void> {
    const { session, recording } = this.#options;
    this.#requireServing('forget the history of');
    session.forgetHistory();
    if (await recording.forget()) return;
    throw new StayError(
      'internal',
      `Cannot forget the history of "${session.record.name}" on the disk: it cannot be written`,
      {
        hint: 'See: stay doctor',
      },
    );
  }

  /** A session that lives on for a while after its start is in no crash loop. */
  watchForSteadiness(): void {
    const { record } = this.#options.session;
    if (record.shortLives === 0) return;
    systemClock.after(steadyMs, () => {
      record.shortLives = 0;
      this.save();
    });
  }

  #requireServing(what: string): void {
    if (this.isServing) return;
    throw new StayError('busy', `Cannot ${what} "${this.#options.session.record.name}": it is ending`, {
      hint: 'Try again',
    });
  }

  /** Asked to end: keeps the screen, tells the holder, closes the program's terminal and goes within a second. */
  async terminate(): Promise<void> {
    const { session, recording, board } = this.#options;
    if (this.#isTerminating) return;
    // Everything is saved, or gone.
    if (this.#phase === 'over') endProcess(0);
    this.#phase = 'ending';
    this.#isTerminating = true;
    session.settle();
    session.record.stop = { reason: 'terminated', at: systemClock.now() };
    session.record.shortLives = 0;
    // What it writes from now on nobody will see; reading a flood would take the time that the disk needs.
    session.terminal.pause();
    await withinMs(lastCheckpointMs, Promise.all([recording.close(), this.#keeping]));
    this.#save();
    session.release({ reason: 'serverEnding' });
    session.terminal.close();
    board.close();
    this.#socket.close();
    // One turn of the loop lets the holder's last frame reach the kernel.
    setImmediate(() => endProcess(0));
  }

  #save(): boolean {
    const { session, catalog, log } = this.#options;
    this.#saves++;
    try {
      const status = session.status();
      catalog.save(session.record);
      this.#keptFacts = factsOf(status);
      return true;
    } catch (error) {
      log(`the record was not saved: ${messageOf(error)}`);
      return false;
    }
  }

  /** Removes the session from the disk, once nothing is being written there any more. */
  async #forget(): Promise<void> {
    const { session, recording, catalog } = this.#options;
    await withinMs(lastCheckpointMs, Promise.all([recording.abandon(), this.#keeping]));
    catalog.remove(session.record.id);
  }

  /** Takes no new clients, and ends this process once those that are here have gone. */
  #end(): void {
    this.#phase = 'over';
    this.#options.board.close();
    this.#options.previews.close();
    this.#socket.close();
    this.#endIfAlone();
    systemClock.after(lastWordsMs, () => endProcess(0));
  }

  #endIfAlone(): void {
    if (this.#phase === 'over' && this.#connections.size === 0) endProcess(0);
  }

  #welcome(connection: ByteConnection): void {
    const { session, board, previews, log, hello } = this.#options;
    this.#connections.add(connection);
    welcome(connection, { session, board, previews, doings: this, clock: systemClock, hello, log });
    connection.onClose(() => {
      this.#connections.delete(connection);
      this.#endIfAlone();
    });
  }
}

/** What a list shows that changes without anybody's doing; times not too exactly, and of progress only of which kind it is. */
function factsOf({ title, cwd, cols, rows, lastOutputAt, activity }: SessionStatus): string {
  const { bellAt, notification, progress, command } = activity ?? noActivity;
  const times = [lastOutputAt, bellAt, notification?.at, command?.at].map((at) =>
    Math.floor((at ?? 0) / outputTimeStepMs),
  );
  return JSON.stringify([
    title,
    cwd,
    cols,
    rows,
    times,
    notification?.title,
    notification?.text,
    progress?.state,
    command?.exitCode,
  ]);
}

/** Resolves with the work's end, or after `limitMs` without it: a dead disk holds up everything but our own end. */
function withinMs(limitMs: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise<void>((resolve) => systemClock.after(limitMs, resolve))]);
}
