import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { bytesOf, newEmulator, repainted } from './new-emulator.ts';

const size = { cols: 20, rows: 4 };

describe('an attach in the middle of', () => {
  const middles: [what: string, bytes: Uint8Array, cut: number][] = [
    ['a character', bytesOf('a😀b'), 3],
    ['an escape', bytesOf('a\x1b[31mb'), 2],
    ['the parameters of a sequence', bytesOf('a\x1b[1;31mb'), 5],
    ['a sequence, after a control inside of it', bytesOf('a\x1b[1\n;31mb'), 5],
    ['a title', bytesOf('a\x1b]2;tïtle\x07b'), 7],
    ['the end of a title', bytesOf('a\x1b]2;title\x1b\\b'), 11],
    ['a question in a DCS string', bytesOf('a\x1bP$qm\x1b\\b'), 4],
    ['an APC string', bytesOf('a\x1b_Gsomething\x1b\\b'), 6],
    ['a C1 control in UTF-8', bytesOf('a\u009b31mb'), 2],
  ];
  for (const [what, bytes, cut] of middles) {
    it(`${what} loses nothing and doubles nothing`, () => {
      const first = newEmulator(size);
      first.feed(bytes.subarray(0, cut));
      const second = repainted(first, size);
      expect(differences(first, second)).toEqual([]);
      first.feed(bytes.subarray(cut));
      second.feed(bytes.subarray(cut));
      expect(differences(first, second)).toEqual([]);
      expect(first.textLines({ historyLines: 0 }).join('')).toMatch(/^a.*b$/);
    });
  }

  it('a string that came byte by byte', () => {
    const first = newEmulator(size);
    for (const byte of bytesOf('\x1b]2;byte by by')) first.feed(Uint8Array.of(byte));
    const second = repainted(first, size);
    second.feed(bytesOf('te\x07'));
    expect(second.title).toBe('byte by byte');
  });

  it('a string too long to keep: the rest of it does not show as text', () => {
    const first = newEmulator(size);
    first.feed(bytesOf(`\x1bPq${'~'.repeat(100_000)}`));
    const repaint = first.repaint({ onto: 'fresh', historyLines: 0 });
    expect(repaint.length).toBeLessThan(10_000);
    const second = newEmulator(size);
    second.feed(repaint);
    second.feed(bytesOf('~~~~\x1b\\text'));
    expect(second.textLines({ historyLines: 0 }).join('')).toBe('text');
  });
});
