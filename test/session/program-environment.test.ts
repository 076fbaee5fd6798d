import { describe, expect, it } from 'vitest';
import { programEnvironment } from '../../src/session/program-environment.ts';

const id = 'abcdefghij';

describe('programEnvironment', () => {
  it('says what the session is, whatever the starter was told', () => {
    const outer = { TERM: 'dumb', COLORTERM: '24bit', TERM_PROGRAM: 'iTerm.app', STAY_SESSION: 'another001' };
    expect(programEnvironment(outer, id, {})).toEqual({
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      TERM_PROGRAM: 'stay',
      STAY_SESSION: id,
    });
  });

  it.each([
    'LINES',
    'COLUMNS',
    'TMUX',
    'TMUX_PANE',
    'STY',
    'WINDOW',
    'WINDOWID',
    'TERMCAP',
    'COLORFGBG',
    'TERM_PROGRAM_VERSION',
    'TERM_SESSION_ID',
    'LC_TERMINAL',
    'LC_TERMINAL_VERSION',
    'VTE_VERSION',
    'WT_SESSION',
    'INSIDE_EMACS',
    'VIM_TERMINAL',
    'NVIM',
    'SSH_TTY',
    'STAY_SERVER',
    'KITTY_WINDOW_ID',
    'WEZTERM_PANE',
    'ALACRITTY_WINDOW_ID',
    'GHOSTTY_BIN_DIR',
    'KONSOLE_VERSION',
    'ITERM_SESSION_ID',
    'ZELLIJ',
    'ZELLIJ_SESSION_NAME',
    'SHPOOL_SESSION_NAME',
    'ZMX_SESSION',
  ])('does not hand %s of the outer terminal on', (name) => {
    expect(programEnvironment({ [name]: '1' }, id, {})).not.toHaveProperty(name);
  });

  it('hands everything else on, empty values too', () => {
    const outer = {
      PATH: '/bin',
      LANG: 'C.UTF-8',
      LC_ALL: '',
      SSH_CONNECTION: '192.0.2.7 1 192.0.2.8 22',
      TMUXINATOR: 'x',
      UNSET: undefined,
    };
    const environment = programEnvironment(outer, id, {});
    expect(environment).toMatchObject({
      PATH: '/bin',
      LANG: 'C.UTF-8',
      LC_ALL: '',
      SSH_CONNECTION: '192.0.2.7 1 192.0.2.8 22',
      TMUXINATOR: 'x',
    });
    expect(environment).not.toHaveProperty('UNSET');
  });

  it('lets the session have what it was given, even of the names above', () => {
    const added = { TERM: 'xterm-direct', LINES: '50', NEW: 'x', PATH: '/opt/bin' };
    expect(programEnvironment({ PATH: '/bin' }, id, added)).toMatchObject(added);
  });

  it('lets nobody say that it is another session, or a server', () => {
    const environment = programEnvironment({}, id, { STAY_SESSION: 'another001', STAY_SERVER: 'another001' });
    expect(environment.STAY_SESSION).toBe(id);
    expect(environment).not.toHaveProperty('STAY_SERVER');
  });
});
