// Modules run on the runtimes that these tests do not run on themselves.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { tempFolder } from './temp-folder.ts';

export const otherRuntimes = ['bun', 'deno'] as const;
export type OtherRuntime = (typeof otherRuntimes)[number];

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const commands: Record<OtherRuntime, string[]> = {
  bun: [join(packages, '.bin', 'bun'), 'run'],
  deno: [join(packages, 'deno', 'deno'), 'run', '-A', '--no-prompt', '--no-check', '--no-config'],
};

/** Whether it is installed with the project's packages. */
export function hasRuntime(name: OtherRuntime): boolean {
  return existsSync(commands[name][0]!);
}

/** The command that runs a module's text; `src:` in its imports stands for the folder of the sources. */
export function moduleCommandOn(name: OtherRuntime, text: string): string[] {
  const file = join(tempFolder(), 'module.ts');
  writeFileSync(file, text.replaceAll("'src:", `'${new URL('../../src/', import.meta.url)}`));
  return [...commands[name], file];
}

/** Starts a module's text. */
export function startModuleOn(name: OtherRuntime, text: string): Child {
  return startChild(moduleCommandOn(name, text));
}
