// State and runtime folders of a test's own, in the environment of the test and of what it starts.

import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { tempFolder } from './temp-folder.ts';

/** Before each test of the file new ones; tells the folder that they are in. */
export function ownFolders(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = tempFolder();
    vi.stubEnv('STAY_STATE_DIR', join(folder, 'state'));
    vi.stubEnv('STAY_RUNTIME_DIR', join(folder, 'run'));
    vi.stubEnv('XDG_RUNTIME_DIR', '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  return () => folder;
}
