import { describe, expect, it } from 'vitest';
import { outputWindow } from '../../src/base/limits.ts';
import { OutputWindow } from '../../src/session/output-window.ts';
import { fakeClock } from '../support/fake-clock.ts';

const { ms, least, first, most, piece } = outputWindow;

function open({ isTold = true }: { isTold?: boolean } = {}) {
  const clock = fakeClock();
  let roomCount = 0;
  const window = new OutputWindow({ isTold, clock, onRoom: () => void roomCount++ });
  return { window, clock, roomCount: () => roomCount };
}

/** Sends in pieces until there is no room for more; how much that was. */
function fill(window: OutputWindow, pieceBytes = 1024): number {
  for (let bytes = pieceBytes; ; bytes += pieceBytes) if (!window.sent(pieceBytes, { isOnWire: true })) return bytes;
}

/** A line that carries so much: fills the window and takes it all, again and again. How much was under way in the end. */
function settle({ window, clock }: ReturnType<typeof open>, bytesPerMs: number): number {
  let bytes = 0;
  for (let round = 0; round < 20; round++) {
    bytes = fill(window);
    for (let left = bytes; left > 0; left -= bytesPerMs) {
      clock.advance(1);
      window.taken(Math.min(left, bytesPerMs));
    }
  }
  return bytes;
}

describe('a window of output', () => {
  it('has no room once it is full, and has room again when half of that is taken', () => {
    const { window, roomCount } = open();
    expect(fill(window)).toBe(first);
    window.taken(first / 2 - 1);
    expect(roomCount()).toBe(0);
    window.taken(1);
    expect(roomCount()).toBe(1);
    expect(window.sent(1, { isOnWire: true })).toBe(true);
  });

  it.each([
    ['a slow line has little', 1, least],
    ['a line of 1 MB/s has what it carries in a moment', 1000, ms * 1000],
    ['a terminal on the same machine has all that there may be', 100_000, most],
  ])('of %s under way', (_, bytesPerMs, expected) => {
    const bytes = settle(open(), bytesPerMs);
    expect(bytes / expected).toBeGreaterThan(0.9);
    expect(bytes / expected).toBeLessThan(1.1);
  });

  it('does not take a buffer that swallows a little at once for a fast line', () => {
    const opened = open();
    const before = settle(opened, 1);
    opened.window.taken(fill(opened.window));
    expect(fill(opened.window)).toBeLessThanOrEqual(2 * before);
  });

  it('knows how much a line may take, and sets no limit to a fast one', () => {
    const [slow, fast] = [open(), open()];
    settle(slow, 1000);
    settle(fast, 100_000);
    expect(slow.window.bytesIn(100) / 100_000).toBeCloseTo(1, 1);
    expect(fast.window.bytesIn(100)).toBe(Number.POSITIVE_INFINITY);
  });

  it('has output dealt with in pieces of a quarter of it, yet not in crumbs, and a fast one in no pieces', () => {
    const pieces = [1000, 10_000, 100_000].map((bytesPerMs) => {
      const opened = open();
      settle(opened, bytesPerMs);
      return opened.window.pieceBytes;
    });
    expect([pieces[0], pieces[2]]).toEqual([piece, Number.POSITIVE_INFINITY]);
    expect(pieces[1]! / (ms * 10_000)).toBeCloseTo(0.25, 1);
    expect(open().window.pieceBytes).toBe(piece);
  });

  it('is the wire alone for a client that does not tell what its terminal takes', () => {
    const { window, roomCount } = open({ isTold: false });
    expect(window.sent(10 * most, { isOnWire: true })).toBe(true);
    expect(window.sent(1, { isOnWire: false })).toBe(false);
    expect(window.sent(1, { isOnWire: true })).toBe(false);
    window.drained();
    expect(roomCount()).toBe(1);
    expect(window.sent(1, { isOnWire: true })).toBe(true);
    expect(window.takenBytes).toBe(10 * most + 3);
    expect(window.bytesIn(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('has no room before both the wire and the terminal have taken enough', () => {
    const { window, roomCount } = open();
    window.sent(first, { isOnWire: false });
    window.taken(first);
    expect(roomCount()).toBe(0);
    window.drained();
    expect(roomCount()).toBe(1);
    window.sent(most, { isOnWire: false });
    window.drained();
    expect(roomCount()).toBe(1);
    window.taken(most);
    expect(roomCount()).toBe(2);
  });

  it('believes no client that tells of more than it was sent', () => {
    const { window } = open();
    window.sent(10, { isOnWire: true });
    window.taken(1_000_000);
    expect(window.takenBytes).toBe(10);
  });
});
