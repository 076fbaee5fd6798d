// UTF-8 cut between two writes: xterm.js 6.0.0 forgets the first bytes of a character whose held-back part has 0x80 in it
// (it takes the masked byte for the end), so dashes, quotes, joiners and icons vanish. What is cut off is held back here.

import { joinBytes } from '../base/join-bytes.ts';
import type { CoreDecoder, CoreInput } from './xterm-core.ts';

/** The longest beginning of a character that is none yet. */
const maxHeldBytes = 3;

export function mendDecoder(input: CoreInput): void {
  input._utf8Decoder = heldBackDecoder(input._utf8Decoder);
}

/** Does as `original`, which never sees a cut character's first part without its rest. */
function heldBackDecoder(original: CoreDecoder): CoreDecoder {
  // As in the original: the bytes held back, then a zero.
  const interim = new Uint8Array(maxHeldBytes + 1);
  return {
    interim,
    clear() {
      interim.fill(0);
      original.clear();
    },
    decode(bytes, target) {
      const held = interim.subarray(0, interim.indexOf(0));
      const whole = held.length === 0 ? bytes : joinBytes([held, bytes]);
      const length = original.decode(whole, target);
      interim.fill(0);
      interim.set(original.interim.subarray(0, maxHeldBytes));
      original.clear();
      return length;
    },
  };
}
