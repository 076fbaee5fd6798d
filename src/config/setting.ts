// One setting: what an entry of the table is made of, and the schemas of what a value may be.

import type { TomlValue } from 'smol-toml';
import * as v from 'valibot';
import { parseByteSize } from '../base/byte-size.ts';
import { durationForm, durationMs } from '../base/duration.ts';
import { type KeySequence, readKeySequences } from '../base/key-notation.ts';
import type { KeyTable } from '../base/list-keys.ts';
import { readKeyBindings } from './key-bindings.ts';

export interface Setting<T> {
  /** Its name in the file. */
  readonly tomlName: string;
  readonly fallback: T;
  /** The fallback as the file has it, where that is another form; a fallback of null is said by leaving the setting out. */
  readonly fallbackInFile?: TomlValue;
  /** What a value must be and what it becomes; its messages go on with the sentence that begins with the name. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** What it does and how it is written, for help and hints. */
  readonly doc: string;
}

/** Checks that an entry is sound in itself: its fallback is of the type that its schema gives. */
export function setting<T>(entry: Setting<T>): Setting<T> {
  return entry;
}

export function keySetting(tomlName: string, doc: string): Setting<readonly KeySequence[]> {
  return setting<readonly KeySequence[]>({ tomlName, fallback: [], schema: keySequencesSchema(), doc });
}

export function keySequencesSchema() {
  const message = 'must be a list of keys in quotes';
  return v.pipe(
    v.array(v.string(message), message),
    v.rawTransform(({ dataset, addIssue, NEVER }): KeySequence[] => {
      const reading = readKeySequences(dataset.value);
      if (reading.kind === 'keys') return reading.keys;
      addIssue({ message: `has a key that cannot be used: ${reading.problem}` });
      return NEVER;
    }),
  );
}

export function keysSchema() {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }): KeyTable => {
      const reading = readKeyBindings(dataset.value);
      if (reading.kind === 'keys') return reading.keys;
      addIssue({ message: reading.problem, path: reading.action === null ? undefined : [entryItem(reading.action)] });
      return NEVER;
    }),
  );
}

function entryItem(key: string): v.UnknownPathItem {
  return { type: 'unknown', origin: 'value', input: undefined, key, value: undefined };
}

export function choiceSchema<const T extends string>(choices: readonly T[]) {
  return v.picklist(choices, `must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}`);
}

export function wholeNumberSchema(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

export function durationSchema() {
  const message = `must be ${durationForm}`;
  return v.pipe(
    v.string(message),
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const span = durationMs(dataset.value);
      if (span !== null) return span;
      addIssue({ message });
      return NEVER;
    }),
  );
}

export function byteSizeSchema() {
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
