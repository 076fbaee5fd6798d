import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFacts, entriesBelow, folderFacts, pathFacts, userId } from '../../src/platform/path-facts.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('pathFacts', () => {
  it('tells kind, owner and mode, and follows no link', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), '');
    fs.chmodSync(join(folder, 'file'), 0o640);
    fs.symlinkSync('elsewhere', join(folder, 'link'));
    expect(pathFacts(folder)).toEqual({ kind: 'folder', owner: userId, mode: 0o700, target: null });
    expect(pathFacts(join(folder, 'file'))).toMatchObject({ kind: 'file', mode: 0o640 });
    expect(pathFacts(join(folder, 'link'))).toMatchObject({ kind: 'link', target: 'elsewhere' });
  });

  it('is null for what is not there, also below a file', () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), '');
    expect(pathFacts(join(folder, 'none'))).toBeNull();
    expect(pathFacts(join(folder, 'file', 'none'))).toBeNull();
  });
});

describe('folderFacts', () => {
  it('looks at the nearest folder above one that is not there', () => {
    const folder = tempFolder();
    const path = join(folder, 'a', 'b');
    expect(folderFacts(path)).toEqual({ path, found: null, nearest: folder, access: 'writable' });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.skipIf(userId === 0)('tells when we may not write', () => {
    const folder = tempFolder();
    fs.chmodSync(folder, 0o500);
    expect(folderFacts(folder).access).toBe('denied');
  });
});

describe('diskFacts', () => {
  it('tells what is free, also for what is not there yet', () => {
    const facts = diskFacts(join(tempFolder(), 'none', 'yet'));
    expect(facts.freeBytes).toBeGreaterThan(0);
    expect(facts.freeFiles ?? 1).toBeGreaterThan(0);
  });
});

describe('entriesBelow', () => {
  it('tells of everything, and of nothing where nothing is', () => {
    const folder = tempFolder();
    fs.mkdirSync(join(folder, 'a'));
    fs.writeFileSync(join(folder, 'a', 'file'), '');
    const paths = entriesBelow(folder).map(({ path }) => path);
    expect(paths.sort()).toEqual([join(folder, 'a'), join(folder, 'a', 'file')]);
    expect(entriesBelow(join(folder, 'none'))).toEqual([]);
  });
});
