// The PTY on Deno and Node: node-pty.

import { constants } from 'node:os';
import { spawn } from 'node-pty';
import { outputEndMs } from '../base/limits.ts';
import type { Pty, PtyOptions } from './pty.ts';

/** See `Pty`. Throws when the command cannot be started; a bad command may instead end at once with status 1. */
export function spawnPty(options: PtyOptions): Pty {
  const [name = '', ...args] = options.command;
  const program = spawn(options.file ?? name, args, {
    cols: options.cols,
    rows: options.rows,
    cwd: options.cwd,
    env: { ...options.env },
    name: options.env.TERM,
    encoding: null,
  });
  // With `encoding: null` node-pty hands out Buffers, whatever its types say.
  program.onData((data) => options.onOutput(data as unknown as Uint8Array));
  program.onExit(({ exitCode, signal }) => {
    // It may report the end before the last output.
    const exit = signal ? { exitCode: null, signal: signalName(signal) } : { exitCode, signal: null };
    setTimeout(() => options.onExit(exit), outputEndMs.quiet);
  });

  return {
    pid: program.pid,
    // It passes bytes through to its socket, whatever its types say.
    write: (bytes) => program.write(bytes as unknown as string),
    resize: (size) => program.resize(size.cols, size.rows),
    pause: () => {
      program.pause();
      return true;
    },
    resume: () => program.resume(),
    close: () => program.kill('SIGHUP'),
  };
}

function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `SIG${number}`;
}
