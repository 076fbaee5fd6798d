// What a terminal's modes and settings come to, whatever way it got there.

import type { Emulator } from '../../src/emulator/emulator.ts';
import { cellPen } from '../../src/emulator/pen.ts';
import type { Titles } from '../../src/emulator/titles.ts';

const onByDefault = new Set([7, 8, 25]);

/** Modes that are not as in a new terminal, and settings that differ from theirs; equal for equal terminals. */
export function effectiveState(emulator: Emulator): unknown {
  const { core, tracker, isNewlineMode, pending } = emulator.parts;
  const { active } = core.buffers;
  const { fg, bg, extended } = core._inputHandler._curAttrData;
  const pen = cellPen(fg, bg | 0x1000_0000, extended);
  const { modes, colours, keyModifiers } = tracker;
  return {
    isAlternate: emulator.isAlternateScreen,
    privateModes: [...modes.privateModes].filter(([mode, isOn]) => isOn !== onByDefault.has(mode)).sort(byNumber),
    shown: [6, 7, 25, 45].map((mode) => tracker.isPrivateSet(mode)),
    ansiModes: [...modes.ansiModes].filter(([mode, isOn]) => isOn !== (mode === 12)).sort(byNumber),
    insert: core.coreService.modes.insertMode,
    isNewlineMode,
    region: [active.scrollTop, active.scrollBottom],
    pen: [pen.fg, pen.bg, pen.ext, pen.linkId > 0],
    charset: core._charsetService.charset,
    cursorStyle: tracker.cursorStyle || 0,
    keys: tracker.keys.entries,
    keyModifiers: [...keyModifiers.values].filter(([, value]) => value !== undefined).sort(byNumber),
    palette: [...colours.palette].sort(byNumber),
    special: [...colours.special].sort(byNumber),
    pending: [...pending],
  };
}

function byNumber([first]: readonly [number, unknown], [second]: readonly [number, unknown]): number {
  return first - second;
}

interface TitleState {
  current: string | undefined;
  entries: (string | undefined)[];
}

/** Both titles and their stacks; of a session shown in a terminal of its `own` titles, less those. */
export function titlesOf(emulator: Emulator, own: TitleState | null): Record<'window' | 'icon', TitleState> {
  const { window, icon } = emulator.parts.tracker.titles;
  return { window: titleState(window, own), icon: titleState(icon, own) };
}

function titleState({ current, entries }: Titles['window'], own: TitleState | null): TitleState {
  if (own === null) return { current, entries: [...entries] };
  // The one on top of its own stack is its own title, pushed by the repaint.
  const less = (title: string | undefined) => (title === own.current ? undefined : title);
  return { current: less(current), entries: entries.slice(own.entries.length + 1).map(less) };
}
