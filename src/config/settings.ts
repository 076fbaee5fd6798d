// The settings: what `config.toml` may say, and reading it. A setting is one entry of the table below and nothing else.
// A mistake is an error with file and line, never a silent default. Where the file lies is the caller's affair.

import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { closest } from '../base/closest.ts';
import { type KeyConflict, type KeySequence, keyConflict } from '../base/key-notation.ts';
import { defaultHistoryBytes, defaultHistoryLines, defaultReplayLines, maxHistoryLines } from '../base/limits.ts';
import { type KeyTable, listKeys } from '../base/list-keys.ts';
import { type ListOrder, listOrders } from '../base/list-order.ts';
import { defaultTraits, type RestartPolicy, restartPolicies } from '../base/session-traits.ts';
import { StayError } from '../base/stay-error.ts';
import { keyLine } from './key-line.ts';
import {
  byteSizeSchema,
  choiceSchema,
  durationSchema,
  keySequencesSchema,
  keySetting,
  keysSchema,
  type Setting,
  setting,
  wholeNumberSchema,
} from './setting.ts';

/** Every setting there is. */
export const settingsTable = {
  /** The keys that detach; none if empty. */
  detachKeys: setting<readonly KeySequence[]>({
    tomlName: 'detach_keys',
    fallback: [{ notation: 'ctrl-\\', presses: [{ key: '\\', ctrl: true, alt: false, shift: false }] }],
    fallbackInFile: ['ctrl-\\'],
    schema: keySequencesSchema(),
    doc: 'The keys that detach, such as detach_keys = ["ctrl-\\\\", "ctrl-a d"]; [] is none.',
  }),
  /** The keys that go to another session, and to the list on top of this one; none unless they are set. */
  nextKeys: keySetting('next_keys', 'The keys that go to the next session, such as next_keys = ["ctrl-a n"].'),
  previousKeys: keySetting(
    'previous_keys',
    'The keys that go to the session before, such as previous_keys = ["ctrl-a p"].',
  ),
  lastKeys: keySetting('last_keys', 'The keys that go to the session used last, such as last_keys = ["ctrl-a l"].'),
  listKeys: keySetting(
    'list_keys',
    'The keys that show the list on top of a session, such as list_keys = ["ctrl-a s"].',
  ),
  /** What is shown of ours while attached: nothing, a line at the bottom, or the session's name in the title. */
  status: setting<boolean | 'title'>({
    tomlName: 'status',
    fallback: false,
    schema: v.union([v.boolean(), v.literal('title')], 'must be true, false or "title"'),
    doc: 'The line below a session: true, false or "title", which only names it in the title, such as status = true.',
  }),
  /** Lines of history that an attach repaints at most. */
  replayLines: setting<number>({
    tomlName: 'replay_lines',
    fallback: defaultReplayLines,
    schema: wholeNumberSchema(0, maxHistoryLines),
    doc: 'The lines of history shown above the screen at attach, such as replay_lines = 1000.',
  }),
  /** Who starts a new session again once it has stopped. */
  restart: setting<RestartPolicy>({
    tomlName: 'restart',
    fallback: defaultTraits.restart,
    schema: choiceSchema(restartPolicies),
    doc: 'Who starts new sessions again once they have stopped ("auto", "ask" or "never"), such as restart = "ask".',
  }),
  /** Whether new sessions are private. */
  private: setting<boolean>({
    tomlName: 'private',
    fallback: defaultTraits.isPrivate,
    schema: v.boolean('must be true or false'),
    doc: 'Whether screen and history of new sessions are kept off the disk, such as private = true.',
  }),
  /** Milliseconds that an exited session is kept; null is for ever. */
  keepExited: setting<number | null>({
    tomlName: 'keep_exited',
    fallback: null,
    schema: durationSchema(),
    doc: 'How long exited sessions are kept, such as keep_exited = "7d"; for ever unless it is set.',
  }),
  /** Whether the list takes the mouse. */
  mouse: setting<boolean>({
    tomlName: 'mouse',
    fallback: true,
    schema: v.boolean('must be true or false'),
    doc: 'Whether the list takes the mouse, such as mouse = false.',
  }),
  /** What the list's colours are for; `auto` asks the terminal. */
  theme: setting<'auto' | 'dark' | 'light'>({
    tomlName: 'theme',
    fallback: 'auto',
    schema: choiceSchema(['auto', 'dark', 'light']),
    doc: 'The background that the list has its colours for ("auto", "dark" or "light"), such as theme = "light".',
  }),
  /** Whether the list draws with ASCII alone; `auto` goes by the locale and the terminal. */
  ascii: setting<boolean | 'auto'>({
    tomlName: 'ascii',
    fallback: 'auto',
    schema: v.union([v.boolean(), v.literal('auto')], 'must be true, false or "auto"'),
    doc: 'Whether the list draws with ASCII alone (true, false or "auto"), such as ascii = true.',
  }),
  /** The order that the list begins with. */
  order: setting<ListOrder>({
    tomlName: 'order',
    fallback: 'recent',
    schema: choiceSchema(listOrders),
    doc: 'The order that the list begins with ("recent", "name", "activity" or "age"), such as order = "name".',
  }),
  /** Whether the list is drawn for a screen reader. */
  screenReader: setting<boolean>({
    tomlName: 'screen_reader',
    fallback: false,
    schema: v.boolean('must be true or false'),
    doc: 'Whether the list is drawn for a screen reader, such as screen_reader = true.',
  }),
  /** The keys of the list. */
  keys: setting<KeyTable>({
    tomlName: 'keys',
    fallback: listKeys,
    fallbackInFile: {},
    schema: keysSchema(),
    doc: 'The keys of the list, such as keys = { kill = "ctrl-x", mark = ["space", "m"], pin = [] }.',
  }),
  /** Lines of history that each new session keeps in memory. */
  historyLines: setting<number>({
    tomlName: 'history_lines',
    fallback: defaultHistoryLines,
    schema: wholeNumberSchema(0, maxHistoryLines),
    doc: 'The lines of history above its screen that each new session keeps in memory, such as history_lines = 50000.',
  }),
  /** Bytes of long history that each new session keeps on the disk at most. */
  historyLimit: setting<number>({
    tomlName: 'history_limit',
    fallback: defaultHistoryBytes,
    fallbackInFile: '64MiB',
    schema: byteSizeSchema(),
    doc: 'The room on the disk for the long history of each new session, such as history_limit = "64MiB"; 0 is none.',
  }),
};

