// What is wrong with a command line, in a sentence: yargs' complaints as ours.

import { closest } from '../base/closest.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import type { Verb } from './verb.ts';

export interface UsageContext {
  /** The one that the first word names. */
  verb: Pick<Verb<unknown>, 'command' | 'strayWordHint'> | undefined;
  args: readonly string[];
  /** The names of those that are known here. */
  options: readonly string[];
}

export function usageError(complaint: string, { verb, args, options }: UsageContext): StayError {
  // As it was typed, which may be another name of it.
  const name = verb === undefined ? undefined : args[0];
  const help = `stay ${name === undefined ? '' : `${name} `}--help`;
  const [, got = ''] = /^Not enough non-option arguments: got (\d+)/.exec(complaint) ?? [];
  if (got !== '' && verb !== undefined && name !== undefined) return missing(verb, { name, got: Number(got) });

  const [, needy] = /^Not enough arguments following: (\S+)/.exec(complaint) ?? [];
  if (needy !== undefined) return unreadable(`${flagOf(needy)} needs a value`, `See: ${help}`);

  const [, option, given, choices] = /Argument: (\S+), Given: "(.*)", Choices: (.+)/.exec(complaint) ?? [];
  if (option !== undefined) {
    return new StayError('usage', `Cannot use "${given}" for ${flagOf(option)}: it is not one of ${choices}`, {
      hint: `See: ${help}`,
    });
  }

  const [, unknown] = /^Unknown arguments?: (\S+?),?(?: |$)/.exec(complaint) ?? [];
  if (unknown === undefined) return unreadable(complaint.charAt(0).toLowerCase() + complaint.slice(1), `See: ${help}`);
  const known = options.filter((one) => one.length > 1).map(flagOf);
  const typed = asTyped(unknown, args);
  const wordHint = typed.startsWith('-') ? undefined : verb?.strayWordHint;
  return unreadable(`"${typed}" is not known here`, wordHint ?? suggestion(flagOf(unknown), known, help));
}

/** A first word that is no verb would else be told as an unknown argument of the list. It may be the name of a session. */
export function unknownVerb(word: string, names: readonly string[], isSession: boolean): StayError {
  const hint = isSession ? `Write: stay attach ${shellQuote(word)}` : suggestion(word, names, 'stay --help');
  return new StayError('usage', `Cannot do "${word}": there is no such verb`, { hint });
}

/** Of the words that the verb needs, so many were given. */
function missing(verb: Pick<Verb<unknown>, 'command'>, { name, got }: { name: string; got: number }): StayError {
  const form = [verb.command].flat().find((one) => one.includes(' ')) ?? name;
  const words = form.split(' ').slice(1);
  return unreadable(`${words[got] ?? 'a word'} is missing`, `Write: ${['stay', name, ...words].join(' ')}`);
}

/** As it was typed; yargs takes the dashes off. */
function asTyped(word: string, args: readonly string[]): string {
  const nameOf = (arg: string) => arg.split('=')[0]!;
  return args.map(nameOf).find((arg) => arg.replace(/^--?/, '') === word) ?? word;
}

function unreadable(why: string, hint: string): StayError {
  return new StayError('usage', `Cannot read the command line: ${why}`, { hint });
}

function flagOf(option: string): string {
  return option.length === 1 ? `-${option}` : `--${option}`;
}

function suggestion(word: string, candidates: readonly string[], help: string): string {
  const meant = closest(word, candidates);
  return meant === undefined ? `See: ${help}` : `Did you mean ${meant}? See: ${help}`;
}
