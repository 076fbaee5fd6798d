// A program that gets our terminal, input and output until it ends: an editor, a pager.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Keys that end the program in front would end us with it. */
const keySignals = ['SIGINT', 'SIGQUIT'] as const;

/** Runs it to its end and gives its exit status as a shell would: 127 when there is none, 128 + number after a signal. */
export function runInForeground([file = '', ...args]: readonly string[]): Promise<number> {
  const ignore = () => {};
  for (const signal of keySignals) process.on(signal, ignore);
  return new Promise<number>((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit' });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  }).finally(() => {
    for (const signal of keySignals) process.off(signal, ignore);
  });
}
