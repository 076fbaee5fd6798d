import { describe, expect, it } from 'vitest';
import type { CLibrary } from '../../src/platform/c-library.ts';
import { readWindowSize, writeWindowSize } from '../../src/platform/window-size.ts';
import { hasRuntime, otherRuntimes, startModuleOn } from '../support/other-runtimes.ts';

const isLinux = process.platform === 'linux';

/** A C library with one terminal, by the name 7, whose size is kept as the kernel does. */
function fakeLibrary() {
  const winsize = new Uint8Array(8);
  const control = (file: number, request: number, argument: Uint8Array): number => {
    if (file !== 7) return -1;
    if (request === 0x5413) argument.set(winsize);
    else if (request === 0x5414) winsize.set(argument);
    else return -1;
    return 0;
  };
  return { library: { control } as unknown as CLibrary, winsize: new Uint16Array(winsize.buffer) };
}

describe.skipIf(!isLinux)('the size of a terminal', () => {
  it('is told with its pixels, rows before columns', () => {
    const { library, winsize } = fakeLibrary();
    expect(writeWindowSize(library, 7, { cols: 100, rows: 30, pixelWidth: 1000, pixelHeight: 600 })).toBe(true);
    expect([...winsize]).toEqual([30, 100, 1000, 600]);
    expect(readWindowSize(library, 7)).toEqual({ cols: 100, rows: 30, pixelWidth: 1000, pixelHeight: 600 });
  });

  it('has no pixels where the terminal does not tell', () => {
    const { library, winsize } = fakeLibrary();
    writeWindowSize(library, 7, { cols: 80, rows: 24 });
    expect([...winsize]).toEqual([24, 80, 0, 0]);
    expect(readWindowSize(library, 7)).toEqual({ cols: 80, rows: 24, pixelWidth: undefined, pixelHeight: undefined });
  });

  it('is unknown of what is no terminal', () => {
    const { library } = fakeLibrary();
    expect(readWindowSize(library, 8)).toBeNull();
    expect(writeWindowSize(library, 8, { cols: 80, rows: 24 })).toBe(false);
  });
});

it('without the C library is neither asked nor told', () => {
  expect(readWindowSize(null, 0)).toBeNull();
  expect(writeWindowSize(null, 0, { cols: 80, rows: 24 })).toBe(false);
});

const module = `
import { openSync } from 'node:fs';
import { cLibrary } from 'src:platform/c-library.ts';
import { readWindowSize, writeWindowSize } from 'src:platform/window-size.ts';
const library = await cLibrary();
const terminal = openSync('/dev/ptmx', 'r+');
const sizes = [{ cols: 100, rows: 30, pixelWidth: 1000, pixelHeight: 600 }, { cols: 1, rows: 1 }, { cols: 65535, rows: 1 }];
const told = sizes.map((size) => [writeWindowSize(library, terminal, size), readWindowSize(library, terminal)]);
console.log(JSON.stringify([...told, readWindowSize(library, openSync('/dev/null', 'r'))]));
`;

// Node has no foreign functions; these have.
describe.each(otherRuntimes)('on %s', (name) => {
  it.skipIf(!isLinux || !hasRuntime(name))('a real terminal takes the size and gives it back', async () => {
    const told = JSON.parse(await startModuleOn(name, module).line());
    expect(told).toEqual([
      [true, { cols: 100, rows: 30, pixelWidth: 1000, pixelHeight: 600 }],
      [true, { cols: 1, rows: 1 }],
      [true, { cols: 65_535, rows: 1 }],
      null,
    ]);
  });
});
