// The form of a verb: what yargs must know of it, and what it does. One file per verb in `verbs/`.

import type { ArgumentsCamelCase, Argv } from 'yargs';

/** What a word of the command line stands for: a session, a folder, a command, one of some words, or something else. */
export type WordKind = 'session' | 'folder' | 'command' | 'other' | readonly string[];

export interface Verb<A> {
  /** In yargs' notation: `attach [name]`. */
  command: string | readonly string[];
  /** One line for the overview. */
  describe: string;
  /** For programs, not for people: left out of help, completion and the man page. */
  isHidden?: boolean;
  /**
   * What its positionals, the values of its flags, and the words behind `--` stand for, by their names, where `definition.ts`
   * does not know by itself.
   */
  words?: Readonly<Record<string, WordKind>>;
  /** What to write in place of a word too many. */
  strayWordHint?: string;
  /** Its flags and examples. */
  build(yargs: Argv): Argv<A>;
  /** Does it; the result is the exit status. */
  run(args: ArgumentsCamelCase<A>): Promise<number>;
}

/** For the inference of `A`. */
export function verb<A>(definition: Verb<A>): Verb<A> {
  return definition;
}

/** What it is called by: its name, then its other ones. */
export function verbNames({ command }: { command: string | readonly string[] }): string[] {
  return [command].flat().map((form) => form.split(' ')[0]!);
}
