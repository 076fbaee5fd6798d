// The attributes that text is written with, as the sequences that set them. Knows the bit layout of xterm's cells.

import type { CoreAttributes, CoreExtended } from './xterm-core.ts';

const colourMask = 0x3ff_ffff;
const colourModeMask = 0x300_0000;
const palette16 = 0x100_0000;
const palette256 = 0x200_0000;

const fgFlags = [
  { bit: 0x0800_0000, sgr: '1' },
  { bit: 0x2000_0000, sgr: '5' },
  { bit: 0x0400_0000, sgr: '7' },
  { bit: 0x4000_0000, sgr: '8' },
  { bit: 0x8000_0000, sgr: '9' },
] as const;
const underlineBit = 0x1000_0000;

const bgFlags = [
  { bit: 0x0800_0000, sgr: '2' },
  { bit: 0x0400_0000, sgr: '3' },
  { bit: 0x4000_0000, sgr: '53' },
] as const;
const hasExtendedBit = 0x1000_0000;
const protectedBit = 0x2000_0000;

const underlineStyleShift = 26;
const underlineStyleMask = 0x7;

/** What a pen is made of, as numbers that compare. */
export interface Pen {
  fg: number;
  /** Without the bit that only says that there is an `ext` or a link. */
  bg: number;
  /** Underline style and colour, in xterm's layout. */
  ext: number;
  /** 0 for none. */
  linkId: number;
}

export const plainPen: Readonly<Pen> = Object.freeze({ fg: 0, bg: 0, ext: 0, linkId: 0 });

/** The pen in `attributes`: what the next character is written with. */
export function penOf(attributes: CoreAttributes): Pen {
  return penFrom(attributes.fg, attributes.bg, attributes.extended);
}

/** Makes `pen` the one in `attributes`, but for its link. */
export function setPen(attributes: CoreAttributes, pen: Readonly<Pen>): void {
  attributes.fg = pen.fg;
  attributes.bg = pen.bg;
  attributes.extended = attributes.extended.clone();
  attributes.extended._ext = pen.ext;
  const hasStyle = ((pen.ext >>> underlineStyleShift) & underlineStyleMask) !== 0;
  if (hasStyle || attributes.extended.urlId !== 0) attributes.bg |= hasExtendedBit;
}

/** The pen of a cell. A cell without the bit has no extended attributes, whatever lies in their place. */
export function cellPen(fg: number, bg: number, extended: CoreExtended | undefined): Pen {
  return penFrom(fg, bg, (bg & hasExtendedBit) === 0 ? undefined : extended);
}

function penFrom(fg: number, bg: number, extended: CoreExtended | undefined): Pen {
  return {
    fg: withoutLeftovers(fg),
    bg: withoutLeftovers(bg & ~hasExtendedBit),
    ext: withoutLeftovers(extended?._ext ?? 0),
    linkId: extended?.urlId ?? 0,
  };
}

// xterm.js leaves parts of an earlier true colour behind a palette colour.
function withoutLeftovers(attribute: number): number {
  const mode = attribute & colourModeMask;
  if (mode === colourModeMask) return attribute >>> 0;
  return (attribute & ~(mode === 0 ? 0xff_ffff : 0xff_ff00)) >>> 0;
}

export function samePen(a: Readonly<Pen>, b: Readonly<Pen>): boolean {
  return a.fg === b.fg && a.bg === b.bg && a.ext === b.ext && a.linkId === b.linkId;
}

/** The bg with which a terminal that erases with the current colour would have made this blank, or -1 for another blank. */
export function eraseColour(fg: number, bg: number): number {
  return fg === 0 && (bg & ~colourMask) === 0 ? withoutLeftovers(bg) : -1;
}

/** The pen that erases to `bg` colour alone. */
export function erasePen(bg: number): Pen {
  return { fg: 0, bg, ext: 0, linkId: 0 };
}

/** The same without the protection from erasing (DECSCA), which no SGR sets. */
export function withoutProtection(pen: Readonly<Pen>): Pen {
  return { ...pen, bg: (pen.bg & ~protectedBit) >>> 0 };
}

/** From any pen to `pen`: one SGR that starts at 0, and the protection that SGR 0 leaves alone on most terminals. */
export function penSequence(pen: Readonly<Pen>, previous: Readonly<Pen>): string {
  const sgr = `\x1b[${sgrParameters(pen)}m`;
  if ((pen.bg & protectedBit) !== 0) return `${sgr}\x1b[1"q`;
  return (previous.bg & protectedBit) !== 0 ? `${sgr}\x1b[0"q` : sgr;
}

/** Everything but link and protection, as the parameters of one SGR; a leading 0 resets what was before. */
export function sgrParameters(pen: Readonly<Pen>): string {
  let parameters = '0';
  for (const flag of fgFlags) if ((pen.fg & flag.bit) !== 0) parameters += `;${flag.sgr}`;
  for (const flag of bgFlags) if ((pen.bg & flag.bit) !== 0) parameters += `;${flag.sgr}`;
  if ((pen.fg & underlineBit) !== 0) parameters += underlineParameters(pen.ext);
  const underlineColour = pen.ext & colourMask;
  if (underlineColour !== 0) parameters += underlineColourParameters(underlineColour);
  return parameters + colourParameters(pen.fg & colourMask, 30) + colourParameters(pen.bg & colourMask, 40);
}

function underlineParameters(ext: number): string {
  const style = (ext >>> underlineStyleShift) & underlineStyleMask;
  // Plain `4` where it will do: a terminal without styles may take `4:1` for nothing at all.
  return style <= 1 ? ';4' : `;4:${style}`;
}

// Colons: a terminal that does not know 58 then skips it whole, instead of reading 2 and 5 as dim and blink.
function underlineColourParameters(colour: number): string {
  if ((colour & colourModeMask) !== colourModeMask) return `;58:5:${colour & 0xff}`;
  return `;58:2::${(colour >> 16) & 0xff}:${(colour >> 8) & 0xff}:${colour & 0xff}`;
}

function colourParameters(colour: number, base: 30 | 40): string {
  const mode = colour & colourModeMask;
  const index = colour & 0xff;
  if (mode === 0) return '';
  if (mode === palette16) return `;${index < 8 ? base + index : base + 60 + index - 8}`;
  if (mode === palette256) return `;${base + 8};5;${index}`;
  return `;${base + 8};2;${(colour >> 16) & 0xff};${(colour >> 8) & 0xff};${index}`;
}
