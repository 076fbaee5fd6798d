// A command without any terminal, run to its end.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { signal, withoutInheritedFiles } from './processes.ts';

/** Milliseconds one command may take: a kill that waits for stubborn programs takes two seconds. */
const runTimeoutMs = 20_000;

export interface RunResult {
  stdout: string;
  stderr: string;
  /** The status, or 128+signal as a shell would say it. */
  exitCode: number;
}

/** Everything a command said, for error messages. */
export function describeRun(result: RunResult): string {
  return `exit code ${result.exitCode}\nstdout: ${result.stdout}\nstderr: ${result.stderr}`;
}

interface SpawnOptions {
  input?: string | Uint8Array;
  env: Record<string, string>;
  cwd: string;
}

/** Runs a command without any terminal. Rejects, with all output, when it does not end in time. */
export function runCommand(argv: readonly string[], options: SpawnOptions): Promise<RunResult> {
  const [file = '', ...args] = withoutInheritedFiles(argv);
  return new Promise((resolve, reject) => {
    // Detached: in a terminal session of its own, so that /dev/tty is not the terminal of whoever runs the tests.
    const child = spawn(file, args, { cwd: options.cwd, env: options.env, detached: true });
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      out.stderr += text;
    });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) signal(child.pid, 'SIGKILL');
      reject(
        new Error(
          `${argv.join(' ')} did not end within ${runTimeoutMs} ms\nstdout: ${out.stdout}\nstderr: ${out.stderr}`,
        ),
      );
    }, runTimeoutMs);
    child.on('error', reject);
    // Not before the pipes are closed: a server that keeps them open would hang every script that reads our output.
    child.on('close', (code, signalName) => {
      clearTimeout(timer);
      resolve({ ...out, exitCode: code ?? 128 + constants.signals[signalName ?? 'SIGKILL'] });
    });
    child.stdin.on('error', () => {}); // EPIPE: it ended without reading
    child.stdin.end(options.input ?? '');
  });
}
