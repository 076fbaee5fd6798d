import { expect, it } from 'vitest';
import { bytesOf } from '../support/bytes.ts';
import { newEmulator } from './new-emulator.ts';

const ranges = [
  [0xa0, 0x17f],
  [0x2000, 0x206f],
  [0x4e00, 0x4e40],
  [0xf000, 0xf0ff],
  [0x1f000, 0x1f03f],
  [0x1f600, 0x1f640],
] as const;

/** What a screen shows of `text`, fed in pieces of `size` bytes. */
function shown(text: string, size: number): string[] {
  const emulator = newEmulator({ cols: 40, rows: 10, historyLines: 1_000 });
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length; at += size) emulator.feed(bytes.subarray(at, at + size));
  const lines = emulator.textLines({ historyLines: 1_000 });
  emulator.dispose();
  return lines;
}

it.each(ranges)('characters from %i to %i survive any cut between their bytes', (first, last) => {
  const characters = Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  const text = characters.map((character) => `a${character}b `).join('');
  const whole = shown(text, text.length * 4);
  for (const size of [1, 2, 3, 5]) expect(shown(text, size)).toEqual(whole);
});

it('a character that is cut and never finished does not swallow what follows', () => {
  const emulator = newEmulator({ cols: 40, rows: 3, historyLines: 0 });
  emulator.feed(Uint8Array.of(0xe2, 0x80));
  emulator.feed(bytesOf('abc'));
  expect(emulator.textLines({ historyLines: 0 })[0]).toBe('abc');
  emulator.dispose();
});
