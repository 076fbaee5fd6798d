import { describe, expect, it } from 'vitest';
import { StayError } from '../../src/base/stay-error.ts';
import { keyLine } from '../../src/config/key-line.ts';
import { parseSettings, settingsTable } from '../../src/config/settings.ts';

const path = '/home/me/.config/stay/config.toml';

function settingsFrom(...lines: string[]) {
  const { detachKeys, ...others } = parseSettings(lines.join('\n'), path);
  return { detachKeys: detachKeys.map((key) => key.notation), ...others };
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
      replayLines: 1000,
      historyLimit: 64 * 1024 * 1024,
    });
  });

  it('reads every setting', () => {
    const keys = String.raw`detach_keys = ["ctrl-\\", 'ctrl-a d', "F12"]`;
    expect(settingsFrom(keys, 'replay_lines = 0', 'history_limit = "500KB"')).toEqual({
      detachKeys: ['ctrl-\\', 'ctrl-a d', 'f12'],
      replayLines: 0,
      historyLimit: 500_000,
    });
    expect(settingsFrom('detach_keys = []', 'replay_lines = 10_000', 'history_limit = 0')).toEqual({
      detachKeys: [],
      replayLines: 10_000,
      historyLimit: 0,
    });
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
    expect(errorFrom('colour = 1').hint).toBe('The settings are: detach_keys, replay_lines, history_limit.');
    expect(errorFrom('[detach]', 'keys = []').message).toContain('line 1: there is no setting "detach"');
    expect(errorFrom('__proto__ = 1').message).toContain('there is no setting "__proto__"');
  });

  it.each([
    ['replay_lines = "many"', '"replay_lines" must be a whole number from 0 to 10000'],
    ['replay_lines = -1', 'must be a whole number'],
    ['replay_lines = 10001', 'must be a whole number'],
    ['replay_lines = 1.5', 'must be a whole number'],
    ['replay_lines = nan', 'must be a whole number'],
    ['replay_lines = 1979-05-27', 'must be a whole number'],
    ['history_limit = "much"', '"history_limit" must be an amount in quotes, such as "64MiB" or "500KB", or 0'],
    ['history_limit = 64', 'must be an amount in quotes'],
    ['history_limit = true', 'must be an amount in quotes'],
    ['detach_keys = "f12"', '"detach_keys" must be a list of keys in quotes'],
    ['detach_keys = ["f12", 3]', 'must be a list of keys in quotes'],
    ['[detach_keys]', 'must be a list of keys in quotes'],
    ['detach_keys = ["crtl-a"]', 'has a key that cannot be used: "crtl" in "crtl-a" is no modifier'],
    ['detach_keys = ["none"]', 'there is no key "none"'],
    ['detach_keys = [""]', 'a key is missing'],
  ])('refuses %s, with its line and how it is written', (line, why) => {
    const error = errorFrom('# first', line);
    expect(error.message).toContain(`"${path}", line 2: `);
    expect(error.message).toContain(why);
    expect(error.hint).toContain(' = ');
  });

  it('has defaults and examples that are valid themselves', () => {
    for (const { tomlName, doc } of Object.values(settingsTable)) {
      const example = new RegExp(`${tomlName} = [^;]*?(?=;|\\.$)`).exec(doc)?.[0];
      expect(() => parseSettings(example!, path)).not.toThrow();
    }
    const examples = [String.raw`detach_keys = ["ctrl-\\"]`, 'replay_lines = 1000', 'history_limit = "64MiB"'];
    expect(settingsFrom(...examples)).toEqual(settingsFrom(''));
  });
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
    '',
  ];

  it.each(['\n', '\r\n'])('is right about strings, comments and lists, with line ends %j', (end) => {
    const lineOf = (key: string) => keyLine(text.join(end), key);
    expect(['text', 'literal', 'list', 'wanted', 'table', 'late'].map(lineOf)).toEqual([2, 5, 8, 12, 13, 16]);
    expect(() => lineOf('other')).toThrow();
  });

  it('takes the first line of a key with dots', () => {
    expect(keyLine('a = 1\nb.c = 1\nb.d = 2\n', 'b')).toBe(2);
  });
});
