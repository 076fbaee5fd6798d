// A program on a real pseudo-terminal, in bytes.

import { write as writeFile } from 'node:fs';
import { constants } from 'node:os';
import { spawn } from 'node-pty';
import { withoutInheritedFiles } from './processes.ts';
import { pause } from './waiting.ts';

export interface PtyExit {
  /** The exit status, or null when a signal ended it. */
  code: number | null;
  signal: string | null;
}

export interface TestPty {
  readonly pid: number;
  /** Resolves after the program ended and its last output was read. */
  readonly exited: Promise<PtyExit>;
  /** Bytes read since the start. */
  readonly byteCount: number;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Types bytes, in order, as fast as the program takes them. Resolves when all are written; rejects when it is gone. */
  write(data: string | Uint8Array): Promise<void>;
  resize(size: { cols: number; rows: number }): void;
  kill(signal: NodeJS.Signals): void;
  /** Stops and starts reading: a terminal that does not keep up. */
  pause(): void;
  resume(): void;
  /** Closes the terminal under the program, as closing its window does. */
  close(): void;
}

export interface PtyOptions {
  cols?: number;
  rows?: number;
  cwd?: string;
  env: Record<string, string>;
}

/** Starts `command` as the leader of its own terminal. */
export function startPty(command: readonly string[], options: PtyOptions): TestPty {
  const { cols = 80, rows = 24, cwd = '/', env } = options;
  const [file = '', ...args] = withoutInheritedFiles(command);
  // Of what node-pty has, its types leave out the descriptor and `destroy`.
  const program = spawn(file, args, { cols, rows, cwd, env, encoding: null }) as ReturnType<typeof spawn> & {
    fd: number;
    destroy(): void;
  };
  let byteCount = 0;
  let isClosed = false;
  let lastWrite = Promise.resolve();
  // With `encoding: null` node-pty hands out Buffers, whatever its types say.
  program.onData((data) => {
    byteCount += data.length;
  });
  const exited = new Promise<PtyExit>((resolve) => {
    program.onExit(({ exitCode, signal }) => {
      isClosed = true;
      resolve(signal ? { code: null, signal: signalName(signal) } : { code: exitCode, signal: null });
    });
  });

  return {
    pid: program.pid,
    exited,
    get byteCount() {
      return byteCount;
    },
    onData: (listener) => void program.onData((data) => listener(data as unknown as Uint8Array)),
    write(data) {
      const bytes = Buffer.from(data);
      lastWrite = lastWrite.catch(() => {}).then(() => writeAll(program.fd, bytes, () => isClosed));
      return lastWrite;
    },
    resize: (size) => program.resize(size.cols, size.rows),
    kill: (signal) => program.kill(signal),
    pause: () => program.pause(),
    resume: () => program.resume(),
    close() {
      if (isClosed) return;
      isClosed = true;
      program.destroy();
    },
  };
}

// node-pty's own write spins in the event loop while the terminal is full, so that nobody reads what would empty it.
async function writeAll(fd: number, bytes: Uint8Array, isClosed: () => boolean): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    if (isClosed()) throw new Error('the terminal is closed');
    const written = await writeSome(fd, bytes.subarray(offset));
    if (written === 0) await pause(1);
    offset += written;
  }
}

/** The number of bytes taken; 0 when the terminal is full. */
function writeSome(fd: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    writeFile(fd, bytes, 0, bytes.length, null, (error, written) => {
      if (error === null) resolve(written);
      else if (error.code === 'EAGAIN') resolve(0);
      else reject(error);
    });
  });
}

function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `signal ${number}`;
}
