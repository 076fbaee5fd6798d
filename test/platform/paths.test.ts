import * as fs from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configFile, homeFolder, sessionsFolder, socketPath } from '../../src/platform/paths.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder in which the temp folder of the system lies, for the time of the test. */
function ownTempFolder(): string {
  const folder = tempFolder();
  vi.stubEnv('TMPDIR', folder);
  return folder;
}

const id = 'abcdefghij';
const ownFallback = `stay-${process.getuid?.()}`;

describe('sessionsFolder', () => {
  it('lies where STAY_STATE_DIR says, else under XDG_STATE_HOME, else under the home folder', () => {
    const home = tempFolder();
    const places = { STAY_STATE_DIR: join(home, 'own'), XDG_STATE_HOME: join(home, 'xdg'), HOME: home };
    expect(sessionsFolder(places)).toBe(join(home, 'own', 'sessions'));
    expect(sessionsFolder({ ...places, STAY_STATE_DIR: undefined })).toBe(join(home, 'xdg', 'stay', 'sessions'));
    expect(sessionsFolder({ HOME: home })).toBe(join(home, '.local', 'state', 'stay', 'sessions'));
  });

  it('takes an empty variable for one that is not set', () => {
    const home = tempFolder();
    expect(sessionsFolder({ STAY_STATE_DIR: '', XDG_STATE_HOME: '', HOME: home })).toBe(
      join(home, '.local', 'state', 'stay', 'sessions'),
    );
  });

  it('is made, private', () => {
    const state = join(tempFolder(), 'state');
    expect(modeOf(sessionsFolder({ STAY_STATE_DIR: state }))).toBe(0o700);
    expect(modeOf(state)).toBe(0o700);
  });

  it('is refused when others may look into it', () => {
    const state = tempFolder();
    fs.chmodSync(state, 0o755);
    expect(() => sessionsFolder({ STAY_STATE_DIR: state })).toThrow(expect.objectContaining({ code: 'permission' }));
  });

  it('is absolute however it was named: a server leaves the folder it was started in', () => {
    const state = relative(process.cwd(), join(tempFolder(), 'state'));
    expect(isAbsolute(sessionsFolder({ STAY_STATE_DIR: state }))).toBe(true);
  });
});

describe('socketPath', () => {
  it('lies where STAY_RUNTIME_DIR says, else in a folder of ours under XDG_RUNTIME_DIR', () => {
    const runtime = tempFolder();
    const env = { STAY_RUNTIME_DIR: join(runtime, 'own'), XDG_RUNTIME_DIR: runtime };
    expect(socketPath(id, env)).toBe(join(runtime, 'own', `${id}.sock`));
    expect(socketPath(id, { XDG_RUNTIME_DIR: runtime })).toBe(join(runtime, 'stay', `${id}.sock`));
    expect(modeOf(join(runtime, 'stay'))).toBe(0o700);
  });

  it.each([
    ['is not set', {}],
    ['is empty', { XDG_RUNTIME_DIR: '' }],
    ['names a folder that is not there', { XDG_RUNTIME_DIR: '/run/user/does-not-exist' }],
  ])('lies in a private folder of the user under the temp folder when XDG_RUNTIME_DIR %s', (_, env) => {
    const temp = ownTempFolder();
    expect(socketPath(id, env)).toBe(join(temp, ownFallback, 'stay', `${id}.sock`));
    expect(modeOf(join(temp, ownFallback))).toBe(0o700);
  });

  it('is refused when somebody laid an open folder or a link where the private one should be', () => {
    const temp = ownTempFolder();
    fs.mkdirSync(join(temp, 'trap'), { mode: 0o700 });
    fs.symlinkSync('trap', join(temp, ownFallback));
    expect(() => socketPath(id, {})).toThrow(expect.objectContaining({ code: 'permission' }));
    fs.unlinkSync(join(temp, ownFallback));
    fs.mkdirSync(join(temp, ownFallback));
    fs.chmodSync(join(temp, ownFallback), 0o777);
    expect(() => socketPath(id, {})).toThrow(expect.objectContaining({ code: 'permission' }));
  });

  it('is refused when XDG_RUNTIME_DIR is open to others, with what mends it', () => {
    const runtime = tempFolder();
    fs.chmodSync(runtime, 0o750);
    expect(() => socketPath(id, { XDG_RUNTIME_DIR: runtime })).toThrow(
      expect.objectContaining({ code: 'permission', hint: `Close it to others: chmod 700 ${runtime}` }),
    );
    expect(fs.readdirSync(runtime)).toEqual([]);
  });

  it('is refused in a sentence when the kernel would cut it, and allowed up to there', () => {
    const base = tempFolder();
    const longest = join(base, 'x'.repeat(103 - base.length - 1 - `/${id}.sock`.length));
    expect(socketPath(id, { STAY_RUNTIME_DIR: longest })).toHaveLength(103);
    expect(() => socketPath(id, { STAY_RUNTIME_DIR: `${longest}x` })).toThrow(
      expect.objectContaining({
        code: 'cannotCreate',
        message: expect.stringMatching(/its path has 104 bytes, 103 is the limit$/),
        hint: expect.stringContaining('STAY_RUNTIME_DIR='),
      }),
    );
  });

  it('counts bytes, not characters', () => {
    const base = tempFolder();
    expect(() => socketPath(id, { STAY_RUNTIME_DIR: join(base, 'é'.repeat(45)) })).toThrow(/its path has 1\d\d bytes/);
  });

  it('is absolute however its folder was named', () => {
    const runtime = relative(process.cwd(), tempFolder());
    expect(isAbsolute(socketPath(id, { STAY_RUNTIME_DIR: runtime }))).toBe(true);
  });
});

describe('configFile', () => {
  it('lies under XDG_CONFIG_HOME, else under the home folder', () => {
    expect(configFile({ XDG_CONFIG_HOME: '/cfg', HOME: '/home/me' })).toBe('/cfg/stay/config.toml');
    expect(configFile({ HOME: '/home/me' })).toBe('/home/me/.config/stay/config.toml');
  });
});

describe('homeFolder', () => {
  it('is HOME, else what the system says', () => {
    expect(homeFolder({ HOME: '/home/me' })).toBe('/home/me');
    expect(isAbsolute(homeFolder({ HOME: '' }))).toBe(true);
  });
});
