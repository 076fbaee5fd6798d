// When a program may write to its terminal: not while its output is held, and not until the event loop has turned once
// after a read that had no end. Bun reads a terminal until it is empty, which in a flood it never is: keys, timers and the
// disk were seen to wait for a quarter of a second.

import type { TerminalDevice } from './terminal-device.ts';

export interface OutputFlow {
  /** Stops it until `release`. False where that cannot be done, or a person has stopped it. */
  hold(): boolean;
  release(): void;
  /** Stops it until the event loop has turned. */
  turn(): void;
  /**
   * To be called before the program is sent `bytes`. A ^S among them ends all this until the next key: a terminal that we
   * have stopped would not hear it, and one that it has stopped we would start.
   */
  beforeInput(bytes: Uint8Array): void;
}

/** DC3, ^S, by which a person stops a terminal (termios(3), VSTOP). */
const stop = 0x13;

export function controlOutput(device: Pick<TerminalDevice, 'setFlow'>): OutputFlow {
  let isHeld = false;
  let isTurning = false;
  let isStopAsked = false;
  function flowAgain(): void {
    if (!isHeld && !isTurning) device.setFlow(true);
  }
  return {
    hold() {
      isHeld = !isStopAsked && device.setFlow(false);
      return isHeld;
    },
    release() {
      if (!isHeld) return;
      isHeld = false;
      flowAgain();
    },
    turn() {
      if (isHeld || isTurning || isStopAsked || !device.setFlow(false)) return;
      isTurning = true;
      setImmediate(() => {
        if (!isTurning) return;
        isTurning = false;
        flowAgain();
      });
    },
    beforeInput(bytes) {
      isStopAsked = bytes.includes(stop);
      if (!isStopAsked || !(isHeld || isTurning)) return;
      isHeld = false;
      isTurning = false;
      flowAgain();
    },
  };
}
