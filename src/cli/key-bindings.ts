// Which keys do what while attached: the settings, and the flag that overrides one of them.

import { keyConflict, parseDetachKeys } from '../base/key-notation.ts';
import { StayError } from '../base/stay-error.ts';
import type { KeyBinding } from '../client/key-matcher.ts';
import type { Settings } from '../config/settings.ts';

export function keyBindings(settings: Settings): KeyBinding[] {
  const { detachKeys, nextKeys, previousKeys, lastKeys, listKeys } = settings;
  return [
    { keys: detachKeys, action: 'detach' },
    { keys: nextKeys, action: 'next' },
    { keys: previousKeys, action: 'previous' },
    { keys: lastKeys, action: 'last' },
    { keys: listKeys, action: 'list' },
  ];
}

/** The first key of each binding and what it does, in one line. */
export function keysInWords(settings: Settings): string {
  return keyBindings(settings)
    .flatMap(({ keys: [first], action }) => (first === undefined ? [] : `${first.notation} ${action}`))
    .join('  ');
}

/** The settings with the keys of `--detach-keys` in place of theirs. Throws when another setting has one of them. */
export function withDetachKeys(settings: Settings, option: string | readonly string[] | undefined): Settings {
  if (option === undefined) return settings;
  const detachKeys = parseDetachKeys(option);
  const others = keyBindings({ ...settings, detachKeys: [] }).flatMap(({ keys }) => keys);
  const conflict = keyConflict(detachKeys, others);
  if (conflict === null) return { ...settings, detachKeys };
  const { first, second } = conflict;
  throw new StayError('usage', `Cannot detach by "${first.notation}": "${second.notation}" is bound in the settings`, {
    hint: 'Choose another key, or change next_keys, previous_keys, last_keys or list_keys',
  });
}
