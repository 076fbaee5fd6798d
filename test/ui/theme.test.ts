import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/ui/display-width.ts';
import { backgroundOf, createTheme, type Theme, type ThemeOptions } from '../../src/ui/theme.ts';

const usual: ThemeOptions = { hasColor: true, background: 'dark', isAscii: false };

const themeOf = (options: Partial<ThemeOptions>) => createTheme({ ...usual, ...options });

interface Cell {
  character: string;
  /** The number of a palette colour, or null for the terminal's own. */
  colour: number | null;
  look: string;
}

/** What a terminal shows for `text`, cell by cell. */
async function cellsOf(text: string): Promise<Cell[]> {
  const terminal = new xterm.Terminal({ cols: 40, rows: 2, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(`${text}|`, resolve));
  const line = terminal.buffer.active.getLine(0)!;
  const cells = Array.from({ length: 40 }, (_, column) => line.getCell(column)!).filter(
    (cell) => cell.getChars() !== '',
  );
  const shown = cells.map((cell) => ({
    character: cell.getChars(),
    colour: cell.isFgDefault() ? null : cell.getFgColor(),
    look: [
      cell.isBold() ? 'bold' : '',
      cell.isDim() ? 'dim' : '',
      cell.isInverse() ? 'reversed' : '',
      cell.isUnderline() ? 'underlined' : '',
    ]
      .filter((word) => word !== '')
      .join(' '),
  }));
  terminal.dispose();
  return shown;
}

/** Every style of a theme on one letter. */
async function looksOf(theme: Theme): Promise<Record<string, string>> {
  const names = ['accent', 'strong', 'faint', 'selected', 'marked', 'matched', 'problem'] as const;
  const looks = names.map(async (name) => {
    const [cell] = await cellsOf(theme[name]('x'));
    return [name, [cell?.colour ?? '', cell?.look ?? ''].join(' ').trim()];
  });
  return Object.fromEntries(await Promise.all(looks));
}

describe('marks and lines', () => {
  it.each([true, false])('are one cell each, with isAscii %s', (isAscii) => {
    const { marks, lines } = themeOf({ isAscii });
    for (const mark of [...Object.values(marks), ...Object.values(lines)]) expect(widthOf(mark)).toBe(1);
  });

  it('tell the kinds of rows apart', () => {
    for (const isAscii of [true, false]) {
      const { held, running, exited, stopped, silent, marked, pinned, new: added } = themeOf({ isAscii }).marks;
      expect(new Set([held, running, exited, stopped, silent, marked, pinned, added]).size).toBe(8);
    }
  });

  it('are ASCII where they have to be', () => {
    const { marks, lines, ellipsis } = themeOf({ isAscii: true });
    expect([...Object.values(marks), ...Object.values(lines), ellipsis].join('')).toMatch(/^[\x21-\x7e]+$/);
  });
});

describe('styles', () => {
  it('have one accent, by the background', async () => {
    const dark = { accent: '6', strong: 'bold', faint: 'dim', selected: 'reversed' };
    expect(await looksOf(themeOf({ background: 'dark' }))).toEqual({
      ...dark,
      ...{ marked: '6', matched: '6 bold', problem: '1' },
    });
    expect(await looksOf(themeOf({ background: null }))).toMatchObject(dark);
    expect(await looksOf(themeOf({ background: 'light' }))).toMatchObject({
      accent: '4',
      faint: '8',
      matched: '4 bold',
    });
  });

  it('need no colour', async () => {
    const theme = themeOf({ hasColor: false, background: 'light' });
    expect(await looksOf(theme)).toEqual({
      ...{ accent: '', strong: 'bold', faint: '', selected: 'reversed' },
      ...{ marked: 'bold', matched: 'bold underlined', problem: 'bold' },
    });
  });

  it.each([true, false])('stand in each other, and end where they end (hasColor %s)', async (hasColor) => {
    const { selected, marked, matched, faint } = themeOf({ hasColor });
    const cells = await cellsOf(selected([marked(`a${matched('b')}c`), faint('d'), 'e'].join('')));
    expect(cells.map(({ character }) => character).join('')).toBe('abcde|');
    expect(cells.slice(0, 5).every(({ look }) => look.includes('reversed'))).toBe(true);
    expect(cells[2]).toEqual({ ...cells[0], character: 'c' });
    expect(cells[1]).not.toEqual({ ...cells[0], character: 'b' });
    expect(cells[4]).toEqual({ character: 'e', colour: null, look: 'reversed' });
    expect(cells[5]).toEqual({ character: '|', colour: null, look: '' });
  });

  it('add nothing to nothing', () => {
    expect(themeOf({}).matched('') + themeOf({ hasColor: false }).matched('')).toBe('');
  });
});

describe('a background', () => {
  it.each([
    ['black', [0, 0, 0], 'dark'],
    ['white', [1, 1, 1], 'light'],
    ['Solarized dark', [0, 0x2b / 255, 0x36 / 255], 'dark'],
    ['Solarized light', [0xfd / 255, 0xf6 / 255, 0xe3 / 255], 'light'],
    ['pure blue', [0, 0, 1], 'dark'],
    ['pure green', [0, 1, 0], 'light'],
    ['dark grey', [0.3, 0.3, 0.3], 'dark'],
    ['middle grey', [0.5, 0.5, 0.5], 'light'],
  ] as const)('of %s is told', (_, [red, green, blue], expected) => {
    expect(backgroundOf({ red, green, blue })).toBe(expected);
  });
});
