// The environment of the program inside a session: the starter's, less what speaks of the terminal it was started on,
// plus what is true of ours.

import { starterEnvironment } from '../platform/server-environment.ts';
import { serverVariable, sessionVariable } from '../platform/session-processes.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables by which a terminal, a multiplexer or an editor marks what runs inside it; false of a session. */
const outerVariables = new Set([
  'LINES',
  'COLUMNS',
  'TERMCAP',
  'WINDOWID',
  'COLORFGBG',
  'TMUX',
  'TMUX_PANE',
  'STY',
  'WINDOW',
  'TERM_PROGRAM_VERSION',
  'TERM_SESSION_ID',
  'LC_TERMINAL',
  'LC_TERMINAL_VERSION',
  'VTE_VERSION',
  'WT_SESSION',
  'WT_PROFILE_ID',
  'INSIDE_EMACS',
  'VIM_TERMINAL',
  'NVIM',
  'SSH_TTY',
]);

/** The same, as families: `KITTY_WINDOW_ID`, `ZELLIJ_SESSION_NAME`, ... */
const outerPrefixes = [
  'KITTY_',
  'WEZTERM_',
  'ALACRITTY_',
  'GHOSTTY_',
  'KONSOLE_',
  'ITERM_',
  'ZELLIJ',
  'SHPOOL_',
  'ZMX_',
];

/** The program's whole environment. `added` is what the session was given with `--env` and wins over all but our own. */
export function programEnvironment(outer: Variables, sessionId: string, added: Variables): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of [
    ...Object.entries(starterEnvironment(outer)).filter(([name]) => !isOuter(name)),
    ...defaults,
    ...Object.entries(added),
  ]) {
    if (value !== undefined) environment[name] = value;
  }
  delete environment[serverVariable];
  return { ...environment, [sessionVariable]: sessionId };
}

const defaults: readonly (readonly [string, string])[] = [
  ['TERM', 'xterm-256color'],
  ['COLORTERM', 'truecolor'],
  ['TERM_PROGRAM', 'stay'],
];

function isOuter(name: string): boolean {
  return outerVariables.has(name) || outerPrefixes.some((prefix) => name.startsWith(prefix));
}
