// What a terminal tells besides keys: the mouse, the colour of its background, what it is. From one whole sequence each.

/** Something that the mouse did, at a cell counted from 0. */
export interface MouseInput {
  kind: 'mouse';
  action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown';
  /** Null for the wheel, and for a move without a button held down. */
  button: 'left' | 'middle' | 'right' | null;
  col: number;
  row: number;
}

/** The answer to OSC 11: each part from 0 to 1. */
export interface BackgroundInput {
  kind: 'background';
  red: number;
  green: number;
  blue: number;
}

/** The answer to DA1. Every terminal gives it, and after those to earlier questions: what is not told by then never is. */
export interface AttributesInput {
  kind: 'attributes';
}

const buttons = ['left', 'middle', 'right', null] as const;

/** Bits of a button's code in SGR reports (xterm's ctlseqs); 4, 8 and 16 are shift, meta and ctrl. */
const motionBit = 32;
const wheelBit = 64;
/** Buttons 8 to 11, such as "back". */
const extraBit = 128;

const csi = '\x1b[';

/** The report that a control sequence (a string of one character per byte) is, or null for any other. */
export function reportOf(sequence: string): MouseInput | AttributesInput | null {
  if (!sequence.startsWith(csi)) return null;
  if (/^\?[\d;]*c$/.test(sequence.slice(csi.length))) return { kind: 'attributes' };
  const [, code, x, y, final] = /^<(\d+);(\d+);(\d+)([Mm])$/.exec(sequence.slice(csi.length)) ?? [];
  if (code === undefined) return null;
  const meaning = mouseMeaning(Number(code), final === 'm');
  return meaning && { kind: 'mouse', ...meaning, col: cellOf(x), row: cellOf(y) };
}

function mouseMeaning(code: number, isRelease: boolean): Pick<MouseInput, 'action' | 'button'> | null {
  const number = code & 3;
  if (code >= 2 * extraBit || (code & extraBit) !== 0) return null;
  if ((code & wheelBit) !== 0) {
    // 2 and 3 are a wheel that tilts; letting go of a wheel means nothing.
    if (number > 1 || isRelease) return null;
    return { action: number === 0 ? 'wheelUp' : 'wheelDown', button: null };
  }
  const button = buttons[number] ?? null;
  if ((code & motionBit) !== 0) return { action: 'move', button };
  return { action: isRelease ? 'release' : 'press', button };
}

/** Terminals count cells from 1; 0 is what some say of a pointer outside. */
function cellOf(text: string | undefined): number {
  return Math.max(0, Number(text) - 1);
}

/**
 * The background that an OSC string tells of (`]11;rgb:0000/0000/0000`, without what ends it), or null for any other string.
 * In the forms of XParseColor(3), 1 to 4 digits a part, and with an alpha as some terminals have it.
 */
export function backgroundReport(text: string): BackgroundInput | null {
  const [, spec] = /^\]11;(.+)$/.exec(text) ?? [];
  const parts = spec === undefined ? null : (slashedParts(spec) ?? plainParts(spec));
  if (parts === null) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16) / (16 ** part.length - 1));
  return { kind: 'background', red, green, blue };
}

function slashedParts(spec: string): string[] | null {
  const pattern = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i;
  return pattern.exec(spec)?.slice(1, 4) ?? null;
}

function plainParts(spec: string): string[] | null {
  const digits = /^#((?:[\da-f]{3}){1,4})$/i.exec(spec)?.[1];
  if (digits === undefined) return null;
  const length = digits.length / 3;
  return [digits.slice(0, length), digits.slice(length, 2 * length), digits.slice(2 * length)];
}
