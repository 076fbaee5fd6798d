// The command line: yargs, the verbs, and what happens to a command line that is wrong.

import yargs, { type ArgumentsCamelCase, type Argv } from 'yargs';
import { closest } from '../base/closest.ts';
import { StayError } from '../base/stay-error.ts';
import { runtimeName } from '../platform/runtime.ts';
import { outputColumns } from '../platform/standard-streams.ts';
import { version } from '../version.ts';
import type { Verb } from './verb.ts';
import { attachVerb } from './verbs/attach.ts';
import { detachVerb } from './verbs/detach.ts';
import { doctorVerb } from './verbs/doctor.ts';
import { forgetVerb } from './verbs/forget.ts';
import { killVerb } from './verbs/kill.ts';
import { listVerb } from './verbs/list.ts';
import { newVerb } from './verbs/new.ts';
import { openListVerb } from './verbs/open-list.ts';
import { peekVerb } from './verbs/peek.ts';
import { pruneVerb } from './verbs/prune.ts';
import { renameVerb } from './verbs/rename.ts';
import { restartVerb } from './verbs/restart.ts';
import { resumeVerb } from './verbs/resume.ts';
import { serviceVerb } from './verbs/service.ts';
import { setVerb } from './verbs/set.ts';
import { switchVerb } from './verbs/switch.ts';

/** Columns that help is wrapped at, at most: longer lines are hard to read. */
const maxHelpColumns = 80;

/** Runs the command line to its end; the result is the exit status. Throws a `StayError` for people to read. */
export async function runCli(args: readonly string[]): Promise<number> {
  let status = 0;
  const names: string[] = [];
  const parser: Argv = yargs([...args])
    .scriptName('stay')
    .usage('$0 [verb]\n\nKeeps terminals: named sessions that outlive windows, connections and logins.')
    .parserConfiguration({ 'populate--': true, 'duplicate-arguments-array': true })
    .version('version', 'Print the version', `stay ${version} (${runtimeName()})`)
    .help('help', 'Say how to use it')
    .alias('help', 'h')
    .epilogue(
      'While attached, Ctrl-\\ detaches (see detach_keys in ~/.config/stay/config.toml; next_keys, previous_keys, last_keys and list_keys go to other sessions).',
    )
    .detectLocale(false)
    .wrap(Math.min(outputColumns() ?? maxHelpColumns, maxHelpColumns))
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? usageError(message, optionsOf(parser));
    });

  function add<A>(verb: Verb<A>): void {
    const [name = ''] = [verb.command].flat();
    names.push(...[verb.command].flat().map((command) => command.split(' ')[0] ?? ''));
    parser.command({
      command: verb.command,
      describe: verb.describe,
      builder: (builder: Argv) => withHint(verb.build(builder), name),
      handler: async (parsed: ArgumentsCamelCase<A>) => {
        status = await verb.run(parsed);
      },
    });
  }
  add(openListVerb);
  add(newVerb);
  add(attachVerb);
  add(switchVerb);
  add(detachVerb);
  add(listVerb);
  add(peekVerb);
  add(renameVerb);
  add(setVerb);
  add(resumeVerb);
  add(restartVerb);
  add(killVerb);
  add(forgetVerb);
  add(pruneVerb);
  add(doctorVerb);
  add(serviceVerb);

  refuseUnknownVerb(args, names);
  await parser.parseAsync();
  return status;
}

function withHint<A>(builder: Argv<A>, command: string): Argv<A> {
  return command === '$0' ? builder : builder.strict();
}

/** A first word that is no verb would else be told as an unknown argument of the list. */
function refuseUnknownVerb(args: readonly string[], verbs: readonly string[]): void {
  const [first] = args;
  if (first === undefined || first.startsWith('-') || verbs.includes(first)) return;
  throw new StayError('usage', `Cannot do "${first}": there is no such verb`, {
    hint: suggestion(first, verbs, 'stay --help'),
  });
}

/** Makes yargs' complaint one of ours. */
function usageError(message: string, options: readonly string[]): StayError {
  const unknown = /^Unknown arguments?: (\S+?),?(?: |$)/.exec(message)?.[1];
  if (unknown === undefined)
    return new StayError('usage', `Cannot read the command line: ${lowerFirst(message)}`, { hint: 'See: stay --help' });
  const flag = unknown.length === 1 ? `-${unknown}` : `--${unknown}`;
  const known = options.filter((option) => option.length > 1).map((option) => `--${option}`);
  return new StayError('usage', `Cannot read the command line: "${unknown}" is not known here`, {
    hint: suggestion(flag, known, 'stay <verb> --help'),
  });
}

function optionsOf(parser: Argv): string[] {
  // Part of yargs' API for completion; its types leave it out.
  const introspection = parser as unknown as { getOptions(): { key: Record<string, unknown> } };
  return Object.keys(introspection.getOptions().key);
}

function suggestion(word: string, candidates: readonly string[], help: string): string {
  const meant = closest(word, candidates);
  return meant === undefined ? `See: ${help}` : `Did you mean ${meant}? See: ${help}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
