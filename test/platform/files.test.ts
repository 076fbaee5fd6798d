import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  kindOf,
  listFolder,
  makeFolder,
  readFileIfAny,
  readTextIfAny,
  remove,
  writeFileAtomic,
  writeFileIfNone,
} from '../../src/platform/files.ts';
import { bytesOf } from '../support/bytes.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

describe('writeFileAtomic', () => {
  it('writes a private file and nothing else', () => {
    const folder = tempFolder();
    writeFileAtomic(join(folder, 'file'), bytesOf('words'));
    expect(fs.readdirSync(folder)).toEqual(['file']);
    expect(readTextIfAny(join(folder, 'file'))).toBe('words');
    expect(modeOf(join(folder, 'file'))).toBe(0o600);
  });

  it('replaces a file as a whole: whoever has the old one open keeps it', () => {
    const path = join(tempFolder(), 'file');
    writeFileAtomic(path, bytesOf('the old words'));
    const old = fs.openSync(path, 'r');
    writeFileAtomic(path, bytesOf('new'));
    expect(fs.readFileSync(old, 'utf8')).toBe('the old words');
    fs.closeSync(old);
    expect(readTextIfAny(path)).toBe('new');
  });

  it('writes large and empty files whole', () => {
    const path = join(tempFolder(), 'file');
    const large = new Uint8Array(5_000_000).fill(65);
    writeFileAtomic(path, large);
    expect(fs.statSync(path).size).toBe(large.length);
    writeFileAtomic(path, new Uint8Array());
    expect(fs.statSync(path).size).toBe(0);
  });

  it('leaves the old file and no other when it fails', () => {
    const folder = tempFolder();
    const path = join(folder, 'file');
    // A folder that is not empty cannot be replaced by a file: the last step fails.
    fs.mkdirSync(join(path, 'inside'), { recursive: true });
    expect(() => writeFileAtomic(path, bytesOf('words'))).toThrow();
    expect(fs.readdirSync(folder)).toEqual(['file']);
    expect(fs.readdirSync(path)).toEqual(['inside']);
  });

  it('throws a system error when there is no folder to write to', () => {
    expect(() => writeFileAtomic(join(tempFolder(), 'none', 'file'), bytesOf('x'))).toThrow(/ENOENT/);
  });
});

describe('reading', () => {
  it('gives null for what is not there and throws for what cannot be read', () => {
    const folder = tempFolder();
    expect(readFileIfAny(join(folder, 'none'))).toBeNull();
    expect(readTextIfAny(join(folder, 'none'))).toBeNull();
    expect(() => readFileIfAny(folder)).toThrow(/EISDIR/);
  });
});

describe('folders', () => {
  it('list their names, none when they do not exist', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'a'), '');
    expect(listFolder(folder)).toEqual(['a']);
    expect(listFolder(join(folder, 'none'))).toEqual([]);
  });

  it('are made private, and never over one that is there', () => {
    const path = join(tempFolder(), 'new');
    makeFolder(path);
    expect(modeOf(path)).toBe(0o700);
    expect(() => makeFolder(path)).toThrow(/EEXIST/);
  });

  it('are removed with what is in them, and without complaint when they are not there', () => {
    const path = join(tempFolder(), 'new');
    fs.mkdirSync(join(path, 'deep', 'deeper'), { recursive: true });
    remove(path);
    remove(path);
    expect(fs.existsSync(path)).toBe(false);
  });

  it('are told from files and from nothing, links followed', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), '');
    fs.symlinkSync(folder, join(folder, 'link'));
    fs.symlinkSync('nowhere', join(folder, 'dangling'));
    expect(kindOf(join(folder, 'link'))).toBe('folder');
    expect(kindOf(join(folder, 'file'))).toBe('other');
    expect(kindOf(join(folder, 'dangling'))).toBe('none');
    expect(kindOf(join(folder, 'file', 'below'))).toBe('none');
  });
});

describe('writeFileIfNone', () => {
  it('makes the file and the folders above it', () => {
    const path = join(tempFolder(), 'a', 'b', 'file');
    writeFileIfNone(path, 'words');
    expect(readTextIfAny(path)).toBe('words');
  });

  it('leaves what is there, also a link that leads nowhere', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), 'mine');
    fs.symlinkSync('nowhere', join(folder, 'link'));
    for (const name of ['file', 'link']) writeFileIfNone(join(folder, name), 'words');
    expect(readTextIfAny(join(folder, 'file'))).toBe('mine');
    expect(fs.readdirSync(folder)).toEqual(['file', 'link']);
  });
});
