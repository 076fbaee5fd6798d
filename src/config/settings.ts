// The settings: what `config.toml` may say, and reading it. A setting is one entry of the table below and nothing else.
// A mistake is an error with file and line, never a silent default. Where the file lies is the caller's affair.

import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { parseByteSize } from '../base/byte-size.ts';
import { closest } from '../base/closest.ts';
import { type DetachKey, readDetachKeys } from '../base/key-notation.ts';
import { defaultHistoryBytes, defaultReplayLines, historyLines } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import { keyLine } from './key-line.ts';

interface Setting<T> {
  /** Its name in the file. */
  readonly tomlName: string;
  readonly fallback: T;
  /** What a value must be and what it becomes; its messages go on with the sentence that begins with the name. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** What it does and how it is written, for help and hints. */
  readonly doc: string;
}

/** Every setting there is. */
export const settingsTable = {
  /** The keys that detach; none if empty. */
  detachKeys: setting<readonly DetachKey[]>({
    tomlName: 'detach_keys',
    fallback: [{ notation: 'ctrl-\\', presses: [{ key: '\\', ctrl: true, alt: false, shift: false }] }],
    schema: detachKeysSchema(),
    doc: 'The keys that detach, such as detach_keys = ["ctrl-\\\\", "ctrl-a d"]; [] is none.',
  }),
  /** Lines of history that an attach repaints at most. */
  replayLines: setting<number>({
    tomlName: 'replay_lines',
    fallback: defaultReplayLines,
    schema: wholeNumberSchema(0, historyLines),
    doc: 'The lines of history shown above the screen at attach, such as replay_lines = 1000.',
  }),
  /** Bytes of long history that each new session keeps on the disk at most. */
  historyLimit: setting<number>({
    tomlName: 'history_limit',
    fallback: defaultHistoryBytes,
    schema: byteSizeSchema(),
    doc: 'The room on the disk for the long history of each new session, such as history_limit = "64MiB"; 0 is none.',
  }),
};

type Name = keyof typeof settingsTable;

export type Settings = { readonly [N in Name]: (typeof settingsTable)[N]['fallback'] };

const entries = Object.entries<Setting<unknown>>(settingsTable) as [Name, Setting<unknown>][];

/**
 * The settings that `text` gives, with the defaults for those it does not mention; an empty text gives the defaults.
 * Throws a usage error that names `path`, the line, what is wrong and what to write.
 */
export function parseSettings(text: string, path: string): Settings {
  const values = Object.fromEntries(entries.map(([name, { fallback }]) => [name, fallback])) as Record<Name, unknown>;
  for (const [tomlName, value] of Object.entries(parseToml(text, path))) {
    const place = () => `"${path}", line ${keyLine(text, tomlName)}`;
    const entry = entries.find(([, candidate]) => candidate.tomlName === tomlName);
    if (entry === undefined) throw unknownSetting(tomlName, place());
    const [name, { schema, doc }] = entry;
    const result = v.safeParse(schema, value, { abortEarly: true });
    if (!result.success) throw settingsError(place(), `"${tomlName}" ${result.issues[0].message}`, { hint: doc });
    values[name] = result.output;
  }
  return values as Settings;
}

function parseToml(text: string, path: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const place = `"${path}", line ${error.line}, column ${error.column}`;
    // The library's message ends with a picture of the place; the reason is in its first line.
    const why = error.message.split('\n')[0]!.replace('Invalid TOML document: ', '');
    const hasBackslash = text.split('\n')[error.line - 1]?.includes('\\');
    const hint = hasBackslash ? 'Between double quotes a backslash is written twice: "ctrl-\\\\".' : undefined;
    throw settingsError(place, why, { hint, cause: error });
  }
}

function unknownSetting(tomlName: string, place: string): StayError {
  const names = entries.map(([, { tomlName: name }]) => name);
  const meant = closest(tomlName, names);
  const hint = meant === undefined ? `The settings are: ${names.join(', ')}.` : `Did you mean "${meant}"?`;
  return settingsError(place, `there is no setting "${tomlName}"`, { hint });
}

function settingsError(place: string, why: string, options: { hint: string | undefined; cause?: unknown }): StayError {
  return new StayError('usage', `Cannot read the settings in ${place}: ${why}`, options);
}

/** Checks that an entry is sound in itself: its fallback is of the type that its schema gives. */
function setting<T>(entry: Setting<T>): Setting<T> {
  return entry;
}

function detachKeysSchema() {
  const message = 'must be a list of keys in quotes';
  return v.pipe(
    v.array(v.string(message), message),
    v.rawTransform(({ dataset, addIssue, NEVER }): DetachKey[] => {
      const reading = readDetachKeys(dataset.value);
      if (reading.kind === 'keys') return reading.keys;
      addIssue({ message: `has a key that cannot be used: ${reading.problem}` });
      return NEVER;
    }),
  );
}

function wholeNumberSchema(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

function byteSizeSchema() {
  const message = 'must be an amount in quotes, such as "64MiB" or "500KB", or 0';
  return v.pipe(
    v.union([v.string(message), v.literal(0, message)], message),
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const bytes = parseByteSize(String(dataset.value));
      if (bytes !== null) return bytes;
      addIssue({ message });
      return NEVER;
    }),
  );
}
