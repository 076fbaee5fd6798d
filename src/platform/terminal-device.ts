// What can be done to a terminal from its device: setting its size.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { CLibrary } from './c-library.ts';
import type { PtySize } from './pty.ts';
import { writeWindowSize } from './window-size.ts';

export interface TerminalDevice extends Disposable {
  /** Sets its size, pixels included. False where that cannot be done. */
  resize(size: PtySize): boolean;
}

/** The terminal at `path`, which may be null or unusable: nothing can then be done to it. */
export function openTerminalDevice(library: CLibrary | null, path: string | null): TerminalDevice {
  const file = library === null || path === null ? null : openDevice(path);
  if (library === null || file === null) return { resize: () => false, dispose: () => {} };
  let isOpen = true;
  return {
    resize: (size) => isOpen && writeWindowSize(library, file, size),
    dispose: () => {
      if (isOpen) fs.closeSync(file);
      isOpen = false;
    },
  };
}

function openDevice(path: string): number | null {
  try {
    return fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
  } catch {
    return null; // the program has ended already
  }
}
