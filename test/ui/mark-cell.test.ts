import { describe, expect, it } from 'vitest';
import { markCell } from '../../src/ui/mark-cell.ts';

const marked = (text: string) => `\x1b[7m${text}\x1b[27m`;

describe('markCell', () => {
  it.each([
    ['abc', 1, `a${marked('b')}c`],
    ['abc', 0, `${marked('a')}bc`],
    ['ab', 2, `ab${marked(' ')}`],
    ['', 3, `   ${marked(' ')}`],
    ['漢字', 2, `漢${marked('字')}`],
    ['漢字', 1, `${marked('漢')}字`],
    ['\x1b[31mab\x1b[0m', 1, `\x1b[31ma${marked('b')}\x1b[0m`],
    ['\x1b[0;7mab\x1b[0mc', 1, '\x1b[0;7ma\x1b[27mb\x1b[7m\x1b[0mc'],
    ['\x1b[0;38;5;7mab\x1b[0m', 0, `\x1b[0;38;5;7m${marked('a')}b\x1b[0m`],
    ['\x1b[48;2;7;7;7;7ma\x1b[0m', 0, '\x1b[48;2;7;7;7;7m\x1b[27ma\x1b[7m\x1b[0m'],
    ['\x1b[38:2::7:7:7ma\x1b[0m', 0, `\x1b[38:2::7:7:7m${marked('a')}\x1b[0m`],
  ])('marks one cell of %j at %i', (line, col, expected) => {
    expect(markCell(line, col)).toBe(expected);
  });
});
