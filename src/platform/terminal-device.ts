// What can be done to a terminal from its device: stopping its output, as ^S does but without a key, and setting its size.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { CLibrary } from './c-library.ts';
import type { PtySize } from './pty.ts';
import { writeWindowSize } from './window-size.ts';

/** Each of these says false where it cannot be done. */
export interface TerminalDevice extends Disposable {
  /** Writers to the terminal wait from now on, or go on. */
  setFlow(isFlowing: boolean): boolean;
  /** Sets its size, pixels included. */
  resize(size: PtySize): boolean;
}

/** TCOOFF and TCOON of termios.h on Linux. */
const off = 0;
const on = 1;

/** The terminal at `path`, which may be null or unusable: nothing can then be done to it. */
export function openTerminalDevice(library: CLibrary | null, path: string | null): TerminalDevice {
  const file = library === null || path === null ? null : openDevice(path);
  if (library === null || file === null) return { setFlow: () => false, resize: () => false, dispose: () => {} };
  let isOpen = true;
  return {
    setFlow: (isFlowing) => isOpen && library.setFlow(file, isFlowing ? on : off) === 0,
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
