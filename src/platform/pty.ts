// The port to a pseudo-terminal, and the choice of its implementation for the runtime we are on.

import { isBun } from './runtime.ts';

export interface PtySize {
  cols: number;
  rows: number;
  /** The same in pixels, where the terminal tells; programs that draw images ask. */
  pixelWidth?: number | undefined;
  pixelHeight?: number | undefined;
}

export interface PtyOptions extends PtySize {
  /** The argv. */
  command: readonly string[];
  /** The file to run instead of looking `command[0]` up. */
  file?: string;
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Bytes as the program wrote them; the array is the receiver's. Never called after `onExit`. */
  onOutput(bytes: Uint8Array): void;
  /**
   * How many bytes of a flood are read on, as soon as its last piece was dealt with and without asking first whether there is
   * more; 0 where that is left to the runtime.
   */
  readsOn(): number;
  /** Called once, after the last output. */
  onExit(exit: ProgramExit): void;
}

/** How a program ended: by itself with a status, or by a signal's name (`SIGKILL`). */
export interface ProgramExit {
  exitCode: number | null;
  signal: string | null;
}

/** A running program on its own pseudo-terminal, leader of its own terminal session. */
export interface Pty {
  readonly pid: number;
  /** Queues bytes for the program's input, in order; never blocks. */
  write(bytes: Uint8Array): void;
  resize(size: PtySize): void;
  /** Holds the program up as soon as it writes more, until `resume`. False where the system cannot: it then goes on. */
  pause(): boolean;
  /** The opposite of `pause`. */
  resume(): void;
  /** Closes the terminal; the kernel hangs up whoever is left on it. */
  close(): void;
}

/** Loads what starts programs, so that nobody has to wait for it later. */
export async function loadTerminals(): Promise<void> {
  await implementation();
}

/** Does what it takes once to start a program, so that the first one is not held up by it. */
export async function readyTerminals(): Promise<void> {
  await (await implementation()).readyTerminals();
}

/** Starts `options.command` on a new pseudo-terminal. Throws a system error when the command or directory cannot be used. */
export async function spawnPty(options: PtyOptions): Promise<Pty> {
  return (await implementation()).spawnPty(options);
}

function implementation() {
  return isBun ? import('./pty-bun.ts') : import('./pty-node.ts');
}
