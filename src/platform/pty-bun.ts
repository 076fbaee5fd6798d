// The PTY on Bun: its own terminal support, which cannot be paused and hands out no descriptor; what it lacks is done
// through the terminal's device and with its descriptors, which are found.

import { floodRead, outputEndMs } from '../base/limits.ts';
import { cLibrary, linuxLibrary } from './c-library.ts';
import { controlOutput } from './output-flow.ts';
import { terminalOf } from './processes.ts';
import type { ProgramExit, Pty, PtyOptions } from './pty.ts';
import { findPtyMaster, kernelPieceBytes, type PtyMaster } from './pty-master.ts';
import { findReadGate } from './read-gate.ts';
import { openTerminalDevice } from './terminal-device.ts';

export async function readyTerminals(): Promise<void> {
  await Promise.all([cLibrary(), linuxLibrary()]);
}

/** See `Pty`. Throws a system error when the command cannot be started. */
export async function spawnPty(options: PtyOptions): Promise<Pty> {
  const [library, linux] = [await cLibrary(), await linuxLibrary()];
  const { cols, rows } = options;
  const [name = '', ...args] = options.command;
  let exit: ProgramExit | undefined;
  let hasOutputEnded = false;
  let isReported = false;
  /** Bun has bytes to write still. */
  let isQueueing = false;
  /** Bytes read since the event loop turned. */
  let unturnedBytes = 0;
  let master: PtyMaster | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  // The last output is there when the terminal closes, which the kernel does at its leader's end; but a process that left
  // the terminal session may keep it open, so a moment of silence counts as well.
  function reportWhenEnded(): void {
    if (exit === undefined || isReported) return;
    clearTimeout(quiet);
    if (hasOutputEnded) report();
    else quiet = setTimeout(report, outputEndMs.quiet);
  }
  function report(): void {
    if (isReported || exit === undefined) return;
    isReported = true;
    clearTimeout(quiet);
    gate?.dispose();
    master?.dispose();
    options.onExit(exit);
  }

  /** Until there is nothing more, or the event loop is to turn. */
  function readOn(): void {
    while (unturnedBytes <= floodRead.turn) {
      const most = options.readsOn();
      const bytes = most > 0 ? (master?.read(most) ?? null) : null;
      if (bytes === null) return;
      options.onOutput(bytes);
      unturnedBytes += bytes.length;
    }
  }

  const program = Bun.spawn([options.file ?? name, ...args], {
    argv0: name,
    cwd: options.cwd,
    env: { ...options.env },
    terminal: {
      cols,
      rows,
      data: (_terminal, bytes) => {
        if (isReported) return;
        options.onOutput(bytes);
        unturnedBytes = bytes.length > floodRead.endless ? unturnedBytes + bytes.length : 0;
        if (bytes.length > kernelPieceBytes / 2) readOn();
        if (unturnedBytes > floodRead.turn) {
          unturnedBytes = 0;
          flow.turn();
        }
        reportWhenEnded();
      },
      drain: () => {
        isQueueing = false;
      },
      exit: () => {
        gate?.dispose();
        hasOutputEnded = true;
        reportWhenEnded();
      },
    },
    onExit: (ended, exitCode, signalNumber) => {
      exit = { exitCode, signal: signalNumber === null ? null : String(ended.signalCode) };
      // Its last output is not to wait for anybody.
      flow.end();
      reportWhenEnded();
      setTimeout(report, outputEndMs.atMost).unref();
    },
  });
  const terminal = program.terminal;
  if (terminal === undefined) throw new Error('Bun started the program without its terminal');

  const path = terminalOf(program.pid);
  const device = openTerminalDevice(library, path);
  master = findPtyMaster(library, path);
  const gate = findReadGate(linux, master);
  const flow = controlOutput(gate);
  if (options.pixelWidth) device.resize(options);
  return {
    pid: program.pid,
    write(bytes) {
      const taken = isQueueing ? 0 : (master?.write(bytes) ?? 0);
      if (taken === bytes.length) return;
      isQueueing = true;
      terminal.write(bytes.subarray(taken));
    },
    // One call for cells and pixels: two would be two SIGWINCH.
    resize: (size) => {
      if (!device.resize(size)) terminal.resize(size.cols, size.rows);
    },
    pause: flow.hold,
    resume: flow.release,
    close: () => {
      gate?.dispose();
      device.dispose();
      master?.dispose();
      terminal.close();
    },
  };
}
