// A disk of the test's own, to be filled, emptied and made read-only. Needs root, and a kernel that lets it mount.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  readonly path: string;
  /** Leaves no block free. */
  fill(): void;
  /** Takes away what `fill` put there. */
  empty(): void;
  /** From now on nothing can be made, renamed or removed there; files that are open go on being written. */
  protect(): void;
  unprotect(): void;
}

/** Mounts it at `path` for the length of the test, 1 MiB; null where that cannot be done. */
export function mountSmallDisk(path: string): SmallDisk | null {
  mkdirSync(path, { mode: 0o700 });
  if (!mount(['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'tmpfs', path])) return null;
  let isProtected = false;
  const disk: SmallDisk = {
    path,
    fill() {
      // A large file, then a small one for what is left of the last block.
      for (const [name, block] of Object.entries(fillers))
        spawnSync('dd', ['if=/dev/zero', `of=${join(path, name)}`, `bs=${block}`], { stdio: 'ignore' });
    },
    empty() {
      for (const name of Object.keys(fillers)) rmSync(join(path, name), { force: true });
    },
    protect() {
      isProtected = mount(['--bind', path, path]) && mount(['-o', 'remount,bind,ro', path]);
      if (!isProtected) throw new Error(`${path} could not be made read-only`);
    },
    unprotect() {
      if (isProtected) spawnSync('umount', ['-l', path]);
      isProtected = false;
    },
  };
  onTestFinished(() => {
    disk.unprotect();
    spawnSync('umount', ['-l', path]);
  });
  return disk;
}

const fillers = { 'filler-1': '4k', 'filler-2': '1' };

function mount(args: readonly string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}
