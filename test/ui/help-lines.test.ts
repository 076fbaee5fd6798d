import { describe, expect, it } from 'vitest';
import { listKeys } from '../../src/base/list-keys.ts';
import { widthOf } from '../../src/ui/display-width.ts';
import { helpLines } from '../../src/ui/help-lines.ts';
import { helpGroups } from '../../src/ui/key-table.ts';

describe('the help', () => {
  it('is no wider than it may be, at any width', () => {
    for (let width = 1; width <= 120; width++)
      for (const { text } of helpLines(listKeys, width)) expect(widthOf(text)).toBeLessThanOrEqual(width);
  });

  it.each([40, 76, 300])('tells every row at %i cells', (width) => {
    const text = helpLines(listKeys, width)
      .map((line) => line.text)
      .join('\n');
    for (const { keys, text: help } of helpGroups(listKeys).flat()) {
      expect(text).toContain(keys);
      expect(text).toContain(help);
    }
  });

  it('has two columns on a screen of 80 cells', () => {
    const lines = helpLines(listKeys, 76);
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines[0]).toEqual({
      text: expect.stringMatching(/^Looking {3,}Doing$/),
      headings: [
        { at: 0, text: 'Looking' },
        { at: lines[0]?.text.indexOf('Doing'), text: 'Doing' },
      ],
    });
    const beside = lines.find(({ text, headings }) => /^\S/.test(text) && headings.length === 1);
    const [heading] = beside?.headings ?? [];
    expect(beside?.text.slice(heading?.at)).toMatch(new RegExp(`^${heading?.text}`));
  });

  it('has one column where two have no room, a blank line between the groups', () => {
    const lines = helpLines(listKeys, 40);
    expect(lines.flatMap(({ headings }) => headings.map(({ text }) => text))).toEqual([
      'Looking',
      'While filtering',
      'Doing',
      'New session',
      'Typing',
    ]);
    expect(lines.filter(({ text }) => text === '')).toHaveLength(4);
  });

  it('copes with a table without keys', () => {
    const nothing = { browse: [], name: [], filter: [], form: [], question: [], help: [] };
    expect(helpLines(nothing, 20).map(({ text }) => text)).toContain('Looking');
  });
});
