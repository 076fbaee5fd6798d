// What a verb's definition says, as data: for completion, the man page, and whoever else must know the command line.
// It is read from the very builder that yargs gets, so nothing is listed twice.

import type { Argv, Options, PositionalOptions } from 'yargs';
import { type Verb, verbNames, type WordKind } from './verb.ts';

/** What stay is for, in one sentence. */
export const purpose = 'Keeps terminals: named sessions that outlive windows, connections and logins.';

export const helpText = 'Say how to use it';
export const versionText = 'Print the version';

export interface Positional {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether it takes all words that follow. */
  readonly isMany: boolean;
  readonly describe: string;
  readonly kind: WordKind;
}

export interface Flag {
  /** As it is typed: `--create`, then `-c`. */
  readonly names: readonly [string, ...string[]];
  readonly describe: string;
  /** What its value stands for; null when it takes none. */
  readonly value: WordKind | null;
  /** Whether it may be given more than once. */
  readonly isMany: boolean;
  /** Whether `--no-...` says something that leaving it out does not. */
  readonly isNegatable: boolean;
}

export interface Example {
  readonly command: string;
  readonly text: string;
}

export interface VerbDefinition {
  /** Its name and its other ones; `$0` is what runs without a verb. */
  readonly names: readonly string[];
  readonly describe: string;
  readonly isHidden: boolean;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag[];
  /** What the words behind `--` are; null when it takes none. */
  readonly rest: WordKind | null;
  readonly examples: readonly Example[];
}

/** The flags that stay takes with every verb, and without one. */
export const helpFlag: Flag = plainFlag(['--help', '-h'], helpText);
export const versionFlag: Flag = plainFlag(['--version'], versionText);

function plainFlag(names: Flag['names'], describe: string): Flag {
  return { names, describe, value: null, isMany: false, isNegatable: false };
}

/** Positionals and flags that stand for the same wherever they occur, by their names. */
const wellKnownWords: Readonly<Record<string, WordKind>> = {
  name: 'session',
  names: 'session',
  session: 'session',
  sessions: 'session',
  cwd: 'folder',
};

export function definitionOf<A>(verb: Verb<A>): VerbDefinition {
  const notes = notesOf(verb);
  const kindOf = (name: string, choices: WordKind | undefined): WordKind =>
    choices ?? verb.words?.[name] ?? wellKnownWords[name] ?? 'other';
  const [form = ''] = [verb.command].flat();
  return {
    names: verbNames(verb),
    describe: verb.describe,
    isHidden: verb.isHidden ?? false,
    positionals: positionalWords(form).map(({ name, isRequired, isMany }) => {
      const { describe = '', choices } = notes.positionals.get(name) ?? {};
      return { name, isRequired, isMany, describe, kind: kindOf(name, wordsOf(choices)) };
    }),
    flags: [...notes.flags]
      .filter(([, { hidden }]) => !hidden)
      .map(([name, options]) => flagOf(name, options, (choices) => kindOf(name, choices))),
    rest: verb.words?.['--'] ?? null,
    examples: notes.examples,
  };
}

/** The positionals of a command in yargs' notation: `<one>`, `[one]`, `[more..]`. */
function positionalWords(form: string): Pick<Positional, 'name' | 'isRequired' | 'isMany'>[] {
  return Array.from(form.matchAll(/([<[])([^\s\]>.]+)(\.\.)?[\]>]/g), ([, open, name, dots]) => ({
    name: name!,
    isRequired: open === '<',
    isMany: dots !== undefined,
  }));
}

function flagOf(name: string, options: Options, kindOf: (choices: WordKind | undefined) => WordKind): Flag {
  const [first = '', ...others] = [name, ...[options.alias ?? []].flat()].map((word) =>
    word.length === 1 ? `-${word}` : `--${word}`,
  );
  const isBoolean = options.type === 'boolean' || options.boolean === true;
  const takesNone = isBoolean || options.type === 'count' || options.count === true;
  return {
    names: [first, ...others],
    describe: options.describe || '',
    value: takesNone ? null : kindOf(wordsOf(options.choices)),
    isMany: options.array === true || options.type === 'array' || options.type === 'count',
    isNegatable: isBoolean && options.default !== false,
  };
}

function wordsOf(choices: Options['choices']): readonly string[] | undefined {
  return choices?.map(String);
}

interface Notes {
  readonly positionals: Map<string, PositionalOptions>;
  readonly flags: Map<string, Options>;
  readonly examples: Example[];
}

/** What else a builder may say: it constrains words and names none. */
const constraints = new Set(['check', 'conflicts', 'implies', 'epilogue', 'usage', 'strict', 'strictOptions']);

/** Has the verb build itself into notes instead of a parser. */
function notesOf<A>(verb: Verb<A>): Notes {
  const notes: Notes = { positionals: new Map(), flags: new Map(), examples: [] };
  const methods: Record<string, (name: string, what: never) => unknown> = {
    positional: (name, options: PositionalOptions) => notes.positionals.set(name, options),
    option: (name, options: Options) => notes.flags.set(name, options),
    example: (command, text: string) => notes.examples.push({ command: command.replace('$0', 'stay'), text }),
  };
  const builder: object = new Proxy(methods, {
    get: (_, method) => {
      if (typeof method !== 'string' || (!constraints.has(method) && !Object.hasOwn(methods, method))) {
        throw new Error(
          `"${verbNames(verb)[0]}" is built with ${String(method)}, of which its definition takes no note`,
        );
      }
      return (name: string, what: never) => {
        methods[method]?.(name, what);
        return builder;
      };
    },
  });
  // The part of yargs that a verb's builder uses.
  verb.build(builder as Argv);
  return notes;
}
