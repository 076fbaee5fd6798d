import { describe, expect, it } from 'vitest';
import {
  contentsVerdict,
  diskVerdict,
  folderVerdict,
  runtimeBaseVerdict,
  socketLengthVerdict,
} from '../../src/cli/doctor/folders.ts';
import type { DiskFacts, FolderFacts, PathFacts } from '../../src/platform/path-facts.ts';

const role = { holds: 'sessions', variable: 'STAY_STATE_DIR', user: 1000 };

function facts(changes: Partial<FolderFacts> = {}): FolderFacts {
  return { path: '/s', found: found(), nearest: '/s', access: 'writable', ...changes };
}

function found(changes: Partial<PathFacts> = {}): PathFacts {
  return { kind: 'folder', owner: 1000, mode: 0o700, target: null, ...changes };
}

describe('a folder', () => {
  it('that is ours alone is well', () => {
    expect(folderVerdict(facts(), role)).toEqual({
      state: 'ok',
      message: 'The folder for sessions, "/s", is yours alone.',
      hint: null,
    });
  });

  it('that is not there is well where it can be made', () => {
    expect(folderVerdict(facts({ found: null, nearest: '/' }), role)).toMatchObject({ state: 'ok' });
  });

  it.each<[string, Partial<FolderFacts>, RegExp, RegExp]>([
    ['others may enter', { found: found({ mode: 0o755 }) }, /mode 755: others may enter/, /chmod 700 \/s$/],
    ['we may not use', { found: found({ mode: 0o500 }) }, /mode 500: you may not/, /chmod 700 \/s$/],
    ['is of another user', { found: found({ owner: 0 }) }, /belongs to user 0, and you are 1000/, /STAY_STATE_DIR/],
    [
      'is a link',
      { found: found({ kind: 'link', mode: 0o777, target: '/big' }) },
      /a link to "\/big"/,
      /STAY_STATE_DIR/,
    ],
    ['is a file', { found: found({ kind: 'file' }) }, /is not a folder/, /mv \/s \/s\.old/],
    ['we may not write', { access: 'denied' }, /may not write into "\/s"/, /STAY_STATE_DIR/],
    ['cannot be made', { found: null, nearest: '/', access: 'denied' }, /may not write into "\/"/, /STAY_STATE_DIR/],
    ['is on a disk that can only be read', { access: 'readOnly' }, /can only be read/, /STAY_STATE_DIR/],
  ])('that %s is a problem', (_, changes, message, hint) => {
    expect(folderVerdict(facts(changes), role)).toEqual({
      state: 'problem',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});

describe('the files of the sessions', () => {
  const options = { folder: '/s', user: 1000 };

  it('are well when they are ours alone', () => {
    const entries = [{ path: '/s/a', facts: found({ kind: 'file', mode: 0o600 }) }];
    expect(contentsVerdict(entries, options).state).toBe('ok');
    expect(contentsVerdict([], options).state).toBe('ok');
  });

  it('are a problem when another user owns some', () => {
    const entries = ['/s/a', '/s/b'].map((path) => ({ path, facts: found({ owner: 0 }) }));
    expect(contentsVerdict(entries, options)).toMatchObject({
      state: 'problem',
      message: '2 files of the sessions owned by another user: "/s/a", "/s/b".',
      hint: 'Take them over: sudo chown -R "$(id -u)" /s',
    });
  });

  it.each([
    ['folder', 0o000],
    ['folder', 0o600],
    ['file', 0o400],
  ] as const)('are a problem when a %s keeps its own user out, with mode %o', (kind, mode) => {
    const entries = [{ path: '/s/a', facts: found({ kind, mode }) }];
    expect(contentsVerdict(entries, options)).toMatchObject({
      state: 'problem',
      message: '1 file of the sessions with a mode that keeps you out yourself: "/s/a".',
      hint: 'Let yourself in: chmod -R u+rwX /s',
    });
  });

  it('are noted when others could read them if the folder let them', () => {
    const entries = [{ path: '/s/a', facts: found({ kind: 'file', mode: 0o644 }) }];
    expect(contentsVerdict(entries, options)).toMatchObject({ state: 'note', hint: 'Close them: chmod -R go= /s' });
  });
});

describe('sockets', () => {
  it('may have paths of 103 bytes, and not of 104', () => {
    expect(socketLengthVerdict('x'.repeat(103)).state).toBe('ok');
    expect(socketLengthVerdict('é'.repeat(52))).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('104'),
    });
  });

  it.each([
    ['ok', { STAY_RUNTIME_DIR: '/r' }, '/r', /STAY_RUNTIME_DIR says/],
    ['ok', { XDG_RUNTIME_DIR: '/run/user/1' }, '/run/user/1/stay', /XDG_RUNTIME_DIR says/],
    ['ok', { XDG_RUNTIME_DIR: '/run/user/1/' }, '/run/user/1/stay', /XDG_RUNTIME_DIR says/],
    ['note', { XDG_RUNTIME_DIR: '/run/user/1' }, '/tmp/stay-1/stay', /names "\/run\/user\/1", which is not there/],
    ['note', {}, '/tmp/stay-1/stay', /is not set/],
  ])('are %s where the environment is %o', (state, env, folder, message) => {
    expect(runtimeBaseVerdict(env, folder)).toMatchObject({ state, message: expect.stringMatching(message) });
  });
});

describe('a disk', () => {
  const mebibyte = 1024 * 1024;
  const disk: DiskFacts = { freeBytes: 20_480 * mebibyte, freeFiles: 1000, isShared: false };

  it.each<[string, Partial<DiskFacts>, RegExp]>([
    ['ok', {}, /20 GiB free/],
    ['ok', { freeFiles: null }, /free/],
    ['note', { freeBytes: 300 * mebibyte }, /300 MiB free, which is little/],
    ['problem', { freeBytes: 10 * mebibyte }, /10 MiB free: screens may not be saved/],
    ['problem', { freeFiles: 0 }, /cannot take any more files/],
    ['note', { isShared: true }, /on a network disk/],
  ])('is %s when it is %o', (state, changes, message) => {
    expect(diskVerdict({ ...disk, ...changes }, '/s')).toMatchObject({
      state,
      message: expect.stringMatching(message),
    });
  });
});
