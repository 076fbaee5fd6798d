// Which stay is tested: the built binary, unless STAY_BINARY (a path) or STAY_COMMAND (a command line) names another one.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../../..');

/** The argv that starts stay. Throws when the binary is not built. */
export function stayCommand(env: NodeJS.ProcessEnv = process.env): string[] {
  const words = (env.STAY_COMMAND ?? '').split(' ').filter((word) => word !== '');
  if (words.length > 0) return words;
  const binary = resolve(env.STAY_BINARY ?? join(projectRoot, 'dist', 'stay'));
  if (!existsSync(binary)) throw new Error(`Cannot test "${binary}": it does not exist. Build it first: npm run build`);
  return [binary];
}

/** The argv that runs the same source on Deno. */
export function denoCommand(): string[] {
  const deno = join(projectRoot, 'node_modules', 'deno', 'deno');
  return [deno, 'run', '-A', '--no-prompt', join(projectRoot, 'src', 'main.ts')];
}
