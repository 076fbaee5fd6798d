// The user's terminal, which has one owner: opened once, raw, in bytes, and handed to whoever is in front.
// What is typed while nobody listens waits for the next who does.

import type { Disposable } from '../base/disposables.ts';
import { defaultSize } from '../base/limits.ts';
import { type CLibrary, cLibrary, linuxLibrary } from './c-library.ts';
import { ownFileName } from './own-files.ts';
import type { PtySize } from './pty.ts';
import { openTerminalInput } from './terminal-input.ts';
import { makeRaw, makeTransparent, type RestoreMode } from './terminal-mode.ts';
import { openTerminalWriter } from './terminal-writer.ts';
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
  passThrough(): Disposable;
  /** Gives bytes back that a reader took but did not use; the next reader gets them first. */
  unread(bytes: Uint8Array): void;
  /** Writes what the terminal takes without waiting, nothing while something waits; how many bytes. Throws when it is gone. */
  writeNow(bytes: Uint8Array): number;
  /** Resolves once the terminal has taken all bytes, however slow it is; in order. Rejects when the terminal is gone. */
  write(bytes: Uint8Array): Promise<void>;
  onResize(listener: () => void): Disposable;
  /** Called when the terminal is gone: its window closed, its connection dropped. */
  onHangup(listener: () => void): Disposable;
}

/** Opens the terminal that we run on. Disposing gives it back in its original mode. */
export async function openUserTerminal(): Promise<UserTerminal> {
  const libraries = { library: await cLibrary(), linux: await linuxLibrary() };
  const { library } = libraries;
  const unread: Uint8Array[] = [];
  const resizeListeners = new Set<() => void>();
  const hangupListeners = new Set<() => void>();
  const writer = openTerminalWriter();
  let reader: ((bytes: Uint8Array) => void) | null = null;
  let restore: RestoreMode | null = null;
  let input: Disposable | null = null;
  let isGone = false;

  function enterRawMode(): void {
    restore ??= makeRaw(library);
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
    restore?.();
  }
  process.on('SIGWINCH', onWindowChange);
  process.on('exit', restoreMode);

  return {
    name: deviceName(),
    size: () => sizeOf(library),
    read(listener) {
      enterRawMode();
      input ??= openTerminalInput(libraries, { onBytes: onData, onEnd: onGone });
      reader = listener;
      for (let bytes = unread.shift(); bytes !== undefined && reader === listener; bytes = unread.shift())
        listener(bytes);
      return {
        dispose: () => {
          if (reader === listener) reader = null;
        },
      };
    },
    passThrough() {
      enterRawMode();
      return { dispose: makeTransparent(library) };
    },
    unread: (bytes) => {
      if (bytes.length > 0) unread.unshift(bytes);
    },
    writeNow: writer.writeNow,
    write: writer.write,
    onResize: (listener) => subscribe(resizeListeners, listener),
    onHangup(listener) {
      if (isGone) listener();
      return subscribe(hangupListeners, listener);
    },
    dispose() {
      restoreMode();
      process.off('SIGWINCH', onWindowChange);
      process.off('exit', restoreMode);
      writer.close();
      restore = null;
      input?.dispose();
      input = null;
    },
  };
}

function subscribe(listeners: Set<() => void>, listener: () => void): Disposable {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

function deviceName(): string | null {
  const name = ownFileName(0);
  return name?.startsWith('/dev/') ? name : null;
}

function sizeOf(library: CLibrary | null): PtySize {
  const told = readWindowSize(library, 1);
  const [cols, rows] = told === null ? (process.stdout.getWindowSize?.() ?? []) : [told.cols, told.rows];
  // A terminal that does not know its size says 0x0 (a serial line).
  return { ...told, cols: cols || defaultSize.cols, rows: rows || defaultSize.rows };
}
