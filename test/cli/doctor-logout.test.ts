import { describe, expect, it } from 'vitest';
import { killVerdict, lingerVerdict, scopeVerdict } from '../../src/cli/doctor/logout.ts';
import type { LoginFacts } from '../../src/platform/login-manager.ts';

const desktop: LoginFacts = { isSystemd: true, hasUserManager: true, lingers: true, killsProcesses: false };
const container: LoginFacts = { isSystemd: false, hasUserManager: false, lingers: false, killsProcesses: false };

describe('without systemd', () => {
  it('all is well', () => {
    const states = [scopeVerdict(container, false), lingerVerdict(container), killVerdict(container)];
    expect(states.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('scopes', () => {
  it.each<[string, Partial<LoginFacts>, boolean, RegExp]>([
    ['ok', {}, true, /gets a systemd scope/],
    ['note', {}, false, /systemd-run is not on your PATH/],
    ['note', { hasUserManager: false }, true, /there is no user manager/],
  ])('are %s with %o', (state, changes, canRun, message) => {
    expect(scopeVerdict({ ...desktop, ...changes }, canRun)).toMatchObject({
      state,
      message: expect.stringMatching(message),
    });
  });
});

describe('linger', () => {
  it('is well when it is on', () => {
    expect(lingerVerdict(desktop).state).toBe('ok');
  });

  it('is a problem when it is off and sessions belong to the user manager', () => {
    expect(lingerVerdict({ ...desktop, lingers: false })).toMatchObject({
      state: 'problem',
      hint: expect.stringContaining('loginctl enable-linger'),
    });
  });

  it('is noted when it is off and they do not', () => {
    expect(lingerVerdict({ ...desktop, hasUserManager: false, lingers: false }).state).toBe('note');
  });
});

describe('KillUserProcesses', () => {
  it('is a problem only where sessions have no scope of their own', () => {
    expect(killVerdict(desktop).state).toBe('ok');
    expect(killVerdict({ ...desktop, killsProcesses: true }).state).toBe('ok');
    expect(killVerdict({ ...desktop, killsProcesses: true, hasUserManager: false })).toMatchObject({
      state: 'problem',
      hint: expect.stringContaining('KillUserProcesses=no'),
    });
  });
});
