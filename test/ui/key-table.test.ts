import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/ui/display-width.ts';
import { helpLines } from '../../src/ui/help-lines.ts';
import { actionOf, type Binding, keyLabel, keyTable } from '../../src/ui/key-table.ts';

describe('the key table', () => {
  it.each(Object.entries(keyTable))('gives no key two meanings: %s', (_, bindings: readonly Binding<string>[]) => {
    const names = bindings.flatMap(({ keys }) => [...keys]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says what a key does', () => {
    expect(actionOf(keyTable.browse, 'j')).toBe('down');
    expect(actionOf(keyTable.browse, 'G')).toBe('last');
    expect(actionOf(keyTable.browse, 'z')).toBe(undefined);
    expect(actionOf(keyTable.question, 'Y')).toBe(undefined);
  });

  it('names keys as they are printed on a keyboard', () => {
    expect(['j', '?', 'esc', 'ctrl-u', 'pagedown', 'up'].map(keyLabel)).toEqual([
      'j',
      '?',
      'Esc',
      'Ctrl-U',
      'PgDn',
      'Up',
    ]);
  });
});

describe('the help', () => {
  it.each([20, 40, 78, 300])('tells every key at %i cells', (width) => {
    const lines = helpLines(keyTable, width).map(({ text }) => text);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    for (const name of [...keyTable.browse, ...keyTable.name].flatMap((binding: Binding<string>) => binding.keys)) {
      const label = keyLabel(name);
      expect(lines.some((line) => line.includes(label))).toBe(true);
    }
  });

  it('fits a screen of 80x24 whole', () => {
    expect(helpLines(keyTable, 78).length).toBeLessThanOrEqual(20);
  });
});
