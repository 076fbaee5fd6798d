// Preloaded into stay as it runs from its source on Bun: leaves behind, at the end of each process, which modules it loaded.

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LoadedModules {
  /** What stay was called with. */
  args: string[];
  /** Absolute paths, those of packages included; what the runtime brings itself is not among them. */
  paths: string[];
}

process.on('exit', () => {
  // On Bun it knows the modules that were imported, too.
  const loaded: LoadedModules = { args: process.argv.slice(2), paths: Object.keys(require.cache) };
  const file = join(process.env.LOADED_MODULES!, String(process.pid));
  writeFileSync(file, JSON.stringify(loaded));
  renameSync(file, `${file}.json`);
});
