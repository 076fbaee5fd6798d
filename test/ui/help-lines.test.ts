import { describe, expect, it } from 'vitest';
import { listKeys } from '../../src/base/list-keys.ts';
import { widthOf } from '../../src/ui/display-width.ts';
import { helpLines, helpText } from '../../src/ui/help-lines.ts';
import { helpGroups } from '../../src/ui/key-table.ts';

describe('the help', () => {
  it('is no wider than it may be, at any width', () => {
    for (let width = 1; width <= 120; width++)
      for (const line of helpLines(listKeys, width)) expect(widthOf(helpText(line))).toBeLessThanOrEqual(width);
  });

  it.each([40, 76, 300])('tells every row at %i cells', (width) => {
    const text = helpLines(listKeys, width).map(helpText).join('\n');
    for (const { keys, text: help } of helpGroups(listKeys).flat()) {
      expect(text).toContain(keys);
      expect(text).toContain(help);
    }
  });

  it('has two columns on a screen of 80 cells', () => {
    const lines = helpLines(listKeys, 76);
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines[0]).toEqual([
      { text: expect.stringMatching(/^Looking {3,}$/), isHeading: true },
      { text: 'Doing', isHeading: true },
    ]);
    expect(lines[1]?.map(({ isHeading }) => isHeading)).toEqual([false, false]);
    const beside = lines.find(
      (line) => line.length === 2 && line[0]?.text.trim() !== '' && line[0]?.isHeading !== line[1]?.isHeading,
    );
    expect(beside?.filter(({ isHeading }) => isHeading)).toHaveLength(1);
  });

  it('has one column where two have no room, a blank line between the groups', () => {
    const lines = helpLines(listKeys, 40);
    expect(lines.flatMap((line) => line.filter(({ isHeading }) => isHeading).map(({ text }) => text))).toEqual([
      'Looking',
      'While filtering',
      'Doing',
      'New session',
      'Typing',
    ]);
    expect(lines.filter((line) => helpText(line) === '')).toHaveLength(4);
  });

  it('copes with a table without keys', () => {
    const nothing = { browse: [], name: [], filter: [], form: [], question: [], help: [] };
    expect(helpLines(nothing, 20).map(helpText)).toContain('Looking');
  });
});
