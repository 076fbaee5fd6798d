// Framing: u32 length (big endian) of what follows, u8 tag, body. See docs/protocol.md.

import { joinBytes } from '../base/join-bytes.ts';
import { maxFrameBytes } from '../base/limits.ts';

export interface Frame {
  tag: number;
  body: Uint8Array;
}

const headerBytes = 5;

const nothing = new Uint8Array();

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

/** A frame's first `length` bytes: its header, or all of it. Without a DataView, which costs more than the rest. */
function framed(tag: number, body: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const size = body.length + 1;
  bytes[0] = size >>> 24;
  bytes[1] = size >>> 16;
  bytes[2] = size >>> 8;
  bytes[3] = size;
  bytes[4] = tag;
  if (length > headerBytes) bytes.set(body, headerBytes);
  return bytes;
}

/** Cuts a stream of bytes into frames, however it arrives. A body is a view, or a copy where the frame came in pieces. */
export class FrameDecoder {
  /** What has arrived, and how much of it has been handed over. */
  #bytes: Uint8Array = nothing;
  #at = 0;
  /** What has arrived behind that, of a frame that is not complete: joined once it is, not with every piece. */
  #later: Uint8Array[] = [];
  #laterBytes = 0;
  /** How much has to arrive behind `#bytes` before there is more to tell. */
  #missing = 0;

  push(chunk: Uint8Array): void {
    if (this.#at === this.#bytes.length) {
      this.#bytes = chunk;
      this.#at = 0;
      this.#missing = 0;
    } else {
      this.#later.push(chunk);
      this.#laterBytes += chunk.length;
    }
  }

  /** The next frame, or null while it is not complete. Throws on a length that no honest peer sends: nothing can follow. */
  next(): Frame | null {
    if (this.#laterBytes > 0) {
      if (this.#laterBytes < this.#missing) return null;
      this.#join();
    }
    const at = this.#at;
    const bytes = this.#bytes;
    const bodyAt = at + headerBytes;
    const end = bodyAt > bytes.length ? bodyAt : at + frameLength(bytes, at);
    if (end > bytes.length) {
      this.#missing = end - bytes.length;
      return null;
    }
    // What was handed over in full is not to be kept until more comes, which may be never.
    const isRead = end === bytes.length;
    this.#bytes = isRead ? nothing : bytes;
    this.#at = isRead ? 0 : end;
    return { tag: bytes[at + 4]!, body: bytes.subarray(bodyAt, end) };
  }

  #join(): void {
    this.#bytes = joinBytes([this.#bytes.subarray(this.#at), ...this.#later]);
    this.#at = 0;
    this.#later = [];
    this.#laterBytes = 0;
  }
}

/** Of the frame at `at`, header included. */
function frameLength(bytes: Uint8Array, at: number): number {
  const length = bytes[at]! * 0x100_0000 + bytes[at + 1]! * 0x1_0000 + bytes[at + 2]! * 0x100 + bytes[at + 3]!;
  if (length < 1 || length > maxFrameBytes)
    throw new RangeError(`a frame of ${length} bytes; ${maxFrameBytes} is the limit`);
  return length + 4;
}

/** `bytes` in views of at most `size` bytes; one, if there are none. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
