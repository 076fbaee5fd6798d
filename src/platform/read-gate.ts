// Keeping Bun from reading a terminal for a while, which it has no call for. Its descriptor is made to be something that is never
// readable: Bun finds nothing, and waits. The program then waits as well, once the kernel's buffers are full.
// (tcflow(3) would stop the program without that; but Linux loses a line's end that is being written just then.)

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { LinuxLibrary } from './c-library.ts';
import { control, readingEntries } from './epoll.ts';
import type { PtyMaster } from './pty-master.ts';

/** Disposed, it does nothing any more: the descriptor may be closed at any time. */
export interface ReadGate extends Disposable {
  /** Nothing is read from now on. False where that cannot be done. */
  shut(): boolean;
  /** What is there is read again. */
  open(): void;
}

/** The gate of the terminal whose other side is `master`, right after Bun has opened it; null where there can be none. */
export function findReadGate(library: LinuxLibrary | null, master: PtyMaster | null): ReadGate | null {
  if (library === null || master === null) return null;
  const entry = readingEntries().find(({ file }) => master.others.includes(file));
  if (entry === undefined) return null;
  const { file } = entry;
  const never = library.neverReadable();
  // Known to the epoll by the same number: Bun arms whatever its number stands for.
  let isUsable = never >= 0 && library.duplicateOnto(never, file) >= 0;
  isUsable &&= control(library, entry, { operation: 'add', for: 'nothing' });
  isUsable = library.duplicateOnto(master.file, file) >= 0 && isUsable;
  let isShut = false;
  let isDisposed = false;
  return {
    shut() {
      if (!isUsable || isDisposed) return false;
      isShut ||= library.duplicateOnto(never, file) >= 0;
      return isShut;
    },
    open() {
      if (!isShut || isDisposed) return;
      isShut = false;
      library.duplicateOnto(master.file, file);
      control(library, entry, { operation: 'modify', for: 'reading' });
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      if (never >= 0) fs.closeSync(never);
    },
  };
}
