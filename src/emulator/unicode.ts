// How many columns a character takes, and which ones melt into the cell before: today's Unicode, emoji sequences as
// one wide cell, in place of the Unicode 6 that xterm.js comes with.

import type { IUnicodeVersionProvider } from '@xterm/headless';
import { eastAsianWidth } from 'get-east-asian-width';

// Kinds of characters; 0 is "not looked at yet".
const narrow = 1;
const wide = 2;
const mark = 3;
const joiner = 4;
const emojiSelector = 5;
const narrowEmoji = 6;
const wideEmoji = 7;
const regional = 8;
const modifier = 9;

// What the cell before can still take in; the upper bits of xterm's property value.
const closed = 0;
const afterEmoji = 1;
const afterJoiner = 2;
const afterRegional = 3;

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
/** Format characters that show: soft hyphen, and the signs that span Arabic and Kaithi numbers. */
const visibleFormat = /^[\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;
const emoji = /^[\p{Extended_Pictographic}0-9#*]$/u;

/** Kind of each code point, filled in as they come: each is classified once. */
const kinds = new Uint8Array(0x11_0000);

/** Registered with xterm under this name. */
export const unicodeVersion = 'stay';

export const unicodeWidths: IUnicodeVersionProvider = {
  version: unicodeVersion,
  wcwidth: (codePoint) => widthOf(kinds[codePoint] || classify(codePoint)),
  charProperties,
} as IUnicodeVersionProvider;

function charProperties(codePoint: number, preceding: number): number {
  const kind = kinds[codePoint] || classify(codePoint);
  if (kind === narrow) return property(closed, 1, false);
  if (kind === wide) return property(closed, 2, false);
  const state = preceding >> 3;
  // 0 where a control came between: then a mark still joins the cell before, as in other terminals.
  const cellWidth = (preceding >> 1) & 3;
  switch (kind) {
    case mark:
      return property(state, cellWidth, true);
    case joiner:
      return property(state === afterEmoji ? afterJoiner : closed, cellWidth, true);
    case emojiSelector:
      return property(state, state === afterEmoji ? 2 : cellWidth, true);
    case regional:
      return state === afterRegional ? property(closed, 2, true) : property(afterRegional, 1, false);
    case modifier:
      return property(afterEmoji, 2, state === afterEmoji);
    default: {
      const isJoined = state === afterJoiner;
      return property(afterEmoji, isJoined ? cellWidth : widthOf(kind), isJoined);
    }
  }
}

/** The layout that xterm's UnicodeService reads. */
function property(state: number, width: number, isJoined: boolean): number {
  return (state << 3) | (width << 1) | (isJoined ? 1 : 0);
}

function classify(codePoint: number): number {
  const kind = kindOf(codePoint);
  kinds[codePoint] = kind;
  return kind;
}

function kindOf(codePoint: number): number {
  if (codePoint === 0x200d) return joiner;
  if (codePoint === 0xfe0f) return emojiSelector;
  if (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) return regional;
  if (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff) return modifier;
  const character = String.fromCodePoint(codePoint);
  if (zeroWidth.test(character) && !visibleFormat.test(character)) return mark;
  const isWide = eastAsianWidth(codePoint) === 2;
  if (emoji.test(character)) return isWide ? wideEmoji : narrowEmoji;
  return isWide ? wide : narrow;
}

function widthOf(kind: number): 0 | 1 | 2 {
  if (kind === mark || kind === joiner || kind === emojiSelector) return 0;
  return kind === wide || kind === wideEmoji || kind === modifier ? 2 : 1;
}

/** True for a character that could melt into the cell before it if it followed at once. */
export function mayJoin(codePoint: number): boolean {
  return codePoint >= 0x300 && (kinds[codePoint] || classify(codePoint)) > wide;
}

/** True for a cell whose width is not the same in every terminal. */
export function isWidthDisputed(text: string): boolean {
  const first = text.codePointAt(0) ?? 0;
  if (first < 0x300 && text.length === 1) return false;
  const kind = kinds[first] || classify(first);
  return kind > wide || text.length > String.fromCodePoint(first).length;
}
