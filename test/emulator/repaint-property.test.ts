// The repaint as a property, over generated streams: cut at any byte, onto a new terminal, after a resize, onto
// somebody's terminal, onto a terminal that missed a part. In each the rest of the stream must keep both equal.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differences, hasBlankUnderPendingWrap } from './differences.ts';
import { bytesOf, newEmulator, repainted, type TestEmulator } from './new-emulator.ts';
import { fuzz, join, pieces, sizes } from './streams.ts';

function expectLockstep(
  pair: { first: TestEmulator; second: TestEmulator },
  rest: Uint8Array,
  options: { except?: readonly string[]; historyLines?: number } = {},
): void {
  const { first, second } = pair;
  const compare = { ...options, areBlanksAlike: hasBlankUnderPendingWrap(first) };
  expect(differences(first, second, compare), 'at once').toEqual([]);
  first.feed(rest);
  second.feed(rest);
  expect(differences(first, second, compare), 'after the rest').toEqual([]);
}

it('a repaint at any byte makes a new emulator equal', () => {
  fc.assert(
    fc.property(pieces, sizes, fc.nat(), (parts, size, at) => {
      const bytes = join(parts);
      const cut = at % (bytes.length + 1);
      const first = newEmulator(size);
      first.feed(bytes.subarray(0, cut));
      expectLockstep({ first, second: repainted(first, size) }, bytes.subarray(cut));
    }),
    fuzz(2000),
  );
});

it('a repaint after a resize makes a new emulator equal', () => {
  fc.assert(
    fc.property(pieces, pieces, sizes, sizes, (before, after, from, to) => {
      const first = newEmulator({ ...from, historyLines: 50 });
      first.feed(join(before));
      first.resize(to);
      expectLockstep({ first, second: repainted(first, { ...to, historyLines: 50 }) }, join(after));
    }),
    fuzz(1000),
  );
});

const userTerminal = bytesOf(
  '\x1b(0\x1b)0\x0e\x1b[31;44;4m\x1b[2;2r\x1b[?6h\x1b[?7l\x1b[4h\x1b[20h\x1b[1"qleft by\r\nsomebody\r\n$ stay attach',
);

it('a repaint onto a terminal in any state makes its screen equal', () => {
  fc.assert(
    fc.property(pieces, sizes, fc.nat(), (parts, size, at) => {
      const bytes = join(parts);
      const cut = at % (bytes.length + 1);
      const first = newEmulator({ ...size, historyLines: 200 });
      first.feed(bytes.subarray(0, cut));
      const second = newEmulator({ ...size, historyLines: 200 });
      second.feed(userTerminal);
      second.feed(first.repaint({ onto: 'used', historyLines: 20 }));
      // The user's own title lies on the stack, to be restored.
      const except = ['title', 'icon', 'titleStack', 'iconStack', 'ansiModes', 'privateModes'];
      expectLockstep({ first, second }, bytes.subarray(cut), { except, historyLines: 0 });
    }),
    fuzz(1000),
  );
});

it('a repaint in place brings a terminal along that missed any part of the output', () => {
  fc.assert(
    fc.property(pieces, sizes, fc.nat(), fc.nat(), (parts, size, at, lag) => {
      const bytes = join(parts);
      const cut = at % (bytes.length + 1);
      const seen = lag % (cut + 1);
      const first = newEmulator({ ...size, historyLines: 200 });
      const second = newEmulator({ ...size, historyLines: 200 });
      first.feed(bytes.subarray(0, cut));
      second.feed(bytes.subarray(0, seen));
      second.feed(first.repaint({ onto: 'same', historyLines: 0 }));
      // Stacks cannot be known after a gap; the tops are right.
      const except = [
        'title',
        'icon',
        'titleStack',
        'iconStack',
        'normalKeys',
        'alternateKeys',
        'keyModifiers',
        'savedModes',
        'privateModes',
      ];
      expectLockstep({ first, second }, bytes.subarray(cut), { except, historyLines: 0 });
    }),
    fuzz(1000),
  );
});

it('no stream and no size, not even one cell, is a fault', () => {
  fc.assert(
    fc.property(pieces, fc.record({ cols: fc.nat({ max: 4 }), rows: fc.nat({ max: 3 }) }), (parts, size) => {
      const emulator = newEmulator({ cols: 20, rows: 5 });
      emulator.feed(join(parts));
      emulator.resize(size);
      emulator.feed(join(parts));
      for (const onto of ['fresh', 'used', 'same'] as const) emulator.repaint({ onto, historyLines: 100 });
      emulator.restoration();
      expect([emulator.cols, emulator.rows]).toEqual([size.cols, size.rows]);
    }),
    fuzz(500),
  );
});
