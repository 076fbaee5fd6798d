// Making a terminal pass every byte as it is, both ways. A runtime's own raw mode still turns LF into CR LF on output,
// which breaks every program that moves the cursor down with LF.

import { spawnSync } from 'node:child_process';
import { type CLibrary, cLibrary } from './c-library.ts';

/** Undoes what `makeTransparent` did. */
export type RestoreMode = () => void;

/** Puts our terminal into the mode of cfmakeraw(3), by the C library where the runtime can call it, else by stty(1). */
export async function makeTransparent(): Promise<RestoreMode> {
  const library = await cLibrary();
  return (library === null ? null : byLibrary(library)) ?? byStty();
}

/** Bytes that hold a `struct termios` on every system we know (60 on Linux, 72 on macOS). */
const termiosBytes = 256;

function byLibrary(library: CLibrary): RestoreMode | null {
  const before = new Uint8Array(termiosBytes);
  if (library.getMode(0, before) !== 0) return null;
  const raw = before.slice();
  library.makeRaw(raw);
  library.setMode(0, raw);
  return () => void library.setMode(0, before);
}

function byStty(): RestoreMode {
  const before = stty('-g').trim();
  stty('raw', '-echo');
  return () => void stty(before);
}

function stty(...args: string[]): string {
  return spawnSync('stty', args, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).stdout ?? '';
}
