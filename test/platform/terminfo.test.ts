import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTerminfo } from '../../src/platform/terminfo.ts';
import { tempFolder } from '../support/temp-folder.ts';

function put(path: string): string {
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, '');
  return path;
}

describe('findTerminfo', () => {
  it('looks in TERMINFO, the home folder, TERMINFO_DIRS, then the folders of the system', () => {
    const root = tempFolder();
    const env = { TERMINFO: join(root, 'own'), HOME: join(root, 'home'), TERMINFO_DIRS: `:${join(root, 'dirs')}` };
    const system = [join(root, 'system')];
    expect(findTerminfo('xterm', env, system)).toBeNull();
    for (const folder of ['system', 'dirs', 'home/.terminfo', 'own']) {
      const file = put(join(root, folder, 'x', 'xterm'));
      expect(findTerminfo('xterm', env, system)).toBe(file);
    }
  });

  it('knows folders that are named by the code of the letter', () => {
    const root = tempFolder();
    const file = put(join(root, '78', 'xterm'));
    expect(findTerminfo('xterm', { HOME: root }, [root])).toBe(file);
  });
});