type Name = keyof typeof settingsTable;

export type Settings = { readonly [N in Name]: (typeof settingsTable)[N]['fallback'] };

/** Those whose keys are all listened for at the same time. */
const keySettings = ['detachKeys', 'nextKeys', 'previousKeys', 'lastKeys', 'listKeys'] as const;

const entries = Object.entries<Setting<unknown>>(settingsTable) as [Name, Setting<unknown>][];

/**
 * The settings that `text` gives, with the defaults for those it does not mention; an empty text gives the defaults.
 * Throws a usage error that names `path`, the line, what is wrong and what to write.
 */
export function parseSettings(text: string, path: string): Settings {
  const values = Object.fromEntries(entries.map(([name, { fallback }]) => [name, fallback])) as Record<Name, unknown>;
  for (const [tomlName, value] of Object.entries(parseToml(text, path))) {
    const place = (...inner: string[]) => `"${path}", line ${keyLine(text, tomlName, ...inner)}`;
    const entry = entries.find(([, candidate]) => candidate.tomlName === tomlName);
    if (entry === undefined) throw unknownSetting(tomlName, place());
    const [name, { schema, doc }] = entry;
    const result = v.safeParse(schema, value, { abortEarly: true });
    if (!result.success) throw valueError(tomlName, result.issues[0], { place, hint: doc });
    values[name] = result.output;
  }
  refuseKeyConflicts(values as Settings, (tomlName) => lineOf(text, tomlName, path));
  return values as Settings;
}

/** Of an entry of a table the sentence tells, and its line; of an item of a list, which is no place of its own, it does not. */
function valueError(
  tomlName: string,
  { message, path }: v.BaseIssue<unknown>,
  { place, hint }: { place(...inner: string[]): string; hint: string },
): StayError {
  const inner = (path ?? []).map(({ key }) => key).filter((key) => typeof key === 'string');
  return settingsError(place(...inner), `"${[tomlName, ...inner].join('.')}" ${message}`, { hint });
}

/** A key that does two things would do only one of them. */
function refuseKeyConflicts(settings: Settings, place: (tomlName: string) => string | null): void {
  for (const [at, first] of keySettings.entries()) {
    for (const second of keySettings.slice(at + 1)) {
      const conflict = keyConflict(settings[first], settings[second]);
      if (conflict === null) continue;
      const [one, other] = [settingsTable[first].tomlName, settingsTable[second].tomlName];
      const where = place(other) ?? place(one) ?? '';
      throw settingsError(where, conflictProblem(conflict, { one, other }), {
        hint: `Take it out of one of them; ${settingsTable[second].doc.replace(/^The/, 'the')}`,
      });
    }
  }
}

function conflictProblem({ first, second }: KeyConflict, { one, other }: { one: string; other: string }): string {
  if (first.notation === second.notation) return `"${other}" has the key "${second.notation}", and so has "${one}"`;
  return `"${other}" has the key "${second.notation}", and "${one}" has "${first.notation}": one of them can never be typed`;
}

/** Where a setting stands, or null where it does not. */
function lineOf(text: string, tomlName: string, path: string): string | null {
  return Object.hasOwn(parse(text), tomlName) ? `"${path}", line ${keyLine(text, tomlName)}` : null;
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
