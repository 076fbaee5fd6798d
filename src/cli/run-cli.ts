// The command line: yargs, the verbs, and what happens to a command line that is wrong.

import yargs, { type Argv } from 'yargs';
import { runtimeName } from '../platform/runtime.ts';
import { version } from '../version.ts';
import { helpText, purpose, versionText } from './definition.ts';
import { type UsageContext, unknownVerb, usageError } from './usage-error.ts';
import { type Verb, verbNames } from './verb.ts';
import { verbsFor } from './verb-table.ts';

/** Columns that help is wrapped at, at most: longer lines are hard to read. */
const maxHelpColumns = 80;

/** Runs the command line to its end; the result is the exit status. Throws a `StayError` for people to read. */
export async function runCli(args: readonly string[]): Promise<number> {
  const verbs = await verbsFor(args);
  await refuseUnknownVerb(args, verbs);
  let status = 0;
  // Not the folder we are in: a package.json there may hold settings for yargs, which are not meant for us.
  const parser: Argv = yargs([...args], '/')
    .scriptName('stay')
    .usage(`$0 [verb]\n\n${purpose}`)
    .parserConfiguration({ 'populate--': true, 'duplicate-arguments-array': true })
    .version('version', versionText, `stay ${version} (${runtimeName()})`)
    .help('help', helpText)
    .alias('help', 'h')
    .epilogue(
      'While attached, Ctrl-\\ detaches (see detach_keys in ~/.config/stay/config.toml; next_keys, previous_keys, last_keys and list_keys go to other sessions).',
    )
    .detectLocale(false)
    .wrap(await helpColumns(args))
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      // What it could not parse may be an error of its own kind; any other is one of a verb.
      if (error && error.name !== 'YError') throw error;
      throw usageError(message, contextOf(parser, args, verbs));
    });

  for (const verb of verbs) {
    parser.command({
      command: verb.command,
      describe: verb.isHidden ? false : verb.describe,
      builder: (builder: Argv) => withHint(verb.build(builder), verbNames(verb)[0]!),
      handler: async (parsed) => {
        status = await verb.run(parsed);
      },
    });
  }

  neverCacheHelp(parser);
  await parser.parseAsync();
  return status;
}

/** For each verb yargs puts the whole help together, should it be asked for later: 4 ms, for nothing. */
function neverCacheHelp(parser: Argv): void {
  // Its own methods, which its types leave out.
  const { getInternalMethods } = parser as unknown as { getInternalMethods(): { getUsageInstance(): object } };
  Object.assign(getInternalMethods.call(parser).getUsageInstance(), { cacheHelpMessage: () => {} });
}

/** Where help is wrapped: only who wants it waits for the terminal to be asked. */
async function helpColumns(args: readonly string[]): Promise<number> {
  if (!args.some((arg) => arg === '--help' || arg === '-h')) return maxHelpColumns;
  const { outputColumns } = await import('../platform/standard-terminal.ts');
  return Math.min((await outputColumns()) ?? maxHelpColumns, maxHelpColumns);
}

function withHint<A>(builder: Argv<A>, command: string): Argv<A> {
  return command === '$0' ? builder : builder.strict();
}

async function refuseUnknownVerb([first]: readonly string[], verbs: readonly Verb<unknown>[]): Promise<void> {
  if (first === undefined || first.startsWith('-') || verbs.flatMap(verbNames).includes(first)) return;
  const told = verbs.filter(({ isHidden }) => !isHidden);
  throw unknownVerb(first, told.flatMap(verbNames), await isSessionName(first));
}

/** Whether there is a session of that name. Nothing is made on the way, and no fault of the disk is told instead of the user's. */
async function isSessionName(word: string): Promise<boolean> {
  const { recordedSessions } = await import('./completion/recorded-sessions.ts');
  try {
    return recordedSessions({ isTold: false }).some(({ value }) => value === word);
  } catch {
    return false;
  }
}

function contextOf(parser: Argv, args: readonly string[], verbs: readonly Verb<unknown>[]): UsageContext {
  const [first] = args;
  const verb = verbs.find((one) => first !== undefined && verbNames(one).includes(first));
  return { verb, args, options: optionsOf(parser) };
}

function optionsOf(parser: Argv): string[] {
  // Part of yargs' API for completion; its types leave it out.
  const introspection = parser as unknown as { getOptions(): { key: Record<string, unknown> } };
  return Object.keys(introspection.getOptions().key);
}
