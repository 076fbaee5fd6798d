// The settings as text: what is in force and where it comes from, and the file that one starts with.
// Both follow the table in `settings.ts`, and both are TOML.

import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { keyLine } from './key-line.ts';
import type { Setting } from './setting.ts';
import { parseSettings, settingsTable } from './settings.ts';

export interface EffectiveSetting {
  /** Its name in the file. */
  readonly name: string;
  /** As the file has it, or would; null where leaving it out is what it says. */
  readonly value: TomlValue | null;
  readonly fallback: TomlValue | null;
  /** Its line in the file, from 1, or null where it is not in it. */
  readonly line: number | null;
}

const entries: readonly Setting<unknown>[] = Object.values(settingsTable);

/** Every setting as `text` and the defaults make it. Throws as `parseSettings` does. */
export function effectiveSettings(text: string, path: string): EffectiveSetting[] {
  parseSettings(text, path);
  const given = parse(text);
  return entries.map((entry) => {
    const fallback = fallbackOf(entry);
    const value = Object.hasOwn(given, entry.tomlName) ? given[entry.tomlName] : undefined;
    return value === undefined
      ? { name: entry.tomlName, value: fallback, fallback, line: null }
      : { name: entry.tomlName, value, fallback, line: keyLine(text, entry.tomlName) };
  });
}

/** A fallback that is not of another form is a plain value: the tests read every one of them back. */
function fallbackOf({ fallback, fallbackInFile }: Setting<unknown>): TomlValue | null {
  return fallbackInFile ?? (fallback as TomlValue | null);
}

/** Columns of a setting, at most, up to which the comments behind the settings stand below each other. */
const maxCommentColumn = 40;

/** The settings as a TOML file that says behind each one where it comes from; `file` is what to call that. */
export function effectiveToml(settings: readonly EffectiveSetting[], file: string): string {
  // What stands below the head of a table belongs to it.
  const lines = [...settings.filter(({ value }) => !isTable(value)), ...settings.filter(({ value }) => isTable(value))];
  const firsts = lines.map(({ name, value }) => assignment(name, value).split('\n')[0]!);
  const fitting = firsts.map(({ length }) => length).filter((length) => length <= maxCommentColumn);
  const column = Math.max(0, ...fitting);
  return lines
    .map(({ name, value, line }, index) => {
      const first = firsts[index]!;
      const source = line === null ? 'default' : `${file}:${line}`;
      return `${first.padEnd(column)}  # ${source}${assignment(name, value).slice(first.length)}\n`;
    })
    .join('');
}

/** Every setting as it is without a file, by its name alone where it is not set, and what it does. */
export function documentedSettings(): { text: string; doc: string }[] {
  return entries.map((entry) => {
    const fallback = fallbackOf(entry);
    const isNamed = fallback === null || isTable(fallback);
    return { text: isNamed ? entry.tomlName : assignment(entry.tomlName, fallback), doc: entry.doc };
  });
}

/** A file that changes nothing: every setting in a comment, with what it does. */
export function settingsTemplate(): string {
  const head = [
    '# Settings of stay, each as it is without this file, or as an example. Take a # away to change one.',
    '# "stay config" tells which ones are in force, "stay config edit" opens this file and checks it.',
  ];
  const blocks = entries.map((entry) => `\n# ${entry.doc}\n${commented(sample(entry))}`);
  return `${head.join('\n')}\n${blocks.join('')}`;
}

/** The setting as it is without a file; or, where nothing says that, the example of its text. */
function sample(entry: Setting<unknown>): string {
  const fallback = fallbackOf(entry);
  const saysNothing = fallback === null || (isTable(fallback) && Object.keys(fallback).length === 0);
  return saysNothing ? (exampleIn(entry) ?? `${entry.tomlName} =`) : assignment(entry.tomlName, fallback);
}

function exampleIn({ tomlName, doc }: Setting<unknown>): string | undefined {
  return new RegExp(`${tomlName} = [^;]*?(?=;|\\.$)`).exec(doc)?.[0];
}

function commented(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');
}

function assignment(name: string, value: TomlValue | null): string {
  if (value === null) return `# ${name} is not set`;
  if (isTable(value)) return stringify({ [name]: value }).trimEnd();
  return `${name} = ${valueText(value)}`;
}

function valueText(value: TomlValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  return stringify({ _: value }).trim().replace(/^_ = /, '');
}

function isTable(value: TomlValue | null): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
