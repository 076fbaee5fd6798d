import { describe, expect, it } from 'vitest';
import { readKeyName } from '../../src/base/key-notation.ts';
import { type BrowseAction, type KeyTable, listKeys } from '../../src/base/list-keys.ts';
import { readKeyBindings } from '../../src/config/key-bindings.ts';

function tableOf(table: unknown): KeyTable {
  const reading = readKeyBindings(table);
  if (reading.kind === 'problem') throw new Error(`${reading.action}: ${reading.problem}`);
  return reading.keys;
}

function keysOf(action: BrowseAction, table: unknown): readonly string[] {
  return tableOf(table).browse.find((binding) => binding.action === action)!.keys;
}

function problemOf(table: unknown): string {
  const reading = readKeyBindings(table);
  return reading.kind === 'problem' ? `${reading.action}: ${reading.problem}` : 'none';
}

describe('key bindings', () => {
  it('are the usual ones unless told otherwise', () => {
    expect(tableOf({})).toEqual(listKeys);
  });

  it.each([
    ['ctrl-x', ['ctrl-x']],
    ['Ctrl+X', ['ctrl-x']],
    ['shift-g', ['G']],
    ['PageDown', ['pagedown']],
    [
      ['F5', 'space', 'f5'],
      ['f5', 'space'],
    ],
    ['ctrl-i', ['tab']],
    ['0', ['0']],
    [[], []],
  ])('bind %j', (written, keys) => {
    expect(keysOf('kill', { kill: written })).toEqual(keys);
  });

  it('leave everything else as it is', () => {
    const { browse, ...others } = tableOf({ kill: 'f5' });
    expect(browse.filter(({ action }) => action !== 'kill')).toEqual(
      listKeys.browse.filter(({ action }) => action !== 'kill'),
    );
    expect(browse.map(({ action }) => action)).toEqual(listKeys.browse.map(({ action }) => action));
    expect({ ...others, browse: listKeys.browse }).toEqual(listKeys);
  });

  it('take a key from what usually has it', () => {
    const table = { kill: ['d', 'g'], pin: [] };
    expect(keysOf('kill', table)).toEqual(['d', 'g']);
    expect(keysOf('detach', table)).toEqual([]);
    expect(keysOf('first', table)).toEqual(['home']);
    expect(keysOf('pin', table)).toEqual([]);
  });

  it('may change places', () => {
    const table = { kill: 'd', detach: 'x' };
    expect([keysOf('kill', table), keysOf('detach', table)]).toEqual([['d'], ['x']]);
  });

  it.each([
    [{ kil: 'x' }, 'kil: is no action of the list; did you mean "kill"?'],
    [{ 'page-up': 'x' }, 'page-up: is no action of the list; did you mean "page_up"?'],
    [{ zap: 'x' }, `zap: is no action of the list; they are ${listKeys.browse.map(({ action }) => action).join(', ')}`],
    [JSON.parse('{"__proto__": "x"}'), '__proto__: is no action of the list; they are'],
    [{ kill: 'hyper-x' }, 'kill: has a key that cannot be used: "hyper" in "hyper-x" is no modifier'],
    [{ kill: 'pagedwn' }, 'kill: has a key that cannot be used: there is no key "pagedwn"; did you mean "pagedown"?'],
    [{ kill: 'd d' }, 'kill: has a key that cannot be used: "d d" is more than one key'],
    [{ kill: '' }, 'kill: has a key that cannot be used: a key is missing'],
    [{ kill: ['f5', '7'] }, 'kill: has a key that cannot be used: "7" attaches to the row of that number'],
    [{ kill: true }, 'kill: must be a key in quotes, a list of them, or [] for none'],
    [{ kill: [['x']] }, 'kill: must be a key in quotes'],
    [{ kill: 'f5', order: 'o', pin: ['P', 'F5'] }, 'pin: has the key "f5", which "keys.kill" has, too'],
    [{ preview: 'tab', copy: 'ctrl-i' }, 'copy: has the key "tab", which "keys.preview" has, too'],
    [{ quit: [], kill: 'f5' }, 'quit: leaves no key to quit with'],
    [{ kill: 'q', copy: ['esc', 'ctrl-c'], pin: 'f5' }, 'copy: leaves no key to quit with'],
    [[], 'null: must be a table'],
    ['x', 'null: must be a table'],
    [null, 'null: must be a table'],
  ])('refuse %j', (table, problem) => {
    expect(problemOf(table)).toContain(problem);
  });

  it('may take all usual keys of quitting when it has another', () => {
    expect(keysOf('quit', { kill: 'q', copy: ['esc', 'ctrl-c'], quit: 'Q' })).toEqual(['Q']);
  });
});

describe('the usual keys', () => {
  const tables = Object.entries(listKeys) as [string, readonly { keys: readonly string[] }[]][];

  it.each(tables)('of %s have the names that the decoder gives', (_, bindings) => {
    const names = bindings.flatMap(({ keys }) => keys);
    expect(names.map((name) => readKeyName(name))).toEqual(names.map((name) => ({ kind: 'key', name })));
  });

  it.each(tables)('of %s have one meaning each', (_, bindings) => {
    const names = bindings.flatMap(({ keys }) => keys);
    expect(names).toEqual([...new Set(names)]);
  });
});
