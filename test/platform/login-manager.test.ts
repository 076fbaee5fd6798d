import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loginFacts } from '../../src/platform/login-manager.ts';
import { fakeTools, says } from '../support/fake-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A file system whose files have these texts; a path that ends in a slash is a folder. */
function machine(files: Readonly<Record<string, string>>): string {
  const root = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    const full = join(root, path);
    fs.mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) fs.writeFileSync(full, text);
  }
  return root;
}

const booted = { 'run/systemd/system/': '' };
const silent = fakeTools().run;

describe('without systemd', () => {
  it('nothing is asked and nothing ends sessions', async () => {
    const tools = fakeTools();
    const facts = await loginFacts({ env: {}, runTool: tools.run, root: machine({}), user: 'me' });
    expect(facts).toEqual({ isSystemd: false, hasUserManager: false, lingers: false, killsProcesses: false });
    expect(tools.asked).toEqual([]);
  });
});

describe('linger', () => {
  it('is on where the mark of the user is', async () => {
    const root = machine({ ...booted, 'var/lib/systemd/linger/me': '' });
    expect(await loginFacts({ env: {}, runTool: silent, root, user: 'me' })).toMatchObject({ lingers: true });
    expect(await loginFacts({ env: {}, runTool: silent, root, user: 'you' })).toMatchObject({ lingers: false });
    expect(await loginFacts({ env: {}, runTool: silent, root, user: '' })).toMatchObject({ lingers: false });
  });

  it('is on where loginctl says so', async () => {
    const { run } = fakeTools({ 'loginctl show-user me --property=Linger': says('Linger=yes\n') });
    expect(await loginFacts({ env: {}, runTool: run, root: machine(booted), user: 'me' })).toMatchObject({
      lingers: true,
    });
  });
});

describe('KillUserProcesses', () => {
  async function isKilling(files: Record<string, string>, user = 'me', runTool = silent): Promise<boolean> {
    const facts = await loginFacts({ env: {}, runTool, root: machine({ ...booted, ...files }), user });
    return facts.killsProcesses;
  }
  const yes = '[Login]\nKillUserProcesses=yes\n';
  const no = '[Login]\nKillUserProcesses = no\n';

  it('is off unless it is said to be on', async () => {
    expect(await isKilling({})).toBe(false);
    expect(await isKilling({ 'etc/systemd/logind.conf': '[Login]\n#KillUserProcesses=yes\n' })).toBe(false);
    expect(await isKilling({ 'etc/systemd/logind.conf': yes })).toBe(true);
  });

  it('is read from the pieces in the order of their names, after the main file', async () => {
    const main = { 'etc/systemd/logind.conf': yes };
    expect(await isKilling({ ...main, 'usr/lib/systemd/logind.conf.d/50-a.conf': no })).toBe(false);
    const pieces = { 'etc/systemd/logind.conf.d/10-a.conf': no, 'run/systemd/logind.conf.d/20-b.conf': yes };
    expect(await isKilling(pieces)).toBe(true);
    const hidden = { 'etc/systemd/logind.conf.d/a.conf': no, 'usr/lib/systemd/logind.conf.d/a.conf': yes };
    expect(await isKilling(hidden)).toBe(false);
  });

  it('is not for users that are excluded, or not meant', async () => {
    expect(await isKilling({ 'etc/systemd/logind.conf': yes }, 'root')).toBe(false);
    expect(await isKilling({ 'etc/systemd/logind.conf': `${yes}KillExcludeUsers=you me\n` })).toBe(false);
    expect(await isKilling({ 'etc/systemd/logind.conf': `${yes}KillOnlyUsers=you\n` })).toBe(false);
    expect(await isKilling({ 'etc/systemd/logind.conf': `${yes}KillOnlyUsers=you me\n` })).toBe(true);
  });

  it('is what logind itself says, where it answers', async () => {
    const { run } = fakeTools({ 'loginctl show-user --property=KillUserProcesses': says('KillUserProcesses=yes\n') });
    expect(await isKilling({ 'etc/systemd/logind.conf': no }, 'me', run)).toBe(true);
  });
});

describe('the user manager', () => {
  it.runIf(process.platform === 'linux')('is there where its private socket is', async () => {
    const root = machine({ ...booted, 'run/user/1/systemd/private': '' });
    const env = { XDG_RUNTIME_DIR: join(root, 'run/user/1') };
    expect(await loginFacts({ env, runTool: silent, root, user: 'me' })).toMatchObject({ hasUserManager: true });
    expect(await loginFacts({ env: {}, runTool: silent, root, user: 'me' })).toMatchObject({ hasUserManager: false });
  });
});
