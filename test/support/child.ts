// Child processes of a test: none outlives it.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly pid: number;
  /** The next line that it writes to its output. Throws when it ends before. */
  line(): Promise<string>;
  /** Resolves with its status, or the signal that ended it, once it is gone. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export function startChild(command: readonly string[], options: SpawnOptions = {}): Child {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  // Not 'close': what the child started may hold its output open for longer.
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { pid: child.pid!, line: lineReader(child), ended, kill: (signal) => void child.kill(signal) };
}

/** Starts a module's text on this runtime; its imports are relative to the project's folder. */
export function startModule(text: string): Child {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  return startChild([process.execPath, '--input-type=module-typescript', '--eval', text], { cwd });
}

/** A process that was alive and is gone: its pid belongs to nobody. */
export async function deadPid(): Promise<number> {
  const child = startChild(['true']);
  await child.ended;
  return child.pid;
}

function lineReader(child: ChildProcess): () => Promise<string> {
  let text = '';
  let isOver = false;
  let wake = () => {};
  child.stdout!.on('data', (bytes: Buffer) => {
    text += bytes.toString();
    wake();
  });
  child.stdout!.on('end', () => {
    isOver = true;
    wake();
  });
  return async () => {
    while (!text.includes('\n')) {
      if (isOver) throw new Error(`the child ended and had said ${JSON.stringify(text)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const end = text.indexOf('\n');
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    return line;
  };
}
