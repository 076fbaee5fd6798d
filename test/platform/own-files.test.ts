import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownFileName, ownFiles, reopenTerminal } from '../../src/platform/own-files.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe.skipIf(process.platform !== 'linux')('our open files', () => {
  function opened() {
    const path = join(tempFolder(), 'file');
    const file = fs.openSync(path, 'a+');
    onTestFinished(() => fs.closeSync(file));
    return { path, file };
  }

  it('are known by their descriptors, and what those stand for', () => {
    const { path, file } = opened();
    expect(ownFiles()).toContain(file);
    expect(ownFileName(file)).toBe(path);
    expect(ownFileName(99_999)).toBeNull();
  });

  it('are opened anew as what they are, with flags of their own', () => {
    const { path, file } = opened();
    const again = reopenTerminal(file, fs.constants.O_WRONLY)!;
    onTestFinished(() => fs.closeSync(again));
    expect(again).not.toBe(file);
    fs.writeSync(again, 'written');
    expect(fs.readFileSync(path, 'utf8')).toBe('written');
    expect(() => fs.readSync(again, Buffer.alloc(1))).toThrow('EBADF');
  });

  it('are not opened anew where their name leads to nothing, or they are none', () => {
    const { path, file } = opened();
    fs.rmSync(path);
    expect(reopenTerminal(file, fs.constants.O_WRONLY)).toBeNull();
    expect(reopenTerminal(99_999, fs.constants.O_WRONLY)).toBeNull();
  });

  it('are not opened anew where something else has their name', () => {
    const folder = tempFolder();
    const path = join(folder, 'file (deleted)');
    fs.writeFileSync(path, '');
    // Linux marks a removed file so: the name it then tells is the other one's.
    const removed = fs.openSync(join(folder, 'file'), 'w');
    onTestFinished(() => fs.closeSync(removed));
    fs.rmSync(join(folder, 'file'));
    expect(ownFileName(removed)).toBe(path);
    const before = ownFiles().length;
    expect(reopenTerminal(removed, fs.constants.O_WRONLY)).toBeNull();
    expect(ownFiles().length).toBe(before);
  });
});
