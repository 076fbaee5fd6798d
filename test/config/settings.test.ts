import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listKeys } from '../../src/base/list-keys.ts';
import { StayError } from '../../src/base/stay-error.ts';
import { type KeyPath, keyLine } from '../../src/config/key-line.ts';
import { parseSettings, settingsTable } from '../../src/config/settings.ts';

const path = '/home/me/.config/stay/config.toml';

function settingsFrom(...lines: string[]) {
  const { detachKeys, nextKeys, previousKeys, lastKeys, listKeys, ...others } = parseSettings(lines.join('\n'), path);
  const notations = Object.entries({ detachKeys, nextKeys, previousKeys, lastKeys, listKeys }).map(
    ([name, keys]) => [name, keys.map((key) => key.notation)] as const,
  );
  return { ...Object.fromEntries(notations), ...others };
}

function errorFrom(...lines: string[]): StayError {
  try {
    parseSettings(lines.join('\n'), path);
  } catch (error) {
    if (error instanceof StayError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('parseSettings', () => {
  it.each(['', '\n', '# nothing\n', '\ufeff'])('gives the defaults for %j', (text) => {
    expect(settingsFrom(text)).toEqual({
      detachKeys: ['ctrl-\\'],
      nextKeys: [],
      previousKeys: [],
      lastKeys: [],
      listKeys: [],
      status: false,
      replayLines: 1000,
      restart: 'auto',
      private: false,
      keepExited: null,
      mouse: true,
      theme: 'auto',
      ascii: 'auto',
      order: 'recent',
      screenReader: false,
      keys: listKeys,
      historyLines: 10_000,
      historyLimit: 64 * 1024 * 1024,
    });
  });

  it('reads every setting', () => {
    const text = [
      String.raw`detach_keys = ["ctrl-\\", 'ctrl-a d', "F12"]`,
      'next_keys = ["ctrl-a n", "f8"]',
      'previous_keys = ["ctrl-a p"]',
      'last_keys = ["ctrl-a ctrl-a"]',
      'list_keys = ["ctrl-a s"]',
      'status = "title"',
      'replay_lines = 0',
      'restart = "never"',
      'private = true',
      'keep_exited = "12h"',
      'history_lines = 50000',
      'history_limit = "500KB"',
      'mouse = false',
      'theme = "light"',
      'ascii = true',
      'order = "activity"',
      'screen_reader = true',
      '[keys]',
      'help = "f2"',
    ];
    expect(settingsFrom(...text)).toEqual({
      detachKeys: ['ctrl-\\', 'ctrl-a d', 'f12'],
      nextKeys: ['ctrl-a n', 'f8'],
      previousKeys: ['ctrl-a p'],
      lastKeys: ['ctrl-a ctrl-a'],
      listKeys: ['ctrl-a s'],
      status: 'title',
      replayLines: 0,
      restart: 'never',
      private: true,
      keepExited: 12 * 3_600_000,
      historyLines: 50_000,
      historyLimit: 500_000,
      mouse: false,
      theme: 'light',
      ascii: true,
      order: 'activity',
      screenReader: true,
      keys: expect.objectContaining({ browse: expect.arrayContaining([expect.objectContaining({ keys: ['f2'] })]) }),
    });
    const most = ['replay_lines = 1_000_000', 'history_lines = 1_000_000'];
    expect(settingsFrom('detach_keys = []', ...most)).toMatchObject({
      detachKeys: [],
      replayLines: 1_000_000,
      historyLines: 1_000_000,
    });
    expect(settingsFrom('history_lines = 0')).toMatchObject({ historyLines: 0 });
  });

  it('tells file, line and column of a syntax error', () => {
    const error = errorFrom('replay_lines = 5', 'detach_keys = [');
    expect(error.message).toBe(`Cannot read the settings in "${path}", line 2, column 15: unfinished array`);
    expect(error.code).toBe('usage');
  });

  it('explains the backslash that ends no string', () => {
    const error = errorFrom(String.raw`detach_keys = ["ctrl-\"]`);
    expect(error.message).toContain('line 1');
    expect(error.hint).toContain(String.raw`"ctrl-\\"`);
  });

  it('refuses a setting given twice', () => {
    expect(errorFrom('replay_lines = 1', 'replay_lines = 2').message).toContain('line 2');
  });

  it('refuses an unknown setting and suggests the nearest', () => {
    const error = errorFrom('', '# comment', 'detach-key = []');
    expect(error.message).toBe(`Cannot read the settings in "${path}", line 3: there is no setting "detach-key"`);
    expect(error.hint).toBe('Did you mean "detach_keys"?');
    expect(errorFrom('colour = 1').hint).toBe(
      `The settings are: ${Object.values(settingsTable)
        .map(({ tomlName }) => tomlName)
        .join(', ')}.`,
    );
    expect(errorFrom('[detach]', 'keys = []').message).toContain('line 1: there is no setting "detach"');
    expect(errorFrom('__proto__ = 1').message).toContain('there is no setting "__proto__"');
  });

  it.each([
    ['replay_lines = "many"', '"replay_lines" must be a whole number from 0 to 1000000'],
    ['replay_lines = -1', 'must be a whole number'],
    ['replay_lines = 1000001', 'must be a whole number'],
    ['replay_lines = 1.5', 'must be a whole number'],
    ['replay_lines = nan', 'must be a whole number'],
    ['replay_lines = 1979-05-27', 'must be a whole number'],
    ['history_lines = "all"', '"history_lines" must be a whole number from 0 to 1000000'],
    ['history_lines = -1', 'must be a whole number'],
    ['history_lines = 1000001', 'must be a whole number'],
    ['history_lines = 0.5', 'must be a whole number'],
    ['history_limit = "much"', '"history_limit" must be an amount in quotes, such as "64MiB" or "500KB", or 0'],
    ['history_limit = 64', 'must be an amount in quotes'],
    ['history_limit = true', 'must be an amount in quotes'],
    ['detach_keys = "f12"', '"detach_keys" must be a list of keys in quotes'],
    ['detach_keys = ["f12", 3]', 'must be a list of keys in quotes'],
    ['[detach_keys]', 'must be a list of keys in quotes'],
    ['detach_keys = ["crtl-a"]', 'has a key that cannot be used: "crtl" in "crtl-a" is no modifier'],
    ['detach_keys = ["none"]', 'there is no key "none"'],
    ['detach_keys = [""]', 'a key is missing'],
    ['restart = "always"', '"restart" must be one of "auto", "ask", "never"'],
    ['status = "line"', '"status" must be true, false or "title"'],
    ['private = "yes"', '"private" must be true or false'],
    ['keep_exited = 7', '"keep_exited" must be a number and s, m, h, d or w'],
    ['keep_exited = "a week"', 'must be a number and s, m, h, d or w'],
    ['mouse = "on"', '"mouse" must be true or false'],
    ['theme = "blue"', '"theme" must be one of "auto", "dark", "light"'],
    ['ascii = "yes"', '"ascii" must be true, false or "auto"'],
    ['order = "size"', '"order" must be one of "recent", "name", "activity", "age"'],
    ['screen_reader = 1', '"screen_reader" must be true or false'],
    ['keys = "x"', '"keys" must be a table of actions with their keys'],
    ['keys = 1979-05-27', '"keys" must be a table'],
    ['[[keys]]', '"keys" must be a table'],
    ['keys.kill = 3', '"keys.kill" must be a key in quotes, a list of them, or [] for none'],
    ['keys = { kill = "t", pin = ["f5", "t"] }', '"keys.pin" has the key "t", which "keys.kill" has, too'],
  ])('refuses %s, with its line and how it is written', (line, why) => {
    const error = errorFrom('# first', line);
    expect(error.message).toContain(`"${path}", line 2: `);
    expect(error.message).toContain(why);
    expect(error.hint).toContain(' = ');
  });

  it('tells the line of the key that is wrong, wherever its table is', () => {
    const tabled = errorFrom('[keys]', 'kill = "f5"', '', 'pin = [', '  "F5",', ']');
    expect(tabled.message).toContain('line 4: "keys.pin" has the key "f5", which "keys.kill" has, too');
    expect(tabled.hint).toContain('keys = { kill =');
    expect(errorFrom('order = "name"', 'keys.kill = "t"', 'keys.kil = "t"').message).toContain(
      'line 3: "keys.kil" is no action of the list; did you mean "kill"?',
    );
    expect(errorFrom('[keys]', 'kill = "q"', 'pin = ["esc", "ctrl-c"]').message).toContain(
      'line 3: "keys.pin" leaves no key to quit with',
    );
  });

  it.each([
    [['next_keys = ["ctrl-\\\\"]'], 2, '"next_keys" has the key "ctrl-\\", and so has "detach_keys"'],
    [['last_keys = ["f5"]', 'list_keys = ["f6", "f5"]'], 3, '"list_keys" has the key "f5", and so has "last_keys"'],
    [['list_keys = ["f5"]', 'next_keys = ["f5"]'], 2, '"list_keys" has the key "f5", and so has "next_keys"'],
    [
      ['next_keys = ["ctrl-a n"]', 'detach_keys = ["ctrl-a"]'],
      2,
      '"next_keys" has the key "ctrl-a n", and "detach_keys" has "ctrl-a": one of them can never be typed',
    ],
    [['next_keys = ["^a n"]', 'previous_keys = ["C-a n"]'], 3, '"previous_keys" has the key "ctrl-a n", and so has'],
  ])('refuses a key that stands in two settings, with the line of one: %j', (lines, line, why) => {
    const error = errorFrom('# first', ...lines);
    expect(error.message).toContain(`"${path}", line ${line}: ${why}`);
    expect(error.hint).toContain(' = ');
  });

  it('takes keys that only begin alike', () => {
    expect(settingsFrom('detach_keys = ["ctrl-a d"]', 'next_keys = ["ctrl-a n"]')).toMatchObject({
      nextKeys: ['ctrl-a n'],
    });
  });

  it('has defaults and examples that are valid themselves', () => {
    for (const { tomlName, doc } of Object.values(settingsTable)) {
      const example = new RegExp(`${tomlName} = [^;]*?(?=;|\\.$)`).exec(doc)?.[0];
      expect(() => parseSettings(example!, path)).not.toThrow();
    }
    const keys = String.raw`detach_keys = ["ctrl-\\"]`;
    const lines = ['replay_lines = 1000', 'history_lines = 10000'];
    expect(settingsFrom(keys, ...lines, 'history_limit = "64MiB"')).toEqual(settingsFrom(''));
  });
});

it('reads what the README shows', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = readme.split('## Settings')[1]!.match(/^ {4}.*$|^$/gm)!;
  expect(() => parseSettings(shown.join('\n'), path)).not.toThrow();
  for (const { tomlName } of Object.values(settingsTable)) {
    expect(shown.some((line) => new RegExp(`^ +\\[?${tomlName}\\b`).test(line))).toBe(true);
  }
  for (const { action } of listKeys.browse) expect(readme).toContain(`\`${action}\``);
});

describe('keyLine', () => {
  const text = [
    '\ufeff# wanted = 0',
    'text = """',
    'wanted = 1',
    '"""',
    "literal = '''",
    'wanted = 2',
    "''' # '''",
    'list = [ # wanted = [',
    '  "wanted = 3", "]",',
    '  { wanted = 4 },',
    ']',
    '  "wanted" = 5',
    '[table]',
    'other = 6',
    'text = 7',
    '[[ late ]]',
    'inner = 8',
    '[deep."est"]',
    'list = [',
    ']',
    'deep = 9',
    '',
  ];

  it.each(['\n', '\r\n'])('is right about strings, comments and lists, with line ends %j', (end) => {
    const lineOf = (key: string) => keyLine(text.join(end), key);
    expect(['text', 'literal', 'list', 'wanted', 'table', 'late', 'deep'].map(lineOf)).toEqual([
      2, 5, 8, 12, 13, 16, 18,
    ]);
    expect(() => lineOf('other')).toThrow();
  });

  it('finds the keys of a table', () => {
    const lineOf = (...path: KeyPath) => keyLine(text.join('\n'), ...path);
    expect(lineOf('table', 'other')).toBe(14);
    expect(lineOf('table', 'text')).toBe(15);
    expect(lineOf('late', 'inner')).toBe(17);
    expect(lineOf('deep', 'est')).toBe(18);
    expect(lineOf('deep', 'est', 'list')).toBe(19);
    expect(() => lineOf('table', 'wanted')).toThrow();
    expect(keyLine('a.x = 1\na.y = 2\n', 'a', 'y')).toBe(2);
    expect(keyLine('b = 1\na = { x = 1, y = [\n2] }\n', 'a', 'y')).toBe(2);
  });

  it('takes the first line of a key with dots', () => {
    expect(keyLine('a = 1\nb.c = 1\nb.d = 2\n', 'b')).toBe(2);
  });
});
