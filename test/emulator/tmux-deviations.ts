// Recordings that tmux 3.3a itself shows otherwise than xterm does. The emulator keeps to xterm, so a repaint shows
// there what xterm would have shown, and not what tmux made of the bytes. Each with its reason.

const pendingWrap =
  'after the last column tmux counts the cursor as one column further: BS, CUB, VT, FF, ICH, DCH act there';
const unknownSequence = (name: string) => `tmux does not know ${name}`;

const columnMode = 'DECCOLM: tmux clears the screen at CSI ? 3 l, xterm only after CSI ? 40 h';
export const tmuxDeviations: Readonly<Record<string, string>> = {
  'ghostty/fuzz-3': `noise, with ${pendingWrap}`,
  'ghostty/fuzz-5': 'noise, with sequences that tmux does not know',
  'libvterm/11state_movecursor': unknownSequence('CHT'),
  'libvterm/22state_save': unknownSequence('?1048'),
  'libvterm/29state_fallback': 'tmux takes an APC string for a title',
  'libvterm/31state_rep': 'REP of tmux does not wrap',
  'own-apps/vttest-cursor': columnMode,
  'own-states/decstr-after-much': unknownSequence('DECSTR'),
  'vt100/combining': pendingWrap,
  'vt100/ich_dch_ech': pendingWrap,
  'vt100/vt': pendingWrap,
  'xtermjs/t0012-VT': pendingWrap,
  'xtermjs/t0013-FF': pendingWrap,
  'xtermjs/t0021-CUB': pendingWrap,
  'xtermjs/t0030-HPR': unknownSequence('HPR'),
  'xtermjs/t0034-VPR': unknownSequence('VPR'),
  'xtermjs/t0040-REP': 'REP of tmux does not wrap',
  'xtermjs/t0050-ICH': pendingWrap,
  'xtermjs/t0053-DCH': pendingWrap,
  'xtermjs/t0060-DECSC': 'DECRC of tmux does not bring a pending wrap back',
  'xtermjs/t0061-CSI_s': 'DECRC of tmux does not bring a pending wrap back',
  'xtermjs/t0101-NLM': unknownSequence('newline mode'),
  'xtermjs/t603-DECSTBM_DECDC': unknownSequence('DECDC and DECIC'),
  'zellij/delete_wide_character_under_cursor': 'tmux deletes half of a wide character without a trace',
  'zellij/delete_wide_characters_before_cursor_when_cursor_is_on_wide_character':
    'tmux deletes half of a wide character without a trace',
  'zellij/vttest1-1': pendingWrap,
  'zellij/vttest1-2': columnMode,
  'own/corners': pendingWrap,
  'own/wide': 'tmux 3.3a counts a skin tone as two columns of its own',
};
