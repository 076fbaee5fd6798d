import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, packOnce, unpack } from '../../src/base/pack.ts';

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
);
const plain = fc.oneof(
  scalar,
  fc.array(scalar),
  fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.oneof(scalar, fc.array(scalar))),
);

describe('pack', () => {
  it('gives back every plain value', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(unpack(pack(value))).toEqual(value);
      }),
    );
  });

  it('gives back bytes as bytes, whole and their own', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    const { paint } = unpack(pack({ paint: bytes })) as { paint: Uint8Array };
    expect(paint).toBeInstanceOf(Uint8Array);
    expect(Buffer.compare(paint, bytes)).toBe(0);
  });

  it('keeps little of the memory that a large value took', () => {
    const large = pack({ text: 'x'.repeat(1_000_000) });
    expect(pack({ small: 1 }).buffer.byteLength).toBeLessThan(100_000);
    expect(unpack(large)).toEqual({ text: 'x'.repeat(1_000_000) });
    expect(unpack(pack({ text: 'ä'.repeat(50_000) }))).toEqual({ text: 'ä'.repeat(50_000) });
  });

  it('gives times of milliseconds back as numbers', () => {
    const time = 1_763_913_600_123;
    expect(unpack(pack({ time }))).toEqual({ time });
  });

  it('writes plain msgpack maps, which any other library reads', () => {
    const map = (value: number) => [0xde, 0, 1, 0xa1, 0x61, value];
    expect([...pack({ a: 1 })]).toEqual(map(1));
    expect([...pack([{ a: 1 }, { a: 2 }])]).toEqual([0x92, ...map(1), ...map(2)]);
  });

  it('is not changed by what is packed after it', () => {
    const first = pack({ name: 'first' });
    const copy = Uint8Array.from(first);
    for (let count = 0; count < 100; count++) pack({ name: 'x'.repeat(5_000) });
    expect(Uint8Array.from(first)).toEqual(copy);
  });
});

describe('packOnce', () => {
  it('packs what says something else, and nothing again', () => {
    const packSame = packOnce();
    const first = packSame({ name: 'work', cols: 80 });
    expect(unpack(first)).toEqual({ name: 'work', cols: 80 });
    expect(packSame({ name: 'work', cols: 80 })).toBe(first);
    expect(unpack(packSame({ name: 'work', cols: 81 }))).toEqual({ name: 'work', cols: 81 });
    pack({ name: 'something else' });
    expect(unpack(first)).toEqual({ name: 'work', cols: 80 });
  });
});

describe('unpack', () => {
  it('throws on a value that is cut anywhere', () => {
    const whole = pack({ name: 'work', size: [80, 24], bytes: Uint8Array.of(1, 2, 3), time: 1_763_913_600_123 });
    for (let length = 0; length < whole.length; length++)
      expect(() => unpack(whole.slice(0, length)), `${length} bytes`).toThrow();
  });

  it('throws on anything behind the value', () => {
    expect(() => unpack(Uint8Array.of(...pack({ a: 1 }), 0))).toThrow();
  });

  it('throws, at once, on lengths that cannot be true', () => {
    for (const tag of [0xdb, 0xc6, 0xdd, 0xdf])
      expect(() => unpack(Uint8Array.of(tag, 0xff, 0xff, 0xff, 0xff, 1))).toThrow();
  });

  it('throws on nesting that no honest peer sends', () => {
    expect(() => unpack(new Uint8Array(1_000_000).fill(0x91))).toThrow();
  });

  it('never lets a key reach the prototype', () => {
    const evil = Uint8Array.of(0x81, 0xa9, ...Buffer.from('__proto__'), 0x81, 0xa1, 0x78, 0x01);
    expect((unpack(evil) as { x?: number }).x).toBeUndefined();
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
