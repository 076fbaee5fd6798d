// What somebody wants of an attachment in a test: the usual detach key, and nothing else.

import { parseDetachKeys } from '../../src/base/key-notation.ts';
import type { AttachOptions } from '../../src/client/attach-options.ts';
import { createKeyMatcher, type KeyBinding } from '../../src/client/key-matcher.ts';

const detachBinding: KeyBinding = { keys: parseDetachKeys('ctrl-\\'), action: 'detach' };

/** Everything but the link and the terminal. `bindings`: keys besides the detach key. */
export function attachWishes(bindings: readonly KeyBinding[] = []): Omit<AttachOptions, 'link' | 'terminal'> {
  return {
    keys: createKeyMatcher([detachBinding, ...bindings]),
    from: null,
    inside: null,
    ifFree: false,
    replayLines: 0,
    look: { kind: 'plain' },
    notice: null,
    onHeld: () => {},
    act: async () => ({ kind: 'stay', notice: null }),
  };
}
