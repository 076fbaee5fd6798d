// What is typed on our terminal, as bytes. On Bun for Linux by the reader of its own terminals, put in front of ours: it calls
// back at once, where standard input goes through streams (measured: 2.5 ms to load, 0.05 ms for each key), and can be
// closed and opened again, where standard input is dead for the next reader once somebody closed it.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { CLibrary, LinuxLibrary } from './c-library.ts';
import { control, readingEntries } from './epoll.ts';
import { ownFileName, ownFiles, reopenTerminal } from './own-files.ts';
import { ptyNumberOf } from './pty-master.ts';

const standardInput = 0;

export interface InputListener {
  onBytes(bytes: Uint8Array): void;
  /** The terminal is gone. */
  onEnd(): void;
}

export interface InputLibraries {
  library: CLibrary | null;
  linux: LinuxLibrary | null;
}

/** Reads from now on, whether or not anybody needs the bytes, until disposed. */
export function openTerminalInput(libraries: InputLibraries, listener: InputListener): Disposable {
  return readDirectly(libraries, listener) ?? readStandardInput(listener);
}

function readStandardInput({ onBytes, onEnd }: InputListener): Disposable {
  process.stdin.on('data', onBytes);
  process.stdin.on('end', onEnd);
  process.stdin.on('error', onEnd);
  process.stdin.resume();
  return {
    dispose: () => {
      process.stdin.off('data', onBytes);
      process.stdin.pause();
    },
  };
}

/** Null where that cannot be done: on another system, or when another user owns the terminal (su). */
function readDirectly({ library, linux }: InputLibraries, { onBytes, onEnd }: InputListener): Disposable | null {
  if (library === null || linux === null) return null;
  const ours = reopenTerminal(standardInput, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  if (ours === null) return null;
  let isOpen = true;
  const before = new Set(readingEntries().map(({ file }) => file));
  const reader = new Bun.Terminal({
    data: (_, bytes) => {
      if (isOpen) onBytes(bytes);
    },
    exit: () => {
      if (isOpen) onEnd();
    },
  });
  const opened: Disposable = {
    dispose: () => {
      isOpen = false;
      reader.close();
    },
  };
  const isReading = putInPlace(ours, { library, linux, before });
  fs.closeSync(ours);
  if (isReading) return opened;
  opened.dispose();
  return null;
}

/** Makes Bun read `ours` in place of the PTY that it has just begun to read, and lets go of that. */
function putInPlace(
  ours: number,
  { library, linux, before }: { library: CLibrary; linux: LinuxLibrary; before: ReadonlySet<number> },
): boolean {
  const entry = readingEntries().find(({ file }) => !before.has(file) && ptyNumberOf(library, file) !== null);
  if (entry === undefined) return false;
  const unused = filesOfPty(library, entry.file).filter((file) => file !== entry.file);
  if (linux.duplicateOnto(ours, entry.file) < 0) return false;
  for (const file of unused) letGo(linux, file);
  return control(linux, entry, { operation: 'add', for: 'reading' });
}

/** Our descriptors for the PTY that `master` is a side of, both sides. */
function filesOfPty(library: CLibrary, master: number): number[] {
  const number = ptyNumberOf(library, master);
  return ownFiles().filter(
    (file) => ptyNumberOf(library, file) === number || ownFileName(file) === `/dev/pts/${number}`,
  );
}

/** Frees what `file` stands for, without its owner noticing. */
function letGo(linux: LinuxLibrary, file: number): void {
  const nothing = fs.openSync('/dev/null', 'r+');
  linux.duplicateOnto(nothing, file);
  fs.closeSync(nothing);
}
