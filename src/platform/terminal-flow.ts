// Stopping and starting the output of a terminal from its device, as ^S and ^Q do but without a key.

import * as fs from 'node:fs';
import type { Disposable } from '../base/disposables.ts';
import type { CLibrary } from './c-library.ts';

export interface TerminalFlow extends Disposable {
  /** Writers to the terminal wait from now on. False where that cannot be done. */
  pause(): boolean;
  resume(): void;
}

/** TCOOFF and TCOON of termios.h on Linux. */
const off = 0;
const on = 1;

/** The flow of the terminal at `device`, which may be null or unusable: it then cannot be paused. */
export function openTerminalFlow(library: CLibrary | null, device: string | null): TerminalFlow {
  const file = library === null ? null : openDevice(device);
  if (library === null || file === null) return { pause: () => false, resume: () => {}, dispose: () => {} };
  let isOpen = true;
  return {
    pause: () => isOpen && library.setFlow(file, off) === 0,
    resume: () => {
      if (isOpen) library.setFlow(file, on);
    },
    dispose: () => {
      if (isOpen) fs.closeSync(file);
      isOpen = false;
    },
  };
}

function openDevice(device: string | null): number | null {
  if (device === null) return null;
  try {
    return fs.openSync(device, fs.constants.O_RDWR | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
  } catch {
    return null; // the program has ended already
  }
}
