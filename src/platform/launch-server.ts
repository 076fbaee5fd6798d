// The process of a session's server, on the side of whoever starts it: it outlives us, waits for its order on its standard
// input, and says in one line on its standard output what came of it.

import { spawn } from 'node:child_process';
import { startTimeoutMs } from '../base/limits.ts';
import { messageOf, StayError } from '../base/stay-error.ts';
import { serverEnvironment } from './server-environment.ts';

export interface LaunchedServer {
  /** Gives the order. Resolves with the line that comes back, or null when the process ends before it wrote one. Once. */
  obey(order: string): Promise<string | null>;
  /** Ends a process that has not got its order. */
  dismiss(): void;
}

/** Starts it. What fails is told by `obey`. */
export function launchServer(command: readonly string[], id: string): LaunchedServer {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: serverEnvironment(process.env, id),
  });
  let failure: Error | null = null;
  let onFailure = () => {};
  child.on('error', (error) => {
    failure = error;
    onFailure();
  });
  // EPIPE: it ended before it read its order; the end of its output tells.
  child.stdin.on('error', () => {});

  function obey(order: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      let text = '';
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`Cannot start the session: its server said nothing for ${startTimeoutMs / 1000} s`);
      }, startTimeoutMs);

      function finish(settle: () => void): void {
        clearTimeout(timer);
        child.stdout.destroy();
        child.unref();
        settle();
      }
      function fail(sentence: string, cause?: Error): void {
        finish(() => reject(new StayError('cannotCreate', sentence, { cause })));
      }
      onFailure = () => {
        if (file === 'systemd-run') finish(() => resolve(null));
        else fail(`Cannot start the session: ${messageOf(failure)}`, failure ?? undefined);
      };
      child.stdout.on('data', (bytes: Uint8Array) => {
        text += new TextDecoder().decode(bytes);
        const end = text.indexOf('\n');
        if (end >= 0) finish(() => resolve(text.slice(0, end)));
      });
      child.stdout.on('end', () => finish(() => resolve(null)));
      child.stdin.end(order);
      if (failure !== null) onFailure();
    });
  }
  return { obey, dismiss: () => void child.kill('SIGKILL') };
}
