// Framing: u32 length (big endian) of what follows, u8 tag, body. See docs/protocol.md.

import { joinBytes } from '../base/join-bytes.ts';
import { maxFrameBytes } from '../base/limits.ts';

export interface Frame {
  tag: number;
  body: Uint8Array;
}

const headerBytes = 5;

/** From so many bytes on a body is not copied to be sent. */
const apartBytes = 16 * 1024;

/** One frame's bytes; the body is copied. */
export function encodeFrame(tag: number, body: Uint8Array): Uint8Array {
  return framed(tag, body, headerBytes + body.length);
}

/** One frame's bytes, in two pieces where copying a large body would cost more than sending it apart. */
export function frameParts(tag: number, body: Uint8Array): Uint8Array[] {
  return body.length < apartBytes ? [encodeFrame(tag, body)] : [framed(tag, body, headerBytes), body];
}

/** A frame's first `length` bytes: its header, or all of it. */
function framed(tag: number, body: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, body.length + 1);
  bytes[4] = tag;
  if (length > headerBytes) bytes.set(body, headerBytes);
  return bytes;
}

/** Cuts a stream of bytes into frames, however it arrives. A body is a view, or a copy where the frame came in pieces. */
export class FrameDecoder {
  #pieces: Uint8Array[] = [];
  #buffered = 0;

  /** Hands over the frames that `chunk` completes, in order. Throws on a length that no honest peer sends: nothing can follow. */
  push(chunk: Uint8Array, onFrame: (frame: Frame) => void): void {
    this.#pieces.push(chunk);
    this.#buffered += chunk.length;
    for (let length = this.#frameLength(); length !== null && this.#buffered >= length; length = this.#frameLength()) {
      const bytes = this.#take(length);
      onFrame({ tag: bytes[4] ?? 0, body: bytes.subarray(headerBytes) });
    }
  }

  /** Whole length of the frame that comes first, or null while its header is not there. */
  #frameLength(): number | null {
    if (this.#buffered < headerBytes) return null;
    const bytes = this.#first(headerBytes);
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (length < 1 || length > maxFrameBytes)
      throw new RangeError(`a frame of ${length} bytes; ${maxFrameBytes} is the limit`);
    return length + 4;
  }

  /** A view of at least the first `count` buffered bytes, joined only when they lie in several pieces. */
  #first(count: number): Uint8Array {
    const first = this.#pieces[0];
    if (first !== undefined && first.length >= count) return first;
    const joined = joinBytes(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }

  #take(count: number): Uint8Array {
    const first = this.#first(count);
    this.#buffered -= count;
    if (first.length === count) this.#pieces.shift();
    else this.#pieces[0] = first.subarray(count);
    return first.subarray(0, count);
  }
}

/** `bytes` in views of at most `size` bytes; one, if there are none. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
