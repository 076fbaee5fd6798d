import { describe, expect, it } from 'vitest';
import { bytesOf, newEmulator } from './new-emulator.ts';

describe('what is left of a wide character', () => {
  const cases: [what: string, bytes: string, row: string][] = [
    ['whose second half is written over', '\x1b[44m世\x1b[m\x1b[2G\x1b[7mX', '\x1b[0;44m \x1b[0;7mX\x1b[0m'],
    ['whose first half is written over', '\x1b[44m世\x1b[m\x1b[1G\x1b[7mX', '\x1b[0;7mX\x1b[0;44m \x1b[0m'],
    ['without colours', '世\x1b[2G\x1b[7mX', ' \x1b[0;7mX\x1b[0m'],
  ];
  for (const [what, bytes, row] of cases) {
    it(`${what} is a blank in its own colours, not in those of the pen`, () => {
      const emulator = newEmulator({ cols: 10, rows: 2 });
      emulator.feed(bytesOf(bytes));
      expect(emulator.ansiLines({ historyLines: 0 })[0]).toBe(row);
    });
  }
});
