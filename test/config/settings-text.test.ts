import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseSettings, settingsTable } from '../../src/config/settings.ts';
import {
  documentedSettings,
  type EffectiveSetting,
  effectiveSettings,
  effectiveToml,
  settingsTemplate,
} from '../../src/config/settings-text.ts';

const path = '/home/me/config.toml';
const names = Object.values(settingsTable).map(({ tomlName }) => tomlName);
const defaults = parseSettings('', path);

describe('effectiveSettings', () => {
  it('tells every setting, from its line or by default', () => {
    const settings = effectiveSettings('# mine\n\nprivate = true\n', path);
    expect(settings.map(({ name }) => name)).toEqual(names);
    expect(settings).toContainEqual({ name: 'private', value: true, fallback: false, line: 3 });
    expect(settings).toContainEqual({ name: 'history_lines', value: 10_000, fallback: 10_000, line: null });
    expect(settings).toContainEqual({ name: 'detach_keys', value: ['ctrl-\\'], fallback: ['ctrl-\\'], line: null });
  });

  it('has defaults that mean what is so without a file', () => {
    for (const { name, value } of effectiveSettings('', path)) {
      if (value === null) continue;
      const [line = ''] = effectiveToml([{ name, value, fallback: value, line: null }], path).split('  # default');
      expect(parseSettings(line, path)).toEqual(defaults);
    }
  });

  it('refuses what the settings refuse', () => {
    expect(() => effectiveSettings('privat = true', path)).toThrow('line 1: there is no setting "privat"');
  });
});

describe('effectiveToml', () => {
  const settings: EffectiveSetting[] = [
    { name: 'short', value: 'a "b" \\', fallback: '', line: 3 },
    { name: 'keys', value: { up: ['k'], down: ['j'] }, fallback: {}, line: 12 },
    { name: 'unset', value: null, fallback: null, line: null },
    { name: 'list', value: ['ctrl-\\', 'ctrl-a d'], fallback: [], line: null },
    { name: 'long', value: 'x'.repeat(60), fallback: '', line: 4 },
  ];

  it('is TOML with the same values', () => {
    const given = Object.fromEntries(settings.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
    expect(parse(effectiveToml(settings, path))).toEqual(given);
  });

  it('says behind each line where it comes from, one below the other where lines are short', () => {
    expect(effectiveToml(settings, '~/config.toml').split('\n')).toEqual([
      String.raw`short = "a \"b\" \\"            # ~/config.toml:3`,
      '# unset is not set              # default',
      String.raw`list = ["ctrl-\\", "ctrl-a d"]  # default`,
      `long = "${'x'.repeat(60)}"  # ~/config.toml:4`,
      '[keys]                          # ~/config.toml:12',
      'up = [ "k" ]',
      'down = [ "j" ]',
      '',
    ]);
  });
});

describe('settingsTemplate', () => {
  it('changes nothing', () => {
    expect(parseSettings(settingsTemplate(), path)).toEqual(defaults);
  });

  it('tells every setting in lines that can be uncommented', () => {
    const lines = settingsTemplate().split('\n');
    for (const { tomlName, doc } of Object.values(settingsTable)) {
      const at = lines.indexOf(`# ${doc}`);
      expect(at, tomlName).toBeGreaterThan(0);
      const setting = lines[at + 1]!.replace(/^# /, '');
      expect(Object.keys(parse(setting))).toEqual([tomlName]);
      expect(() => parseSettings(setting, path)).not.toThrow();
    }
  });
});

it('says that a session keeps 10,000 lines in memory, in the file that one starts with', () => {
  expect(settingsTemplate()).toMatch(/^# .* keeps in memory, .*\n# history_lines = 10000$/m);
});

describe('documentedSettings', () => {
  it('are all of them', () => {
    const told = documentedSettings().map(({ text }) => text.split(' ')[0]);
    expect(told).toEqual(names);
  });
});
