// Preloaded into stay as it runs from its source on Bun: leaves behind, at the end of each process, which modules it loaded,
// and who asked for the runtime's standard streams.

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LoadedModules {
  /** What stay was called with. */
  args: string[];
  /** Absolute paths, those of packages included; what the runtime brings itself is not among them. */
  paths: string[];
  /** The name of a stream, and the line that asked for it. */
  streams: string[];
}

const streams: string[] = [];
for (const name of ['stdin', 'stdout', 'stderr'] as const) {
  const value = process[name];
  Object.defineProperty(process, name, {
    configurable: true,
    get() {
      // The first two lines are the error's own and this function's.
      streams.push(`${name} ${new Error().stack?.split('\n')[2]?.trim()}`);
      return value;
    },
  });
}

process.on('exit', () => {
  // On Bun it knows the modules that were imported, too.
  const loaded: LoadedModules = { args: process.argv.slice(2), paths: Object.keys(require.cache), streams };
  const file = join(process.env.LOADED_MODULES!, String(process.pid));
  writeFileSync(file, JSON.stringify(loaded));
  renameSync(file, `${file}.json`);
});
