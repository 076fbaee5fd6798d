// How the list is to look here: what the settings say, and where they leave it open, what the environment tells.

import type { Settings } from '../config/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ListLooks {
  hasColor: boolean;
  /** Null when the terminal is to be asked. */
  background: 'dark' | 'light' | null;
  isAscii: boolean;
  isForScreenReader: boolean;
  hasMouse: boolean;
}

/** Terminals whose fonts have little beyond ASCII. */
const poorFonts = /^(?:linux|dumb|vt\d)/;

export function listLooks({ mouse, theme, ascii, screenReader }: Settings, env: Environment): ListLooks {
  return {
    // https://no-color.org: any value but an empty one.
    hasColor: !env.NO_COLOR && env.TERM !== 'dumb',
    background: theme === 'auto' ? null : theme,
    isAscii: ascii === 'auto' ? !showsUnicode(env) : ascii,
    // Ink's own variable.
    isForScreenReader: screenReader || env.INK_SCREEN_READER === 'true',
    hasMouse: mouse,
  };
}

/**
 * Whether the terminal shows more than ASCII: unless it has a poor font, or a locale says otherwise, the first that is set of
 * those that POSIX has. Where none is set, as in many containers, the terminal is still one of today's.
 */
export function showsUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && !poorFonts.test(env.TERM ?? '');
}
