// The PTY on Deno and Node: node-pty.

import { constants } from 'node:os';
import { type IPty, spawn } from 'node-pty';
import { outputEndMs } from '../base/limits.ts';
import { cLibrary } from './c-library.ts';
import { terminalOf } from './processes.ts';
import type { Pty, PtyOptions } from './pty.ts';
import { openPtyWriter } from './pty-writer.ts';
import { openTerminalDevice } from './terminal-device.ts';

export async function readyTerminals(): Promise<void> {
  await cLibrary();
}

/** See `Pty`. Throws when the command cannot be started; a bad command may instead end at once with status 1. */
export async function spawnPty(options: PtyOptions): Promise<Pty> {
  const library = await cLibrary();
  const [name = '', ...args] = options.command;
  const program = spawn(options.file ?? name, args, {
    cols: options.cols,
    rows: options.rows,
    cwd: options.cwd,
    env: { ...options.env },
    name: options.env.TERM,
    encoding: null,
  });
  const writer = openPtyWriter(library, descriptorOf(program));
  const device = openTerminalDevice(library, terminalOf(program.pid));
  if (options.pixelWidth) device.resize(options);
  // With `encoding: null` node-pty hands out Buffers, whatever its types say.
  program.onData((data) => options.onOutput(data as unknown as Uint8Array));
  program.onExit(({ exitCode, signal }) => {
    writer.close();
    device.dispose();
    const exit = signal ? { exitCode: null, signal: signalName(signal) } : { exitCode, signal: null };
    // It may report the end before the last output.
    setTimeout(() => options.onExit(exit), outputEndMs.quiet);
  });

  return {
    pid: program.pid,
    write: writer.write,
    resize: (size) => {
      if (!device.resize(size)) program.resize(size.cols, size.rows);
    },
    pause: () => {
      program.pause();
      return true;
    },
    resume: () => program.resume(),
    close: () => program.kill('SIGHUP'),
  };
}

/** The PTY's own descriptor; node-pty has it, its types do not. */
function descriptorOf(program: IPty): number {
  return (program as IPty & { fd: number }).fd;
}

function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `SIG${number}`;
}
