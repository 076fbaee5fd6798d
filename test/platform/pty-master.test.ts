import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CLibrary } from '../../src/platform/c-library.ts';
import { findPtyMaster } from '../../src/platform/pty-master.ts';
import { isLinux } from '../../src/platform/runtime.ts';
import { bytesOf } from '../support/bytes.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A library for which `file` is the other side of terminal 7; a copy of it is another descriptor for the same. */
function libraryWith(file: number, path: string) {
  const made: number[] = [];
  const library = {
    control(asked: number, _request: number, argument: Uint8Array) {
      if (asked !== file) return -1;
      new Uint32Array(argument.buffer)[0] = 7;
      return 0;
    },
    duplicate() {
      made.push(fs.openSync(path, 'a+'));
      return made.at(-1)!;
    },
    write: (to: number, bytes: Uint8Array) => (made.includes(to) ? fs.writeSync(to, bytes) : -1),
    read: (from: number, into: Uint8Array) => (made.includes(from) ? fs.readSync(from, into) : -1),
  };
  return { library: library as unknown as CLibrary, made };
}

/** A descriptor that a runtime has open, and where it leads. */
function opened() {
  const path = join(tempFolder(), 'terminal');
  const file = fs.openSync(path, 'a');
  onTestFinished(() => fs.closeSync(file));
  return { path, file };
}

describe.skipIf(!isLinux)('the other side of a terminal', () => {
  it('is written to at once, by a descriptor of its own, until it is disposed', () => {
    const { path, file } = opened();
    const { library, made } = libraryWith(file, path);
    const master = findPtyMaster(library, '/dev/pts/7')!;
    expect(master.write(bytesOf('keys'))).toBe(4);
    expect(fs.readFileSync(path, 'utf8')).toBe('keys');
    master.dispose();
    expect(() => fs.fstatSync(made[0]!)).toThrow('EBADF');
    expect(master.write(bytesOf('more'))).toBe(0);
    expect(() => master.dispose()).not.toThrow();
  });

  it('is read from until there is nothing more, or as much as was asked for', () => {
    const { path, file } = opened();
    fs.writeFileSync(path, 'a'.repeat(10_000));
    const master = findPtyMaster(libraryWith(file, path).library, '/dev/pts/7')!;
    const [first, second] = [master.read(5_000), master.read(5_000)];
    expect([first?.length, second?.length, master.read(5_000)]).toEqual([8_192, 1_808, null]);
    master.dispose();
    fs.appendFileSync(path, 'more');
    expect(master.read(5_000)).toBeNull();
  });

  it('takes nothing where the kernel takes nothing', () => {
    const { path, file } = opened();
    const { library } = libraryWith(file, path);
    const master = findPtyMaster({ ...library, write: () => -1 }, '/dev/pts/7')!;
    onTestFinished(() => master.dispose());
    expect(master.write(bytesOf('keys'))).toBe(0);
  });

  it('is not found among descriptors of other terminals, and not without a library', () => {
    const { path, file } = opened();
    expect(findPtyMaster(libraryWith(file, path).library, '/dev/pts/8')).toBeNull();
    expect(findPtyMaster(libraryWith(file, path).library, null)).toBeNull();
    expect(findPtyMaster(null, '/dev/pts/7')).toBeNull();
  });
});
