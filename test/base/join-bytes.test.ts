import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../src/base/join-bytes.ts';

describe('joinBytes', () => {
  it('joins in order, nothing included', () => {
    expect([...joinBytes([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
    expect(joinBytes([])).toHaveLength(0);
  });
});
