// What of a session's screen reaches the disk: all of it through a recorder, or nothing while the session is private.

import { removeScreens } from '../storage/remove-screens.ts';
import { openRecorder, type Persistence, type Recorder, type RecorderOptions } from './recorder.ts';

export class Recording {
  readonly #options: RecorderOptions;
  #recorder: Recorder | null;
  /** Switches one after the other. */
  #switching: Promise<void> = Promise.resolve();

  private constructor(options: RecorderOptions, recorder: Recorder | null) {
    this.#options = options;
    this.#recorder = recorder;
  }

  /** Records from `begin` on, unless the session is private: then what was recorded before goes. */
  static async open(options: RecorderOptions, { isPrivate }: { isPrivate: boolean }): Promise<Recording> {
    if (isPrivate) await removeScreens(options.folder, options.files);
    return new Recording(options, isPrivate ? null : await openRecorder(options));
  }

  /** Begins with the screen as it is. */
  begin(): void {
    this.#recorder?.begin();
  }

  /** The program wrote `bytes`, which the emulator has taken and nobody changes any more. */
  output(bytes: Uint8Array): void {
    this.#recorder?.output(bytes);
  }

  /** The emulator has a new size. */
  resize(size: { cols: number; rows: number }): void {
    this.#recorder?.resize(size);
  }

  /** Whether the disk has the screen, or since when and why not; a private session's is not meant to be there. */
  get persistence(): Persistence {
    return this.#recorder?.persistence ?? { isPersisting: true };
  }

  /** Stops or begins to record. Resolves once the disk has nothing of the screen, or all of it is on its way there. */
  setPrivate(isPrivate: boolean): Promise<void> {
    const done = this.#switching.then(() => this.#switch(isPrivate));
    this.#switching = done.catch(() => {});
    return done;
  }

  /** Leaves nothing on the disk but the screen and history as they are now; true once that is so. */
  async forget(): Promise<boolean> {
    await this.#switching;
    return this.#recorder === null || this.#recorder.forget();
  }

  /** Records the last state and ends; true when the disk has all that it is to have. */
  async close(): Promise<boolean> {
    await this.#switching;
    return this.#recorder === null || this.#recorder.close();
  }

  /** Ends without a last word. Nothing is being written any more once this resolves. */
  async abandon(): Promise<void> {
    await this.#switching;
    await this.#recorder?.abandon();
  }

  async #switch(isPrivate: boolean): Promise<void> {
    const recorder = this.#recorder;
    if (isPrivate === (recorder === null)) return;
    if (recorder === null) {
      this.#recorder = await openRecorder(this.#options);
      this.begin();
      return;
    }
    this.#recorder = null;
    await recorder.abandon();
    await removeScreens(this.#options.folder, this.#options.files);
  }
}
