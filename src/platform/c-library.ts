// The few calls of the C library that no runtime offers, through Bun's foreign function interface.

import { isBun } from './runtime.ts';

export interface CLibrary {
  /** tcgetattr(3); `mode` has room for any `struct termios`. 0 is success. */
  getMode(file: number, mode: Uint8Array): number;
  /** tcsetattr(3), at once. */
  setMode(file: number, mode: Uint8Array): number;
  /** cfmakeraw(3). */
  makeRaw(mode: Uint8Array): void;
  /** tcflow(3). 0 is success. */
  setFlow(file: number, action: number): number;
  /** ioctl(2) with a pointer. 0 is success. Linux only: elsewhere variable arguments travel in another way. */
  control(file: number, request: number, argument: Uint8Array): number;
}

const names = ['libc.so.6', 'libc.so', 'libSystem.B.dylib'];

/** TCSANOW of termios.h: at once; draining first would hang on a terminal that takes nothing. */
const now = 0;

let opened: CLibrary | null | undefined;

/** The library, or null where it cannot be called: on Deno, on Node, on a system with another one. Loads in 0.3 ms. */
export async function cLibrary(): Promise<CLibrary | null> {
  opened ??= isBun ? await open() : null;
  return opened;
}

async function open(): Promise<CLibrary | null> {
  const { dlopen } = await import('bun:ffi');
  for (const name of names) {
    try {
      const { symbols } = dlopen(name, {
        tcgetattr: { args: ['int', 'ptr'], returns: 'int' },
        tcsetattr: { args: ['int', 'int', 'ptr'], returns: 'int' },
        tcflow: { args: ['int', 'int'], returns: 'int' },
        cfmakeraw: { args: ['ptr'], returns: 'void' },
        ioctl: { args: ['int', 'u64', 'ptr'], returns: 'int' },
      });
      return {
        getMode: symbols.tcgetattr,
        setMode: (file, mode) => symbols.tcsetattr(file, now, mode),
        makeRaw: symbols.cfmakeraw,
        setFlow: symbols.tcflow,
        control: symbols.ioctl,
      };
    } catch {
      // No library of that name on this system: the next one.
    }
  }
  return null;
}
