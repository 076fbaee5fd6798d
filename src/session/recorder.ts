// Keeps a session's screen and history on the disk, at most a tenth of a second behind, so that they outlive the server.
// While nothing happens nothing is written and no timer is set. A disk that fails costs what it would have kept, no more.

import type { Disposable } from '../base/disposables.ts';
import {
  diskRetryMs,
  floodBytesPerMs,
  type JournalRate,
  journalBound,
  journalDelayMs,
  journalRate,
  journalSyncMs,
  promptJournalBytes,
  quietMs,
} from '../base/limits.ts';
import { systemFailure } from '../base/system-failure.ts';
import { tellOnce } from '../base/tell-once.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Clock } from '../platform/clock.ts';
import { type Compress, compress } from '../platform/compression.ts';
import type { FileLayer } from '../platform/file-layer.ts';
import type { NotSaved } from '../protocol/session-status.ts';
import { GenerationStore } from '../storage/generation-store.ts';
import { encodeRecords, type JournalChange } from '../storage/journal.ts';
import { UnsavedRecords } from './unsaved-records.ts';

export interface RecorderOptions {
  /** The session's folder. What was recorded there before is kept until there is what replaces it. */
  folder: string;
  files: FileLayer;
  clock: Clock;
  /** Has the screen that is recorded. */
  emulator: Emulator;
  /** Lines of its history that are recorded with the screen. */
  historyLines: number;
  /** Bytes of long history kept, at most. */
  historyBytes: number;
  /** How that is compressed; by the runtime unless told. */
  compress?: Compress;
  /** How much output is kept as it is; the usual unless told. */
  rate?: JournalRate;
  log(sentence: string): void;
  /** Something that was recorded has reached the disk. While much happens, once in `journalSyncMs`. */
  onSynced(): void;
  /** The disk does not take what is recorded. */
  onFailed(): void;
  /** The disk works again, maybe in a folder that is new and empty. */
  onRecovered(): void;
}

/** Whether the disk has the screen, or since when and why not. */
export type Persistence = { isPersisting: true } | ({ isPersisting: false } & NotSaved);

/** Records as soon as it is told to begin. Throws when the folder cannot even be read. */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const store = await GenerationStore.open(options.folder, {
    files: options.files,
    historyBytes: options.historyBytes,
    compress: options.compress ?? compress,
    onArchiveFault: tellOnce((error) => options.log(systemFailure('keep the history', error).message)),
  });
  return new Recorder(options, store);
}

