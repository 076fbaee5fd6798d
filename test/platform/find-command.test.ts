import * as fs from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCommand, loginShell } from '../../src/platform/find-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

function folderWith(files: Record<string, number>): string {
  const folder = tempFolder();
  for (const [name, mode] of Object.entries(files)) fs.writeFileSync(join(folder, name), '', { mode });
  return folder;
}

describe('findCommand', () => {
  it('takes the first executable file on the search path', () => {
    const first = folderWith({ tool: 0o644 });
    const second = folderWith({ tool: 0o755 });
    const third = folderWith({ tool: 0o755 });
    const path = [first, second, third].join(':');
    expect(findCommand('tool', { cwd: '/', path })).toEqual({ kind: 'found', file: join(second, 'tool') });
  });

  it('does not take a folder for a program', () => {
    const folder = tempFolder();
    fs.mkdirSync(join(folder, 'tool'));
    expect(findCommand('tool', { cwd: '/', path: folder })).toEqual({ kind: 'missing' });
  });

  it('takes a name with a slash from the working directory, not from the search path', () => {
    const folder = folderWith({ tool: 0o755 });
    expect(findCommand('./tool', { cwd: folder, path: '/none' })).toEqual({
      kind: 'found',
      file: join(folder, 'tool'),
    });
    expect(findCommand(join(folder, 'tool'), { cwd: '/', path: '' })).toEqual({
      kind: 'found',
      file: join(folder, 'tool'),
    });
    expect(findCommand('sub/tool', { cwd: '/', path: folder })).toEqual({ kind: 'missing' });
  });

  it('takes an empty or relative entry of the search path from the working directory, as shells do', () => {
    const folder = folderWith({ tool: 0o755 });
    for (const path of [':/none', '/none:', '.'])
      expect(findCommand('tool', { cwd: folder, path })).toMatchObject({ kind: 'found' });
  });

  it('tells a file that cannot be run from none at all', () => {
    const folder = folderWith({ tool: 0o644 });
    expect(findCommand('tool', { cwd: '/', path: folder })).toEqual({ kind: 'notExecutable' });
    expect(findCommand('other', { cwd: '/', path: folder })).toEqual({ kind: 'missing' });
    expect(findCommand('', { cwd: '/', path: folder })).toEqual({ kind: 'missing' });
  });

  it('goes on to the next folder of the search path when one cannot be looked into', () => {
    const folder = folderWith({ tool: 0o755, file: 0o644 });
    fs.symlinkSync('loop', join(folder, 'loop'));
    const path = [join(folder, 'file'), join(folder, 'loop'), `/${'x'.repeat(300)}`, folder].join(':');
    expect(findCommand('tool', { cwd: '/', path })).toEqual({ kind: 'found', file: join(folder, 'tool') });
  });

  it('finds nothing, and throws nothing, for a name that no file can have', () => {
    expect(findCommand('x'.repeat(5_000), { cwd: '/', path: '/bin' })).toEqual({ kind: 'missing' });
  });
});

describe('loginShell', () => {
  it('is SHELL as a login shell, else what the system has for the user', () => {
    expect(loginShell({ SHELL: '/bin/zsh' })).toEqual(['/bin/zsh', '-l']);
    expect(loginShell({ SHELL: '' })).toEqual([userInfo().shell || '/bin/sh', '-l']);
  });
});
