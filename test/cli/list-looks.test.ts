import { describe, expect, it } from 'vitest';
import { listLooks, showsUnicode } from '../../src/cli/list-looks.ts';
import { parseSettings } from '../../src/config/settings.ts';

const env = { LANG: 'en_US.UTF-8', TERM: 'xterm-256color' };

function looksOf(settings: string, more: Record<string, string> = {}) {
  return listLooks(parseSettings(settings, 'config.toml'), { ...env, ...more });
}

describe('the looks of the list', () => {
  it('are plain by default', () => {
    expect(looksOf('')).toEqual({
      hasColor: true,
      background: null,
      isAscii: false,
      isForScreenReader: false,
      hasMouse: true,
    });
  });

  it('obey the settings', () => {
    expect(looksOf('mouse = false\ntheme = "light"\nascii = true\nscreen_reader = true')).toEqual({
      hasColor: true,
      background: 'light',
      isAscii: true,
      isForScreenReader: true,
      hasMouse: false,
    });
    expect(looksOf('ascii = false', { LANG: 'C', TERM: 'linux' }).isAscii).toBe(false);
  });

  it('obey the environment where the settings leave it to it', () => {
    expect(looksOf('', { NO_COLOR: '1' }).hasColor).toBe(false);
    expect(looksOf('', { NO_COLOR: '' }).hasColor).toBe(true);
    expect(looksOf('', { TERM: 'dumb' })).toMatchObject({ hasColor: false, isAscii: true });
    expect(looksOf('', { INK_SCREEN_READER: 'true' }).isForScreenReader).toBe(true);
    expect(looksOf('', { INK_SCREEN_READER: 'false' }).isForScreenReader).toBe(false);
  });
});

describe('showsUnicode', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'de_DE.UTF-8@euro' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{ LANG: 'de_DE' }, false],
    [{}, true],
    [{ LC_ALL: 'C', LC_CTYPE: 'C.UTF-8', LANG: 'C.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
    [{ LC_CTYPE: 'C', LANG: 'C.UTF-8' }, false],
    [{ LC_CTYPE: '', LANG: 'C.UTF-8' }, true],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, false],
    [{ LANG: 'C.UTF-8', TERM: 'vt220' }, false],
    [{ LANG: 'C.UTF-8', TERM: 'dumb' }, false],
    [{ LANG: 'C.UTF-8', TERM: 'vte-256color' }, true],
    [{ LANG: 'C.UTF-8', TERM: 'xterm' }, true],
  ])('%j: %s', (env, expected) => {
    expect(showsUnicode(env)).toBe(expected);
  });
});
