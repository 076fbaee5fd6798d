// What is shown of ours around an attached session. A line tells the time: its server is told that once a minute, for as
// long as the line is to be seen.

import type { LineText, Look } from '../base/look.ts';
import type { SessionLink } from './link.ts';

/** What the person wants: nothing, a line that also names these keys, or the session's name in the title. */
export type WantedLook = { kind: 'plain' } | { kind: 'line'; keys: string } | { kind: 'title' };

const minuteMs = 60_000;

export class ShownLook {
  readonly #link: SessionLink;
  readonly #wanted: WantedLook;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: SessionLink, wanted: WantedLook) {
    this.#link = link;
    this.#wanted = wanted;
  }

  /** What the server is asked for, as a part of `attach`. */
  get asked(): { look?: Look } {
    if (this.#wanted.kind === 'plain') return {};
    return { look: this.#wanted.kind === 'line' ? { kind: 'line', ...this.#text(this.#wanted.keys) } : this.#wanted };
  }

  /** It is to be seen from now on; what it says is up to date. */
  start(): void {
    clearTimeout(this.#timer);
    if (this.#wanted.kind === 'line') this.#timer = setTimeout(() => this.again(), minuteMs - (Date.now() % minuteMs));
  }

  /** It is to be seen again; what it says may be old. */
  again(): void {
    if (this.#wanted.kind === 'line') this.#link.send({ kind: 'line', body: this.#text(this.#wanted.keys) });
    this.start();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #text(keys: string): LineText {
    return { time: new Date().toTimeString().slice(0, 5), keys };
  }
}
