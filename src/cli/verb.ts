// The form of a verb: what yargs must know of it, and what it does. One file per verb in `verbs/`.

import type { ArgumentsCamelCase, Argv } from 'yargs';

export interface Verb<A> {
  /** In yargs' notation: `attach [name]`. */
  command: string | readonly string[];
  /** One line for the overview. */
  describe: string;
  /** Its flags and examples. */
  build(yargs: Argv): Argv<A>;
  /** Does it; the result is the exit status. */
  run(args: ArgumentsCamelCase<A>): Promise<number>;
}

/** For the inference of `A`. */
export function verb<A>(definition: Verb<A>): Verb<A> {
  return definition;
}
