// The PTY on Bun: its own terminal support, which cannot be paused and hands out no descriptor.

import type { ProgramExit, Pty, PtyOptions } from './pty.ts';

/** See `Pty`. Throws a system error when the command cannot be started. */
export function spawnPty(options: PtyOptions): Pty {
  const { cols, rows } = options;
  const [name = '', ...args] = options.command;
  let exit: ProgramExit | undefined;
  let hasEnded = false;

  // The program's end and the end of its output come in either order; the last output is between them.
  function reportWhenBothEnded(): void {
    if (exit !== undefined && hasEnded) options.onExit(exit);
  }

  const program = Bun.spawn([options.file ?? name, ...args], {
    argv0: name,
    cwd: options.cwd,
    env: { ...options.env },
    terminal: {
      cols,
      rows,
      data: (_terminal, bytes) => options.onOutput(bytes),
      exit: () => {
        hasEnded = true;
        reportWhenBothEnded();
      },
    },
    onExit: (ended, exitCode, signalNumber) => {
      exit = { exitCode, signal: signalNumber === null ? null : String(ended.signalCode) };
      reportWhenBothEnded();
    },
  });
  const terminal = program.terminal;
  if (terminal === undefined) throw new Error('Bun started the program without its terminal');

  return {
    pid: program.pid,
    write: (bytes) => void terminal.write(bytes),
    resize: (size) => terminal.resize(size.cols, size.rows),
    close: () => terminal.close(),
  };
}
