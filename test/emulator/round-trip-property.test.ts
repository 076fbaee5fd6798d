// The round trip for generated streams, cut at any byte.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differences, hasBlankUnderPendingWrap } from './differences.ts';
import { newEmulator, repainted } from './new-emulator.ts';
import { fuzz, join, pieces, sizes } from './streams.ts';

it('a repaint at any byte of any stream makes an equal emulator, and it stays equal', () => {
  fc.assert(
    fc.property(pieces, sizes, fc.nat(), (parts, size, at) => {
      const bytes = join(parts);
      const cut = at % (bytes.length + 1);
      const first = newEmulator(size);
      first.feed(bytes.subarray(0, cut));
      const areBlanksAlike = hasBlankUnderPendingWrap(first);
      const second = repainted(first, size);
      expect(differences(first, second, { areBlanksAlike }), `cut at ${cut}`).toEqual([]);
      first.feed(bytes.subarray(cut));
      second.feed(bytes.subarray(cut));
      expect(differences(first, second, { areBlanksAlike }), `cut at ${cut}, then the rest`).toEqual([]);
    }),
    fuzz(1500),
  );
});
