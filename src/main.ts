// Entry: the command line, or the server of one session. The only place that prints an error and ends the process.

import { errorText } from './base/error-text.ts';
import { exitCodes, StayError } from './base/stay-error.ts';
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
  const early = makesSession(args) ? await import('./platform/early-server.ts') : null;
  early?.startEarlyServer();
  try {
    const { runCli } = await import('./cli/run-cli.ts');
    return await runCli(args);
  } catch (error) {
    await printError(errorText(error));
    return exitCodes[error instanceof StayError ? error.code : 'internal'];
  } finally {
    early?.dismissEarlyServer();
  }
}

/** Whether a new session is as good as certain: its server then starts while we find out what is wanted of it. */
function makesSession([first, ...others]: readonly string[]): boolean {
  const end = others.indexOf('--');
  const own = end < 0 ? others : others.slice(0, end);
  return first === 'new' && !own.some((word) => ['-h', '--help', '--version'].includes(word));
}
