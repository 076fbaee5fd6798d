// How far tmux agrees with xterm about the recordings that it comes to show otherwise (the reasons stand in
// `tmux-deviations.ts`). Left and attached again at that byte, they look the same in tmux to their end; later, the session's
// screen is xterm's, and tmux has its own.

import { tmuxDeviations } from '../../../emulator/tmux-deviations.ts';
import type { Recording } from './recordings.ts';

const agreedBytes: Readonly<Record<string, number>> = {
  'ghostty/fuzz-3': 2333,
  'ghostty/fuzz-5': 550,
  'libvterm/11state_movecursor': 271,
  'libvterm/22state_save': 113,
  'libvterm/29state_fallback': 41,
  'libvterm/31state_rep': 52,
  'own-apps/vttest-cursor': 13_235,
  'own-states/decstr-after-much': 26,
  'vt100/combining': 197,
  'vt100/ich_dch_ech': 149,
  'vt100/vt': 21,
  'xtermjs/t0012-VT': 159,
  'xtermjs/t0013-FF': 159,
  'xtermjs/t0021-CUB': 293,
  'xtermjs/t0030-HPR': 8,
  'xtermjs/t0034-VPR': 78,
  'xtermjs/t0040-REP': 119,
  'xtermjs/t0050-ICH': 69,
  'xtermjs/t0053-DCH': 249,
  'xtermjs/t0060-DECSC': 126,
  'xtermjs/t0061-CSI_s': 130,
  'xtermjs/t0101-NLM': 16,
  'xtermjs/t603-DECSTBM_DECDC': 2052,
  'zellij/delete_wide_character_under_cursor': 13,
  'zellij/delete_wide_characters_before_cursor_when_cursor_is_on_wide_character': 25,
  'zellij/vttest1-1': 9576,
  'zellij/vttest1-2': 14_344,
  'own/corners': 151,
  'own/wide': 0,
  'own-states/unicode-emoji-zwj': 32,
};

// Not in the list of deviations, as it depends on where the recording is cut.
const whileInTheLine: Readonly<Record<string, string>> = {
  'own-states/unicode-emoji-zwj': 'tmux 3.3a counts a skin tone as two columns, until its line is painted again',
};

// Where plain xterm.js is wrong, too, and our emulator mends it: wide characters of today's Unicode, marks without a
// letter, a pending wrap that DECRC brings back, halves of wide characters in noise.
const wrongInXtermJs = new Set([
  'ghostty/fuzz-3',
  'ghostty/fuzz-5',
  'vt100/combining',
  'xtermjs/t0060-DECSC',
  'xtermjs/t0061-CSI_s',
  'own/wide',
  'own-states/unicode-emoji-zwj',
]);

export interface TmuxLimit {
  /** Up to this byte tmux shows what xterm shows. */
  agreedBytes: number;
  why: string;
  /** Plain xterm.js shows in the end what our emulator shows. */
  isAsInXtermJs: boolean;
}

/** Null for nearly all recordings: tmux and xterm agree on them. */
export function tmuxLimit({ id }: Recording): TmuxLimit | null {
  const why = tmuxDeviations[id] ?? whileInTheLine[id];
  if (why === undefined) return null;
  return { agreedBytes: agreedBytes[id] ?? 0, why, isAsInXtermJs: !wrongInXtermJs.has(id) };
}
