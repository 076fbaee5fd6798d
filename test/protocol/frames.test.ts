import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../src/base/join-bytes.ts';
import { maxFrameBytes } from '../../src/base/limits.ts';
import { encodeFrame, type Frame, FrameDecoder, pieces } from '../../src/protocol/frames.ts';
import { framesIn } from '../support/frames-in.ts';

const frame = fc.record({ tag: fc.integer({ min: 0, max: 255 }), body: fc.uint8Array({ maxLength: 40 }) });

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

/** Frames with bodies of their own, comparable by value. */
function plain(frames: readonly Frame[]) {
  return frames.map(({ tag, body }) => ({ tag, body: [...body] }));
}

describe('encodeFrame', () => {
  it('writes the length of what follows, the tag and the body: never change this', () => {
    expect([...encodeFrame(131, Uint8Array.of(7, 8))]).toEqual([0, 0, 0, 3, 131, 7, 8]);
    expect([...encodeFrame(5, new Uint8Array())]).toEqual([0, 0, 0, 1, 5]);
  });

  it('copies the body, so that its owner may use the array again', () => {
    const body = Uint8Array.of(1);
    const bytes = encodeFrame(1, body);
    body[0] = 9;
    expect(bytes[5]).toBe(1);
  });
});

describe('FrameDecoder', () => {
  it('gives the same frames wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 30 }), (frames, places) => {
        const stream = joinBytes(frames.map(({ tag, body }) => encodeFrame(tag, body)));
        expect(plain(framesIn(cut(stream, places)))).toEqual(plain(frames));
      }),
    );
  });

  it('gives the same frames from single bytes', () => {
    const frames = [
      { tag: 1, body: Uint8Array.of(1, 2, 3) },
      { tag: 255, body: new Uint8Array() },
      { tag: 3, body: new Uint8Array(300) },
    ];
    const stream = joinBytes(frames.map(({ tag, body }) => encodeFrame(tag, body)));
    const single = [...stream].map((byte) => Uint8Array.of(byte));
    expect(plain(framesIn(single))).toEqual(plain(frames));
  });

  it('reads chunks that are views into a larger buffer', () => {
    const padded = Uint8Array.of(9, 9, 9, ...encodeFrame(4, Uint8Array.of(5)), 9);
    expect(plain(framesIn([padded.subarray(3, -1)]))).toEqual([{ tag: 4, body: [5] }]);
  });

  it('keeps a frame back until its last byte is there', () => {
    const bytes = encodeFrame(2, Uint8Array.of(1, 2));
    expect(framesIn([bytes.subarray(0, -1)])).toEqual([]);
    expect(framesIn([bytes.subarray(0, -1), bytes.subarray(-1)])).toHaveLength(1);
  });

  it('tells of all frames however many chunks came before it was asked', () => {
    const decoder = new FrameDecoder();
    decoder.push(encodeFrame(1, Uint8Array.of(1)));
    expect([decoder.next()?.tag, decoder.next()]).toEqual([1, null]);
    decoder.push(encodeFrame(2, new Uint8Array()));
    decoder.push(Uint8Array.of(0));
    expect([decoder.next()?.tag, decoder.next()]).toEqual([2, null]);
  });

  it.each([0, maxFrameBytes + 1, 0xffff_ffff, 0x4745_5420])(
    'refuses the absurd length %i as soon as the header is there',
    (length) => {
      const header = new Uint8Array(5);
      new DataView(header.buffer).setUint32(0, length);
      expect(() => framesIn([header])).toThrow(RangeError);
    },
  );

  it('hands over the frames before a refused one', () => {
    const decoder = new FrameDecoder();
    decoder.push(Uint8Array.of(...encodeFrame(7, new Uint8Array()), 0, 0, 0, 0, 1));
    expect(decoder.next()?.tag).toBe(7);
    expect(() => decoder.next()).toThrow(RangeError);
  });

  it('takes a large frame in small pieces without copying it over and over', () => {
    const bytes = encodeFrame(131, new Uint8Array(8_000_000).fill(65));
    const startedAt = performance.now();
    const frames = framesIn(pieces(bytes, 1_000));
    expect(frames[0]?.body).toHaveLength(8_000_000);
    // Copying all that came with each of the 8,000 pieces would move 32 GB.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('pieces', () => {
  it('are views that joined give the whole, none larger than asked', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5);
    expect(pieces(bytes, 2).map((piece) => [...piece])).toEqual([[1, 2], [3, 4], [5]]);
    expect(pieces(bytes, 5)).toHaveLength(1);
    expect(pieces(bytes, 2)[0]!.buffer).toBe(bytes.buffer);
  });

  it('are one, empty, for no bytes', () => {
    expect(pieces(new Uint8Array(), 2).map((piece) => piece.length)).toEqual([0]);
  });
});