type TimerName = 'flush' | 'pause' | 'sync' | 'quiet' | 'retry';

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #store: GenerationStore;
  readonly #unsaved: UnsavedRecords;
  readonly #timers = new Map<TimerName, Disposable>();
  #isAppending = false;
  #checkpointing: Promise<boolean> | null = null;
  #checkpoints = 0;
  #checkpointBytes = 0;
  /** Counts what happened to the screen, in all and up to the last checkpoint. */
  #changes = 1;
  #savedChanges = 0;
  #failure: NotSaved | null = null;
  #failures = 0;
  #retryMs: number = diskRetryMs.first;
  #hasBegun = false;
  #isClosed = false;

  constructor(options: RecorderOptions, store: GenerationStore) {
    this.#options = options;
    this.#store = store;
    this.#unsaved = new UnsavedRecords(options.emulator, options.rate ?? journalRate);
  }

  get persistence(): Persistence {
    return this.#failure === null ? { isPersisting: true } : { isPersisting: false, ...this.#failure };
  }

  /** Begins with a checkpoint of the screen, painted before this returns; once, and not after the end. */
  begin(): void {
    if (!this.#hasBegun && !this.#isClosed) void this.checkpoint();
  }

  /** The program wrote `bytes`, which the emulator has taken and nobody changes any more. */
  output(bytes: Uint8Array): void {
    this.#changed({ kind: 'output', at: this.#options.clock.now(), bytes });
  }

  /** The emulator has a new size. */
  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#changed({ kind: 'resize', at: this.#options.clock.now(), cols, rows });
  }

  /** Brings the whole screen to the disk; true once it is there. Never throws. */
  checkpoint(): Promise<boolean> {
    this.#checkpointing ??= this.#takeCheckpoint().finally(() => {
      this.#checkpointing = null;
    });
    return this.#checkpointing;
  }

  /** Leaves nothing on the disk but the screen and history as they are now; true once that is so. */
  async forget(): Promise<boolean> {
    await this.#checkpointing;
    if (!(await this.checkpoint())) return false;
    await this.#store.forgetOlder();
    return true;
  }

  /** Records the last state and ends; true when the disk has it, at the second try if need be. */
  async close(): Promise<boolean> {
    this.#stop();
    await this.#checkpointing;
    // Should the only checkpoint of a short life spoil, a second tells the same.
    const isThere = this.#savedChanges === this.#changes && this.#checkpoints > 1;
    const isSaved = isThere || (await this.checkpoint()) || (await this.checkpoint());
    await this.#store.close();
    return isSaved;
  }

  /** Ends without a last word. Nothing is being written any more once this resolves. */
  async abandon(): Promise<void> {
    this.#stop();
    await this.#checkpointing;
    await this.#store.close();
  }

  #changed(record: JournalChange): void {
    this.#changes++;
    // What comes before the first checkpoint is in there.
    if (!this.#hasBegun) return;
    this.#unsaved.add(record);
    this.#flushSoon();
  }

  #flushSoon(): void {
    const { since, bytes } = this.#unsaved;
    if (since === null || this.#isAppending || this.#failure !== null) return;
    const waitedMs = this.#options.clock.now() - since;
    if (bytes < promptJournalBytes)
      this.#after(Math.min(journalDelayMs, journalDelayMs - waitedMs), 'flush', () => this.#flush());
    else this.#flush();
  }

  #flush(): void {
    this.#cancel('flush');
    const { isFlooded } = this.#unsaved;
    if (isFlooded && this.#timers.has('pause')) return;
    const bytes = encodeRecords(this.#unsaved.take(this.#options.clock.now()));
    if (isFlooded) this.#after(bytes.length / floodBytesPerMs, 'pause', () => this.#flushSoon());
    void this.#append(bytes);
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#isAppending = true;
    try {
      await this.#store.append(bytes);
      this.#after(journalSyncMs, 'sync', () => void this.#sync());
      this.#checkpointIfDue();
    } catch (error) {
      this.#fail(error);
    }
    this.#isAppending = false;
    this.#flushSoon();
  }

  /** Everything up to now, at once. */
  async #appendUnsaved(): Promise<void> {
    if (this.#failure !== null || this.#unsaved.since === null) return;
    await this.#append(encodeRecords(this.#unsaved.take(this.#options.clock.now())));
  }

  async #sync(): Promise<void> {
    try {
      await this.#store.sync();
      this.#options.onSynced();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A long journal calls for a checkpoint, a middling one for when the session is quiet: painting takes a while. */
  #checkpointIfDue(): void {
    const { bytes, times, quietBytes, quietTimes } = journalBound;
    const { journalBytes } = this.#store;
    if (journalBytes > Math.max(bytes, times * this.#checkpointBytes)) void this.checkpoint();
    else if (this.#unsaved.hasHole || journalBytes > Math.max(quietBytes, quietTimes * this.#checkpointBytes))
      this.#checkpointWhenQuiet();
  }

  #checkpointWhenQuiet(): void {
    const changes = this.#changes;
    this.#after(quietMs, 'quiet', () => {
      if (this.#changes === changes) void this.checkpoint();
      else this.#checkpointWhenQuiet();
    });
  }

  async #takeCheckpoint(): Promise<boolean> {
    const { clock, emulator, historyLines } = this.#options;
    // Painting takes a while: what waits for the disk must not wait for that as well.
    if (this.#hasBegun && !this.#unsaved.isFlooded) await this.#appendUnsaved();
    const { failures, changes } = { failures: this.#failures, changes: this.#changes };
    const savedAt = clock.now();
    const isContinuous = this.#failure === null;
    // The journal before is completed all the same: should this checkpoint spoil, that one goes on into the next.
    void this.#appendUnsaved();
    this.#hasBegun = true;
    this.#unsaved.clear();
    this.#cancel('flush');
    this.#cancel('quiet');
    const paint = emulator.repaint({ onto: 'fresh', historyLines });
    const screen = { cols: emulator.cols, rows: emulator.rows, paint, savedAt };
    const withoutHistory = emulator.repaint({ onto: 'fresh', historyLines: 0 });
    try {
      if (this.#failure !== null) await this.#store.remakeFolder();
      await this.#store.begin({ screen, paint: withoutHistory, isContinuous });
    } catch (error) {
      this.#fail(error);
    }
    // A failure meanwhile left out what came after this screen.
    if (this.#failures !== failures) return false;
    this.#savedChanges = changes;
    this.#checkpoints++;
    this.#checkpointBytes = paint.length;
    this.#succeed();
    return true;
  }

  /** What was not kept now, or comes until the disk works again, is in the checkpoint that begins anew. */
  #fail(error: unknown): void {
    const { clock, log, onFailed } = this.#options;
    const why = systemFailure('save the screen', error).message;
    const before = this.#failure;
    this.#failure = { since: before?.since ?? clock.now(), why };
    if (before === null) log(why);
    if (before?.why !== why) onFailed();
    this.#failures++;
    this.#cancel('flush');
    this.#unsaved.clear();
    this.#retryLater();
  }

  #retryLater(): void {
    this.#after(this.#retryMs, 'retry', async () => {
      this.#retryMs = Math.min(2 * this.#retryMs, diskRetryMs.atMost);
      await this.checkpoint();
      if (this.#failure !== null) this.#retryLater();
    });
  }

  #succeed(): void {
    const hadFailed = this.#failure !== null;
    this.#failure = null;
    this.#retryMs = diskRetryMs.first;
    this.#cancel('retry');
    this.#flushSoon();
    this.#options.onSynced();
    if (!hadFailed) return;
    this.#options.log('the screen is being saved again');
    this.#options.onRecovered();
  }

  /** Calls back once, unless it is to do so already. */
  #after(delayMs: number, name: TimerName, callback: () => void): void {
    if (this.#isClosed || this.#timers.has(name)) return;
    const timer = this.#options.clock.after(Math.max(0, delayMs), () => {
      this.#timers.delete(name);
      callback();
    });
    this.#timers.set(name, timer);
  }

  #cancel(name: TimerName): void {
    this.#timers.get(name)?.dispose();
    this.#timers.delete(name);
  }

  #stop(): void {
    this.#isClosed = true;
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
  }
}
