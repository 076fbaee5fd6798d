import { describe, expect, it } from 'vitest';
import {
  colorVerdict,
  localeVerdict,
  nestedVerdict,
  terminfoVerdict,
  termVerdict,
} from '../../src/cli/doctor/terminal.ts';

describe('TERM', () => {
  it.each(['xterm-256color', 'tmux-256color', 'xterm-kitty', 'alacritty', 'foot'])('"%s" is well', (TERM) => {
    expect(termVerdict({ TERM }).state).toBe('ok');
  });

  it.each(['', 'dumb', 'linux', 'vt100'])('"%s" is noted', (TERM) => {
    expect(termVerdict({ TERM }).state).toBe('note');
  });
});

describe('the description of the inner terminal', () => {
  it('is well when there is one, else a problem that says what to install', () => {
    expect(terminfoVerdict('/usr/share/terminfo/x/xterm-256color').state).toBe('ok');
    expect(terminfoVerdict(null)).toMatchObject({ state: 'problem', hint: expect.stringContaining('ncurses') });
  });
});

describe('COLORTERM', () => {
  it.each([
    ['ok', { COLORTERM: 'truecolor' }],
    ['ok', { COLORTERM: '24bit' }],
    ['ok', { TERM: 'xterm-direct' }],
    ['note', { COLORTERM: 'yes' }],
    ['note', {}],
  ])('is %s for %o', (state, env) => {
    expect(colorVerdict(env).state).toBe(state);
  });
});

describe('the locale', () => {
  const installed = ['C', 'C.utf8', 'en_US.utf8', 'POSIX'];

  it.each([
    ['ok', { LANG: 'en_US.UTF-8' }, /LANG is "en_US\.UTF-8"/],
    ['ok', { LANG: 'C', LC_ALL: 'C.UTF-8' }, /LC_ALL is/],
    ['ok', { LANG: '', LC_CTYPE: 'C.utf8' }, /LC_CTYPE is/],
    ['note', {}, /No locale is set/],
    ['note', { LANG: 'C' }, /LANG is "C"/],
    ['note', { LANG: 'C.UTF-8', LC_ALL: 'POSIX' }, /LC_ALL is "POSIX"/],
    ['note', { LANG: 'de_DE.UTF-8' }, /which this system does not have/],
    ['problem', { LANG: 'de_DE.ISO-8859-1' }, /is not UTF-8/],
  ])('is %s for %o', (state, env, message) => {
    expect(localeVerdict(env, installed)).toMatchObject({ state, message: expect.stringMatching(message) });
  });

  it('is taken at its word where the system does not tell what it has', () => {
    expect(localeVerdict({ LANG: 'de_DE.UTF-8' }, null).state).toBe('ok');
    expect(localeVerdict({ LANG: 'de_DE.UTF-8' }, []).state).toBe('ok');
  });
});

describe('other multiplexers', () => {
  it('are none by default', () => {
    expect(nestedVerdict({}, null)).toMatchObject({ state: 'ok' });
  });

  it('are noted, all of them', () => {
    const env = { TMUX: '/tmp/tmux,1,0', STY: '1.tty', ZELLIJ: '0' };
    expect(nestedVerdict(env, 'web')).toMatchObject({
      state: 'note',
      message: 'This terminal is inside tmux and GNU screen and zellij and the session "web" of stay.',
    });
    expect(nestedVerdict({ TMUX: 'x' }, null).hint).toContain('keys');
  });
});
