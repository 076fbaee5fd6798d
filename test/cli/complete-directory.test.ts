import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { maxCompletions, maxFolderEntries } from '../../src/base/limits.ts';
import { completeDirectory, resolveDirectory } from '../../src/cli/complete-directory.ts';
import { tempFolder } from '../support/temp-folder.ts';

let home: string;
let cwd: string;

beforeEach(() => {
  home = tempFolder();
  cwd = join(home, 'work');
  for (const path of [
    'work/app/ui',
    'work/apple',
    'work/.git/hooks',
    'work/日本/a',
    'work/日曜',
    'src',
    '.config/stay',
  ])
    fs.mkdirSync(join(home, path), { recursive: true });
  fs.writeFileSync(join(cwd, 'apples.txt'), '');
  fs.writeFileSync(join(cwd, 'readme'), '');
});

const complete = (text: string) => completeDirectory(text, { home, cwd });

describe('completing a directory', () => {
  it.each([
    ['', '', ['app', 'apple', '日曜', '日本']],
    ['a', 'app', ['app', 'apple']],
    ['app', 'app', ['app', 'apple']],
    ['appl', 'apple/', ['apple']],
    ['app/', 'app/ui/', ['ui']],
    ['app/ui/', 'app/ui/', []],
    ['日', '日', ['日曜', '日本']],
    ['.', '.git/', ['.git']],
    ['./a', './app', ['app', 'apple']],
    ['../s', '../src/', ['src']],
    ['..', '../', ['..']],
    ['app/..', 'app/../', ['..']],
    ['~', '~/', ['~']],
    ['~/', '~/', ['src', 'work']],
    ['~/w', '~/work/', ['work']],
    ['~/.', '~/.config/', ['.config']],
    ['~/.config/', '~/.config/stay/', ['stay']],
    ['~nobody/', '~nobody/', []],
    ['readme', 'readme', []],
    ['readme/', 'readme/', []],
    ['nothing', 'nothing', []],
    ['no/such/', 'no/such/', []],
    ['\0', '\0', []],
    ['a\0/b', 'a\0/b', []],
    ['x'.repeat(5_000), 'x'.repeat(5_000), []],
    [`${'x'.repeat(5_000)}/`, `${'x'.repeat(5_000)}/`, []],
  ])('makes of %j', async (typed, text, candidates) => {
    const completion = await complete(typed);
    expect({ ...completion, candidates: completion.candidates.toSorted() }).toEqual({
      text,
      candidates: candidates.toSorted(),
    });
  });

  it('completes absolute paths', async () => {
    expect(await complete(`${cwd}/appl`)).toEqual({ text: `${cwd}/apple/`, candidates: ['apple'] });
    expect((await complete('/')).candidates).toContain('tmp');
  });

  it('follows links to directories, and no others', async () => {
    fs.symlinkSync(join(home, 'src'), join(cwd, 'link-source'));
    fs.symlinkSync(join(cwd, 'readme'), join(cwd, 'link-file'));
    fs.symlinkSync(join(home, 'gone'), join(cwd, 'link-gone'));
    fs.symlinkSync('link-loop', join(cwd, 'link-loop'));
    expect(await complete('link')).toEqual({ text: 'link-source/', candidates: ['link-source'] });
  });

  it('is in order, for people', async () => {
    for (const name of ['Beta', 'alpha', 'beta']) fs.mkdirSync(join(home, 'src', name));
    expect((await complete('~/src/')).candidates).toEqual(['alpha', 'beta', 'Beta']);
  });

  it('does not cut a character in two', async () => {
    // Two characters that have their first half in common.
    for (const name of ['x🚀', 'x🚁']) fs.mkdirSync(join(cwd, name));
    expect((await complete('x')).text).toBe('x');
  });

  it('offers no name that a terminal would act on', async () => {
    fs.mkdirSync(join(cwd, 'evil\x1b[2J'));
    expect(await complete('evil')).toEqual({ text: 'evil', candidates: [] });
  });

  it('is bounded', async () => {
    for (let at = 0; at < maxCompletions + 50; at++) fs.mkdirSync(join(home, 'src', `many-${at}`));
    const { text, candidates } = await complete('~/src/');
    expect(text).toBe('~/src/many-');
    expect(candidates).toHaveLength(maxCompletions);
  });

  it('does not go on with the text when it has not seen all', async () => {
    fs.mkdirSync(join(cwd, 'apple', 'inner'));
    for (let at = 0; at <= maxFolderEntries; at++) fs.linkSync(join(cwd, 'readme'), join(cwd, 'apple', `file-${at}`));
    expect((await complete('apple/')).text).toBe('apple/');
  });

  it('offers nothing where it may not look', async () => {
    const hidden = join(cwd, 'apple');
    fs.mkdirSync(join(hidden, 'inner'));
    fs.chmodSync(hidden, 0);
    const isRoot = process.getuid?.() === 0;
    expect((await complete('apple/')).candidates).toEqual(isRoot ? ['inner'] : []);
    fs.chmodSync(hidden, 0o700);
  });
});

it.each([
  ['', '/w'],
  ['a/b', '/w/a/b'],
  ['/a', '/a'],
  ['~', '/h'],
  ['~/a', '/h/a'],
  ['~a', '/w/~a'],
  ['..', '/w/..'],
])('%j means %s', (text, path) => {
  expect(resolveDirectory(text, { home: '/h', cwd: '/w' })).toBe(path);
  expect(resolveDirectory(text, { home: '/h', cwd: '/w/' })).toBe(text === '' ? '/w/' : path);
});

it('in the root begins there', () => {
  expect(resolveDirectory('a', { home: '/h', cwd: '/' })).toBe('/a');
});
