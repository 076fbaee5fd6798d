// SGR of colours and of what is on or off (ECMA-48 8.3.117), many times quicker than xterm.js and with the same outcome. What
// has a style or a link beyond a plain underline is left to xterm.js.

import type { CoreAttributes, CoreExtended } from './xterm-core.ts';

const indexMask = 0xff;
const rgbMask = 0xff_ffff;
const modeMask = 0x300_0000;
const palette16 = 0x100_0000;
const palette256 = 0x200_0000;
const trueColour = 0x300_0000;
/** xterm.js leaves parts of an earlier true colour behind a palette colour, and so do we. */
const paletteMask = modeMask | indexMask;
const colourMask = modeMask | rgbMask;

const underlineBit = 0x1000_0000;
const hasExtendedBit = 0x1000_0000;
/** Of `_ext`: a single underline and nothing else. */
const singleUnderline = 1 << 26;

/** What a parameter does to a pen's two numbers: first it clears bits, then it sets some. */
interface Effect {
  clearFg?: number;
  setFg?: number;
  clearBg?: number;
  setBg?: number;
}

const effects: Readonly<Record<number, Effect>> = {
  1: { setFg: 0x0800_0000 },
  2: { setBg: 0x0800_0000 },
  3: { setBg: 0x0400_0000 },
  5: { setFg: 0x2000_0000 },
  7: { setFg: 0x0400_0000 },
  8: { setFg: 0x4000_0000 },
  9: { setFg: 0x8000_0000 },
  22: { clearFg: 0x0800_0000, clearBg: 0x0800_0000 },
  23: { clearBg: 0x0400_0000 },
  25: { clearFg: 0x2000_0000 },
  27: { clearFg: 0x0400_0000 },
  28: { clearFg: 0x4000_0000 },
  29: { clearFg: 0x8000_0000 },
  39: { clearFg: colourMask },
  49: { clearBg: colourMask },
  53: { setBg: 0x4000_0000 },
  55: { clearBg: 0x4000_0000 },
  ...colourEffects(30, 0),
  ...colourEffects(90, 8),
};

function colourEffects(first: number, firstColour: number): Record<number, Effect> {
  const effects: Record<number, Effect> = {};
  for (let index = 0; index < 8; index++) {
    const colour = palette16 | firstColour | index;
    effects[first + index] = { clearFg: paletteMask, setFg: colour };
    effects[first + 10 + index] = { clearBg: paletteMask, setBg: colour };
  }
  return effects;
}

// The same as numbers, four for each parameter.
const effectCount = 108;
const table = new Int32Array(4 * effectCount);
const isKnown = new Uint8Array(effectCount);
for (const [code, { clearFg = 0, setFg = 0, clearBg = 0, setBg = 0 }] of Object.entries(effects)) {
  table.set([clearFg, setFg, clearBg, setBg], 4 * Number(code));
  isKnown[Number(code)] = 1;
}

/** Changes `pen` by `count` parameters, none of which has any of its own. False, and nothing changed, where xterm.js has to. */
export function applySgr(pen: CoreAttributes, parameters: ArrayLike<number>, count: number): boolean {
  let { fg, bg, extended } = pen;
  for (let at = 0; at < count; at++) {
    const code = parameters[at]!;
    if (code < effectCount && isKnown[code] === 1) {
      fg = (fg & ~table[4 * code]!) | table[4 * code + 1]!;
      bg = (bg & ~table[4 * code + 2]!) | table[4 * code + 3]!;
    } else if (code === 38 || code === 48) {
      const used = colourParameters(parameters, at + 1, count);
      if (used === 0) return false;
      if (code === 38) fg = withColour(fg, parameters, at + 1);
      else bg = withColour(bg, parameters, at + 1);
      at += used;
    } else {
      if (!isSimple(extended)) return false;
      if (code === 0) {
        fg = 0;
        bg = 0;
      } else if (code === 4) {
        fg |= underlineBit;
        bg |= hasExtendedBit;
      } else if (code === 24) {
        fg &= ~underlineBit;
        bg &= ~hasExtendedBit;
      } else return false;
      extended = sharedWith(extended, code === 4 ? singleUnderline : 0);
    }
  }
  pen.fg = fg;
  pen.bg = bg;
  pen.extended = extended;
  return true;
}

/** How many parameters a colour takes that begins at `at`: 0 where it is none, or not whole. */
function colourParameters(parameters: ArrayLike<number>, at: number, count: number): number {
  if (at >= count) return 0;
  const length = parameters[at] === 5 ? 2 : parameters[at] === 2 ? 4 : 0;
  return at + length <= count ? length : 0;
}

function withColour(before: number, parameters: ArrayLike<number>, at: number): number {
  if (parameters[at] === 5) return (before & ~paletteMask) | palette256 | (parameters[at + 1]! & 0xff);
  const rgb = ((parameters[at + 1]! & 0xff) << 16) | ((parameters[at + 2]! & 0xff) << 8) | (parameters[at + 3]! & 0xff);
  return ((before | trueColour) & ~rgbMask) | rgb;
}

/** Plain, or underlined once. */
function isSimple({ _ext, urlId }: CoreExtended): boolean {
  return urlId === 0 && (_ext === 0 || _ext === singleUnderline);
}

/** Those two, which all cells may share: nothing of the kind is ever changed. */
const simple = new Map<number, CoreExtended>();

function sharedWith(extended: CoreExtended, ext: number): CoreExtended {
  if (extended._ext === ext) return extended;
  let found = simple.get(ext);
  if (found === undefined) {
    found = extended.clone();
    found._ext = ext;
    simple.set(ext, found);
  }
  return found;
}
