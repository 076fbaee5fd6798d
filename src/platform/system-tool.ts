// Tools of the system, run to their end without a terminal, as a port: tests pass answers of their own.

import { execFile } from 'node:child_process';
import { toolTimeoutMs } from '../base/limits.ts';

export type ToolAnswer =
  | { kind: 'ended'; exitCode: number; output: string; errors: string }
  /** There is no such tool here. */
  | { kind: 'missing' }
  /** It took too long and was ended. */
  | { kind: 'silent' };

/** Runs a tool and says how it ended; never rejects. */
export type RunTool = (command: readonly string[], options?: { timeoutMs?: number }) => Promise<ToolAnswer>;

export const runTool: RunTool = ([file = '', ...args], { timeoutMs = toolTimeoutMs } = {}) =>
  new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL', encoding: 'utf8' },
      (error, output, errors) => {
        if (error?.killed || error?.signal) resolve({ kind: 'silent' });
        else if (typeof error?.code === 'string') resolve({ kind: 'missing' });
        else resolve({ kind: 'ended', exitCode: error?.code ?? 0, output, errors });
      },
    );
    child.stdin?.end();
  });
