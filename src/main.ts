// Entry: the command line, or the server of one session. The only place that prints an error and ends the process.

import { exitCodes, messageOf, StayError } from './base/stay-error.ts';
import { serverVerb } from './platform/server-process.ts';
import { endProcess } from './platform/server-signals.ts';
import { commandLine, printError } from './platform/standard-streams.ts';
import { version } from './version.ts';

const args = commandLine();
const [verb, id] = args;

if (verb === serverVerb && id !== undefined) {
  const { serve } = await import('./session/serve.ts');
  await serve(id, version);
} else {
  endProcess(await runCommandLine());
}

async function runCommandLine(): Promise<number> {
  try {
    const { runCli } = await import('./cli/run-cli.ts');
    return await runCli(args);
  } catch (error) {
    await printError(describe(error));
    return exitCodes[error instanceof StayError ? error.code : 'internal'];
  }
}

/** The sentence and its hint. They quote what was typed: nothing in them may act on the terminal. */
function describe(error: unknown): string {
  return sentenceOf(error).replace(/[^\P{Cc}\n]/gu, '\ufffd');
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof StayError)) return `stay: Internal error: ${messageOf(error)}\n`;
  const hint = error.hint === undefined ? '' : `  ${error.hint}\n`;
  return `stay: ${error.message}\n${hint}`;
}
