// Session names: what may be one, and which session a person means by what they typed.

import { closest } from './closest.ts';
import { maxNameLength } from './limits.ts';

/** The form in which names are kept and compared (NFC): what looks the same is the same, however it was typed. */
export function normalizeName(name: string): string {
  return name.normalize('NFC');
}

interface NameRule {
  isBroken(name: string): boolean;
  problem: string;
}

/** In the order in which they are told. Lists, logs and shells show names as they are, so none may move a cursor. */
const rules: readonly NameRule[] = [
  { isBroken: (name) => name === '', problem: 'a name has at least one character' },
  { isBroken: (name) => !name.isWellFormed(), problem: 'it is not valid Unicode' },
  { isBroken: (name) => /\p{Cc}/u.test(name), problem: 'control characters are not allowed' },
  {
    isBroken: (name) => /[\p{Bidi_Control}\u2028\u2029]/u.test(name),
    problem: 'characters that break lines or turn the direction of text are not allowed',
  },
  { isBroken: (name) => name.includes('/'), problem: 'a slash is not allowed' },
  { isBroken: (name) => name === '.' || name === '..', problem: 'it means a folder' },
  { isBroken: (name) => name.startsWith('-'), problem: 'a leading dash would make it a flag' },
  { isBroken: (name) => /^\s|\s$/u.test(name), problem: 'a name does not begin or end with a blank' },
  { isBroken: (name) => /^\p{Default_Ignorable_Code_Point}+$/u.test(name), problem: 'nobody could see it' },
  {
    isBroken: (name) => [...name].length > maxNameLength,
    problem: `a name has at most ${maxNameLength} characters`,
  },
];

/** Why `name` cannot name a session, as the clause after `Cannot name a session "x": `, or null when it can. */
export function nameProblem(name: string): string | null {
  const normalized = normalizeName(name);
  return rules.find((rule) => rule.isBroken(normalized))?.problem ?? null;
}

/** What can be meant by a name: anything with a name and an id. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export type NameMatch<T> =
  | { kind: 'found'; item: T }
  | { kind: 'ambiguous'; items: T[] }
  /** `closest` is what was perhaps meant, for a hint; never to be acted upon. */
  | { kind: 'none'; closest: T | undefined };

/** The session meant by `query`: its full name, else its full id, else a beginning of its name that no other shares. */
export function matchName<T extends Named>(query: string, sessions: readonly T[]): NameMatch<T> {
  const wanted = normalizeName(query);
  if (wanted === '') return { kind: 'none', closest: undefined };
  const tests: ((session: T) => boolean)[] = [
    (session) => normalizeName(session.name) === wanted,
    (session) => session.id === wanted,
    (session) => normalizeName(session.name).startsWith(wanted),
  ];
  for (const test of tests) {
    const items = sessions.filter(test);
    if (items.length === 1) return { kind: 'found', item: items[0]! };
    if (items.length > 1) return { kind: 'ambiguous', items };
  }
  return { kind: 'none', closest: closest(wanted, sessions, (session) => normalizeName(session.name)) };
}
