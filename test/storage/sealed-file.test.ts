import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileKinds, seal, unseal } from '../../src/storage/sealed-file.ts';

const sealed = seal('session', 3, { name: 'work', bytes: Uint8Array.of(1, 2, 3) });

describe('a sealed file', () => {
  it('gives back its value and its version', () => {
    expect(unseal('session', 3, sealed)).toEqual({
      kind: 'value',
      version: 3,
      value: { name: 'work', bytes: expect.objectContaining({ length: 3 }) },
    });
  });

  it('begins with the same words for ever: magic, kind, zero, version', () => {
    expect([...sealed.subarray(0, 8)]).toEqual([0x73, 0x74, 0x61, 0x79, 1, 0, 0, 3]);
    expect(fileKinds).toEqual({ session: 1, screen: 2, journal: 3, archive: 4, standing: 5 });
  });

  it('opens from a view into a larger buffer', () => {
    const padded = Uint8Array.of(7, 7, 7, ...sealed, 7);
    expect(unseal('session', 3, padded.subarray(3, -1))).toMatchObject({ kind: 'value' });
  });

  it('of an older version opens too', () => {
    expect(unseal('session', 9, sealed)).toMatchObject({ kind: 'value', version: 3 });
  });

  it('of a newer version says so, and which', () => {
    expect(unseal('session', 2, sealed)).toEqual({ kind: 'newer', version: 3 });
  });

  it('of another kind is not taken for this one', () => {
    expect(unseal('screen', 3, sealed)).toMatchObject({ kind: 'damaged', why: 'it is a file of another kind' });
  });

  it('is damaged when it is cut anywhere', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(unseal('session', 3, sealed.slice(0, length)), `${length} bytes`).toMatchObject({ kind: 'damaged' });
  });

  it('is damaged when something stands behind it', () => {
    expect(unseal('session', 3, Uint8Array.of(...sealed, 0))).toMatchObject({ kind: 'damaged' });
  });

  it('is damaged when any bit of it is flipped', () => {
    const flips = Array.from({ length: sealed.length * 8 }, (_, bit) => bit).map((bit) => {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      return { byte: bit >> 3, kind: unseal('session', 3, flipped).kind };
    });
    expect(flips.filter(({ kind }) => kind !== 'damaged')).toEqual([]);
  });

  it('is damaged, and nothing is thrown, whatever else lies in its place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(unseal('session', 3, bytes).kind).toBe('damaged');
      }),
    );
  });
});
