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
/** A digit and the like: narrow, and an emoji once the selector follows. */
const keycap = 10;

// What the cell before can still take in; the upper bits of xterm's property value.
const closed = 0;
const afterEmoji = 1;
const afterJoiner = 2;
const afterRegional = 3;
const afterKeycap = 4;

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
/** Format characters that show: soft hyphen, and the signs that span Arabic and Kaithi numbers. */
const visibleFormat = /^[\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;
const keycapBase = /^[0-9#*]$/;

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
  const cellWidth = joinedWidth(preceding);
  switch (kind) {
    case mark:
      return property(state, cellWidth, true);
    case joiner:
      return property(state === afterEmoji ? afterJoiner : closed, cellWidth, true);
    case emojiSelector:
      return property(state, state === afterEmoji || state === afterKeycap ? 2 : cellWidth, true);
    case regional:
      return state === afterRegional ? property(closed, 2, true) : property(afterRegional, 1, false);
    case keycap:
      return property(afterKeycap, 1, false);
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

/** Columns of the cell that a join state stands for; 0 when there is none. */
export function joinedWidth(joinState: number): number {
  return (joinState >> 1) & 3;
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
  if (keycapBase.test(character)) return keycap;
  if (pictograph.test(character)) return isWide ? wideEmoji : narrowEmoji;
  return isWide ? wide : narrow;
}

function widthOf(kind: number): 0 | 1 | 2 {
  if (kind === mark || kind === joiner || kind === emojiSelector) return 0;
  return kind === wide || kind === wideEmoji || kind === modifier ? 2 : 1;
}

/** Columns that a character takes when it joins nothing. */
export function widthOfCharacter(codePoint: number): 0 | 1 | 2 {
  return widthOf(kinds[codePoint] || classify(codePoint));
}

/** Columns of a character that neither joins another one nor lets one that joins nothing itself be joined; 0 for all others. */
export function loneWidth(codePoint: number): 0 | 1 | 2 {
  const kind = kinds[codePoint] || classify(codePoint);
  if (kind === narrow || kind === narrowEmoji) return 1;
  return kind === wide || kind === wideEmoji ? 2 : 0;
}

/** True when a character joins the cell of the one that left this join state. */
export function isJoining(codePoint: number, joinState: number): boolean {
  return codePoint >= 0x300 && (charProperties(codePoint, joinState) & 1) !== 0;
}

/** Columns by which a character that joins a cell makes it wider. */
export function widening(codePoint: number, joinState: number): number {
  return joinedWidth(charProperties(codePoint, joinState)) - joinedWidth(joinState);
}

/** True for a character without a width of its own. */
export function isMark(codePoint: number): boolean {
  return codePoint >= 0x300 && widthOf(kinds[codePoint] || classify(codePoint)) === 0;
}

/** True when `next` would melt into a cell with `text` if it followed at once. */
export function wouldJoin(text: string, next: number): boolean {
  if (next < 0x300 || (kinds[next] || classify(next)) <= wide) return false;
  let state = 0;
  for (const character of text) state = charProperties(character.codePointAt(0)!, state);
  return isJoining(next, state);
}

/** True for a cell whose width is not the same in every terminal. */
export function isWidthDisputed(text: string): boolean {
  const first = text.codePointAt(0) ?? 0;
  if (first < 0x300 && text.length === 1) return false;
  return (kinds[first] || classify(first)) > wide || text.length > String.fromCodePoint(first).length;
}
