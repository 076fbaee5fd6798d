// Starting a session's server: a process of its own that outlives whoever starts it, and hearing whether it came up.
// The order goes in on its standard input; one line comes back on its standard output.

import { spawn } from 'node:child_process';
import { startTimeoutMs } from '../base/limits.ts';
import { messageOf, StayError } from '../base/stay-error.ts';
import { selfCommand } from './runtime.ts';
import { serverEnvironment } from './server-environment.ts';
import { serverVerb } from './server-process.ts';
import { scopeCommand, shouldUseScope } from './user-scope.ts';

/** Starts a server and gives it `order`. Resolves with the one line that it answers once it is up, or has failed. */
export async function startServer(id: string, order: string): Promise<string> {
  const command = [...selfCommand(), serverVerb, id];
  if (shouldUseScope()) {
    const answer = await runDetached([...scopeCommand(id), ...command], id, order);
    if (answer !== null) return answer;
    // systemd-run refused (no user manager after all, scope exists, ...): the plain way works everywhere.
  }
  const answer = await runDetached(command, id, order);
  if (answer === null) throw new StayError('cannotCreate', 'Cannot start the session: its server ended without a word');
  return answer;
}

/** The first line that the process writes, or null when it ends before it wrote one. */
function runDetached(command: string[], id: string, order: string): Promise<string | null> {
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: serverEnvironment(process.env, id),
    });
    let text = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish(() =>
        reject(
          new StayError(
            'cannotCreate',
            `Cannot start the session: its server said nothing for ${startTimeoutMs / 1000} s`,
          ),
        ),
      );
    }, startTimeoutMs);

    function finish(settle: () => void): void {
      clearTimeout(timer);
      child.stdout.destroy();
      child.unref();
      settle();
    }
    child.on('error', (error) => {
      if (file === 'systemd-run') finish(() => resolve(null));
      else
        finish(() =>
          reject(new StayError('cannotCreate', `Cannot start the session: ${messageOf(error)}`, { cause: error })),
        );
    });
    child.stdout.on('data', (bytes: Uint8Array) => {
      text += new TextDecoder().decode(bytes);
      const end = text.indexOf('\n');
      if (end >= 0) finish(() => resolve(text.slice(0, end)));
    });
    child.stdout.on('end', () => finish(() => resolve(null)));
    // EPIPE: it ended before it read its order; the end of its output tells.
    child.stdin.on('error', () => {});
    child.stdin.end(order);
  });
}
