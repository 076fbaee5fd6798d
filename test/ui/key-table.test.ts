import { describe, expect, it } from 'vitest';
import { type Binding, type KeyTable, listKeys } from '../../src/base/list-keys.ts';
import { actionOf, helpGroups, keyLabel } from '../../src/ui/key-table.ts';

const tables = Object.entries<readonly Binding<string>[]>({ ...listKeys });

describe('the key table', () => {
  it.each(tables)('gives no key two meanings: %s', (_, bindings) => {
    const names = bindings.flatMap(({ keys }) => [...keys]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(tables)('gives no action twice, and each a key and a help: %s', (_, bindings) => {
    expect(new Set(bindings.map(({ action }) => action)).size).toBe(bindings.length);
    for (const { keys, help } of bindings) {
      expect(keys.length).toBeGreaterThan(0);
      expect(help).not.toBe('');
    }
  });

  it.each(['browse', 'name', 'filter', 'form'] as const)(
    'takes a line feed for Enter, unless it is bound: %s',
    (mode) => {
      const bindings: readonly Binding<string>[] = listKeys[mode];
      expect(actionOf(bindings, 'ctrl-j')).toBe(actionOf(bindings, 'enter'));
      const bound = [{ action: 'down', keys: ['ctrl-j'], help: '' }, ...bindings];
      expect(actionOf(bound, 'ctrl-j')).toBe('down');
    },
  );

  it('has the keys that people know', () => {
    const does = (name: string) => actionOf(listKeys.browse, name);
    expect(
      Object.fromEntries(['j', 'k', 'g', 'G', 'pageup', 'pagedown', 'enter', '/'].map((key) => [key, does(key)])),
    ).toEqual({
      j: 'down',
      k: 'up',
      g: 'first',
      G: 'last',
      pageup: 'page_up',
      pagedown: 'page_down',
      enter: 'attach',
      '/': 'filter',
    });
    expect(['n', 'r', 'x', 'R', 'space', 'd', 'y', '?', 'q', 'esc', 'o', '*', 'p', 'tab'].map(does)).toEqual([
      'new',
      'rename',
      'kill',
      'restart',
      'mark',
      'detach',
      'copy',
      'help',
      'quit',
      'quit',
      'order',
      'pin',
      'preview',
      'preview',
    ]);
  });

  it('says nothing of other keys', () => {
    expect(actionOf(listKeys.browse, 'z')).toBe(undefined);
    expect(actionOf(listKeys.question, 'Y')).toBe(undefined);
    expect(actionOf(listKeys.question, 'enter')).toBe(undefined);
  });

  it('lets one always leave', () => {
    const leaving = { browse: 'quit', name: 'cancel', filter: 'cancel', form: 'cancel', question: 'no', help: 'close' };
    for (const [mode, action] of Object.entries(leaving))
      for (const key of ['esc', 'ctrl-c'])
        expect(actionOf(listKeys[mode as keyof KeyTable] as readonly Binding<string>[], key)).toBe(action);
  });

  it('names keys as they are printed on a keyboard', () => {
    const names = ['j', '?', 'esc', 'ctrl-u', 'pagedown', 'up', 'shift-tab', 'f1', 'space', '-'];
    expect(names.map(keyLabel)).toEqual(['j', '?', 'Esc', 'Ctrl-U', 'PgDn', 'Up', 'Shift-Tab', 'F1', 'Space', '-']);
  });
});

describe('the groups of the help', () => {
  it('begin with a heading, and tell every key and what it does', () => {
    const groups = helpGroups(listKeys);
    expect(groups.map(([heading]) => heading)).toEqual(
      ['Looking', 'While filtering', 'Doing', 'New session', 'Typing'].map((text) => ({ keys: '', text })),
    );
    const rows = groups.flat();
    for (const { keys, help } of [...listKeys.browse, ...listKeys.name.slice(2)])
      expect(rows).toContainEqual({ keys: keys.map(keyLabel).join(', '), text: help });
    expect(rows).toContainEqual({ keys: '1-9', text: 'attach to that row' });
  });

  it('tell of the keys that the settings give, and of no action without one', () => {
    const browse = listKeys.browse.map((binding) =>
      binding.action === 'kill'
        ? { ...binding, keys: ['ctrl-k'] }
        : binding.action === 'pin'
          ? { ...binding, keys: [] }
          : binding,
    );
    const rows = helpGroups({ ...listKeys, browse }).flat();
    expect(rows).toContainEqual({ keys: 'Ctrl-K', text: 'kill (asks)' });
    expect(rows.filter(({ text }) => text === 'pin to the top')).toEqual([]);
  });
});
