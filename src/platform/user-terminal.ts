// The user's terminal, which has one owner: opened once, raw, in bytes, and handed to whoever is in front.
// Under Bun `process.stdin` is dead for the next reader once somebody closed it, so nobody else ever touches it.

import * as fs from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import type { Disposable } from '../base/disposables.ts';
import { defaultSize } from '../base/limits.ts';
import { type CLibrary, cLibrary } from './c-library.ts';
import type { PtySize } from './pty.ts';
import { openTerminalWriter } from './terminal-writer.ts';
import { makeTransparent } from './transparent-mode.ts';
import { readWindowSize } from './window-size.ts';

export interface UserTerminal extends Disposable {
  /** Its device, such as `/dev/pts/3`, or null where that has no name. */
  readonly name: string | null;
  /** In cells, and in pixels where it tells and we can ask. */
  size(): PtySize;
  /**
   * Takes over the keyboard: raw mode, every byte to `listener`, those first that came while nobody listened.
   * One reader at a time. Disposing keeps raw mode, and what comes meanwhile, for the next reader.
   */
  read(listener: (bytes: Uint8Array) => void): Disposable;
  /** Makes it pass every byte as it is, both ways, until disposed; else LF is written as CR LF, as raw modes usually have it. */
  passThrough(): Promise<Disposable>;
  /** Gives bytes back that a reader took but did not use; the next reader gets them first. */
  unread(bytes: Uint8Array): void;
  /** Resolves once the terminal has taken all bytes, however slow it is; in order. Rejects when the terminal is gone. */
  write(bytes: Uint8Array): Promise<void>;
  onResize(listener: () => void): Disposable;
  /** Called when the terminal is gone: its window closed, its connection dropped. */
  onHangup(listener: () => void): Disposable;
  /** Streams for a library that wants a Node terminal; disposing them gives unread keys back. */
  streams(): TerminalStreams;
}

export interface TerminalStreams extends Disposable {
  stdin: PassThrough & { isTTY: boolean; setRawMode(isRaw: boolean): unknown; ref(): unknown; unref(): unknown };
  stdout: Writable & { isTTY: boolean; columns: number; rows: number };
}

/** True when both our input and our output are a terminal. */
export function isOnTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** Opens the terminal that we run on. Disposing gives it back in its original mode. */
export function openUserTerminal(): UserTerminal {
  const unread: Uint8Array[] = [];
  const resizeListeners = new Set<() => void>();
  const hangupListeners = new Set<() => void>();
  let reader: ((bytes: Uint8Array) => void) | null = null;
  let library: CLibrary | null = null;
  let isOpen = false;
  let isGone = false;
  const writer = openTerminalWriter();

  function open(): void {
    if (isOpen) return;
    isOpen = true;
    process.stdin.setRawMode(true);
    process.stdin.on('data', onData);
    process.stdin.on('end', onGone);
    process.stdin.on('error', onGone);
    process.stdin.resume();
  }
  function onData(bytes: Uint8Array): void {
    if (reader === null) unread.push(bytes);
    else reader(bytes);
  }
  function onGone(): void {
    if (isGone) return;
    isGone = true;
    for (const listener of [...hangupListeners]) listener();
  }
  function onWindowChange(): void {
    for (const listener of [...resizeListeners]) listener();
  }
  function restoreMode(): void {
    if (!isOpen) return;
    try {
      process.stdin.setRawMode(false);
    } catch {
      // EIO: the terminal is gone, and its mode with it.
    }
  }
  process.on('SIGWINCH', onWindowChange);
  process.on('exit', restoreMode);

  const terminal: UserTerminal = {
    name: deviceName(),
    size: () => sizeOf(library),
    read(listener) {
      open();
      reader = listener;
      for (let bytes = unread.shift(); bytes !== undefined && reader === listener; bytes = unread.shift())
        listener(bytes);
      return {
        dispose: () => {
          if (reader === listener) reader = null;
        },
      };
    },
    async passThrough() {
      open();
      library = await cLibrary();
      const restore = await makeTransparent();
      return { dispose: restore };
    },
    unread: (bytes) => {
      if (bytes.length > 0) unread.unshift(bytes);
    },
    write: writer.write,
    onResize: (listener) => subscribe(resizeListeners, listener),
    onHangup(listener) {
      if (isGone) listener();
      return subscribe(hangupListeners, listener);
    },
    streams: () => makeStreams(terminal),
    dispose() {
      restoreMode();
      process.off('SIGWINCH', onWindowChange);
      process.off('exit', restoreMode);
      writer.close();
      if (!isOpen) return;
      isOpen = false;
      process.stdin.off('data', onData);
      process.stdin.pause();
    },
  };
  return terminal;
}

function subscribe(listeners: Set<() => void>, listener: () => void): Disposable {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

function deviceName(): string | null {
  try {
    const name = fs.readlinkSync('/proc/self/fd/0');
    return name.startsWith('/dev/') ? name : null;
  } catch {
    return null; // no /proc here
  }
}

function sizeOf(library: CLibrary | null): PtySize {
  const told = readWindowSize(library, 1);
  const [cols, rows] = told === null ? (process.stdout.getWindowSize?.() ?? []) : [told.cols, told.rows];
  // A terminal that does not know its size says 0x0 (a serial line).
  return { ...told, cols: cols || defaultSize.cols, rows: rows || defaultSize.rows };
}

function makeStreams(terminal: UserTerminal): TerminalStreams {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const reading = terminal.read((bytes) => void stdin.write(bytes));
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      // A terminal that is gone takes nothing more, and nobody is left to be told.
      terminal.write(chunk).then(
        () => done(),
        () => done(),
      );
    },
  });
  const stdout = Object.assign(output, { isTTY: true, columns: 0, rows: 0 });
  function measure(): void {
    const { cols, rows } = terminal.size();
    stdout.columns = cols;
    stdout.rows = rows;
  }
  measure();
  const resizing = terminal.onResize(() => {
    measure();
    stdout.emit('resize');
  });
  return {
    stdin,
    stdout,
    dispose() {
      reading.dispose();
      resizing.dispose();
      const rest: Uint8Array[] = [];
      for (let bytes = stdin.read(); bytes !== null; bytes = stdin.read()) rest.push(bytes);
      terminal.unread(Buffer.concat(rest));
    },
  };
}
