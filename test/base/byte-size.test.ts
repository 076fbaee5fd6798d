import { expect, it } from 'vitest';
import { parseByteSize } from '../../src/base/byte-size.ts';

it.each([
  ['0', 0],
  ['512', 512],
  ['500KB', 500_000],
  ['64MiB', 64 * 1024 * 1024],
  ['1.5 gib', 1.5 * 1024 ** 3],
  ['2kib', 2048],
  [' 7 B ', 7],
])('reads %j as an amount of bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

it.each(['', 'MiB', '-1', '1e3', '64 MiBs', '64 M', '1,5GB', 'NaN', '0x10'])('does not take %j for one', (text) => {
  expect(parseByteSize(text)).toBeNull();
});
