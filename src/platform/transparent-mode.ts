// Making a terminal pass every byte as it is, both ways. A runtime's own raw mode still turns LF into CR LF on output,
// which breaks every program that moves the cursor down with LF.

import { spawnSync } from 'node:child_process';
import { isBun } from './runtime.ts';

/** Undoes what `makeTransparent` did. */
export type RestoreMode = () => void;

/** Puts our terminal into the mode of cfmakeraw(3), by the C library where the runtime can call it, else by stty(1). */
export async function makeTransparent(): Promise<RestoreMode> {
  return (isBun ? await byLibrary() : null) ?? byStty();
}

const libraries = ['libc.so.6', 'libc.so', 'libSystem.B.dylib'];

/** Bytes that hold a `struct termios` on every system we know (60 on Linux, 72 on macOS). */
const termiosBytes = 256;

/** TCSANOW of termios.h: at once; draining first would hang on a terminal that takes nothing. */
const now = 0;

async function byLibrary(): Promise<RestoreMode | null> {
  const { dlopen } = await import('bun:ffi');
  for (const library of libraries) {
    try {
      const { symbols } = dlopen(library, {
        tcgetattr: { args: ['int', 'ptr'], returns: 'int' },
        tcsetattr: { args: ['int', 'int', 'ptr'], returns: 'int' },
        cfmakeraw: { args: ['ptr'], returns: 'void' },
      });
      const before = new Uint8Array(termiosBytes);
      if (symbols.tcgetattr(0, before) !== 0) return null;
      const raw = before.slice();
      symbols.cfmakeraw(raw);
      symbols.tcsetattr(0, now, raw);
      return () => void symbols.tcsetattr(0, now, before);
    } catch {
      // No library of that name on this system: the next one.
    }
  }
  return null;
}

function byStty(): RestoreMode {
  const before = stty('-g').trim();
  stty('raw', '-echo');
  return () => void stty(before);
}

function stty(...args: string[]): string {
  return spawnSync('stty', args, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).stdout ?? '';
}
