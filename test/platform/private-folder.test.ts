import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensurePrivateFolder, refuseUnlessPrivate } from '../../src/platform/private-folder.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

describe('ensurePrivateFolder', () => {
  it('makes the folder and its parents, mode 0700', () => {
    const folder = tempFolder();
    ensurePrivateFolder(join(folder, 'a', 'b'));
    expect(modeOf(join(folder, 'a'))).toBe(0o700);
    expect(modeOf(join(folder, 'a', 'b'))).toBe(0o700);
  });

  it('takes one that is there and private as it is', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), 'kept');
    ensurePrivateFolder(folder);
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it.each([0o701, 0o710, 0o740, 0o702, 0o777, 0o1777])(
    'refuses one of mode %o and says how to close it, without touching it',
    (mode) => {
      const folder = join(tempFolder(), 'open');
      fs.mkdirSync(folder);
      fs.chmodSync(folder, mode);
      expect(() => ensurePrivateFolder(folder)).toThrow(
        expect.objectContaining({
          code: 'permission',
          message: `Cannot use "${folder}": others may enter it (mode ${(mode & 0o777).toString(8)})`,
          hint: `Close it to others: chmod 700 ${folder}`,
        }),
      );
      expect(modeOf(folder)).toBe(mode & 0o777);
    },
  );

  it('refuses a link to a folder, even to one of ours: it may lead elsewhere tomorrow', () => {
    const folder = tempFolder();
    fs.mkdirSync(join(folder, 'real'), { mode: 0o700 });
    fs.symlinkSync('real', join(folder, 'link'));
    expect(() => ensurePrivateFolder(join(folder, 'link'))).toThrow(
      expect.objectContaining({ code: 'permission', message: expect.stringMatching(/is not a folder/) }),
    );
  });

  it('refuses what is no folder, in a sentence', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), '', { mode: 0o600 });
    fs.symlinkSync('nowhere', join(folder, 'dangling'));
    for (const name of ['file', join('file', 'below'), 'dangling']) {
      const path = join(folder, name);
      expect(() => ensurePrivateFolder(path)).toThrow(
        expect.objectContaining({
          name: 'StayError',
          message: expect.stringMatching(/^Cannot (create the folder|use) "/),
        }),
      );
    }
  });

  it.skipIf(!isRoot)('refuses one that belongs to somebody else, whatever its mode (needs root to make one)', () => {
    const folder = join(tempFolder(), 'foreign');
    fs.mkdirSync(folder, { mode: 0o700 });
    fs.chownSync(folder, nobody, nobody);
    expect(() => refuseUnlessPrivate(folder)).toThrow(
      expect.objectContaining({
        code: 'permission',
        message: `Cannot use "${folder}": it belongs to user ${nobody}, and you are 0`,
        hint: expect.stringContaining('STAY_RUNTIME_DIR='),
      }),
    );
  });
});
