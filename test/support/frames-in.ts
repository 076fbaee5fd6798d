// The frames in a stream of bytes.

import { type Frame, FrameDecoder } from '../../src/protocol/frames.ts';

/** The frames that the chunks complete, in order. */
export function framesIn(chunks: Iterable<Uint8Array>): Frame[] {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let frame = decoder.next(); frame !== null; frame = decoder.next()) frames.push(frame);
  }
  return frames;
}
