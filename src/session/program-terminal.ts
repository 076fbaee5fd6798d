// The program's terminal as its session has it, also before there is a program and after its end.

import type { Pty, PtySize } from '../platform/pty.ts';

export class ProgramTerminal {
  #pty: Pty | null = null;
  /** What was written before the program was there; null once it was. */
  #early: Uint8Array[] | null = [];

  get pid(): number | null {
    return this.#pty?.pid ?? null;
  }

  /** The program runs: it gets what was written before. */
  begin(pty: Pty): void {
    this.#pty = pty;
    for (const bytes of this.#early ?? []) pty.write(bytes);
    this.#early = null;
  }

  /** The program has ended; from now on nothing comes of anything. */
  end(): void {
    this.#pty = null;
  }

  /** Queues bytes for the program, in order. */
  write(bytes: Uint8Array): void {
    if (this.#early === null) this.#pty?.write(bytes);
    else this.#early.push(bytes.slice());
  }

  resize(size: PtySize): void {
    this.#pty?.resize(size);
  }

  /** Holds the program up as soon as it writes more, where the system can. */
  pause(): void {
    this.#pty?.pause();
  }

  resume(): void {
    this.#pty?.resume();
  }

  /** Closes it; the kernel hangs up whoever is on it. */
  close(): void {
    this.#pty?.close();
  }
}
