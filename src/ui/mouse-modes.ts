// Having the mouse reported, as keys are.

/**
 * 1000: buttons and the wheel; 1003: motion as well, for hovering, where it is known; 1006: in digits, without a limit of 223
 * columns (xterm's ctlseqs). The last one set wins where two exclude each other.
 */
const modes = [1000, 1003, 1006];

/** Asks the terminal for reports that `createKeyDecoder` understands. */
export const mouseOn = modes.map((mode) => `\x1b[?${mode}h`).join('');

/** Takes that back, in the reverse order, so that no report comes in a form that nobody asked for. */
export const mouseOff = modes
  .map((mode) => `\x1b[?${mode}l`)
  .reverse()
  .join('');
