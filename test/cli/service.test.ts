import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseService } from '../../src/cli/service/choose-service.ts';
import type { ServiceManager, ServiceWorld } from '../../src/cli/service/service-manager.ts';
import type { ToolAnswer } from '../../src/platform/system-tool.ts';
import { complains, type FakeTools, fakeTools, says } from '../support/fake-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';

const systemd = { isSystemd: true, hasUserManager: true, lingers: true, killsProcesses: false };
const noSystemd = { isSystemd: false, hasUserManager: false, lingers: false, killsProcesses: false };

interface Machine {
  service: ServiceManager;
  tools: FakeTools;
  unit: string;
  agent: string;
}

function machine(system: string, changes: Partial<ServiceWorld> = {}, answers?: Record<string, ToolAnswer>): Machine {
  const home = changes.env?.HOME ?? tempFolder();
  const tools = fakeTools(answers ?? { systemctl: says('enabled\n'), launchctl: says('') });
  const world: ServiceWorld = {
    env: { HOME: home, PATH: '/usr/bin:/bin' },
    self: ['/opt/stay'],
    user: 501,
    login: systemd,
    runTool: tools.run,
    ...changes,
  };
  return {
    service: chooseService(system, world),
    tools,
    unit: join(home, '.config', 'systemd', 'user', 'stay.service'),
    agent: join(home, 'Library', 'LaunchAgents', 'stay.resume.plist'),
  };
}

describe('with a systemd user manager', () => {
  it('install writes the unit and enables it', async () => {
    const { service, tools, unit } = machine('linux');
    expect(await service.install()).toBe(
      `Installed: ${unit}\nEnabled: sessions are resumed when the machine starts.\n`,
    );
    expect(fs.readFileSync(unit, 'utf8')).toContain('\nExecStart=/opt/stay resume --all\n');
    expect(fs.statSync(unit).mode & 0o777).toBe(0o644);
    expect(tools.asked).toEqual(['systemctl --user daemon-reload', 'systemctl --user enable stay.service']);
  });

  it('install tells about linger when it is off', async () => {
    const { service } = machine('linux', { login: { ...systemd, lingers: false } });
    expect(await service.install()).toMatch(/at your first login.*\nLinger is off: .*\n.*loginctl enable-linger\n$/);
  });

  it('install follows XDG_CONFIG_HOME', async () => {
    const home = tempFolder();
    const { service } = machine('linux', { env: { HOME: home, XDG_CONFIG_HOME: join(home, 'conf') } });
    await service.install();
    expect(fs.existsSync(join(home, 'conf', 'systemd', 'user', 'stay.service'))).toBe(true);
  });

  it.each<[string, ToolAnswer, RegExp]>([
    ['fails', complains('warning\nFailed to connect to bus: No medium found\n'), /enable stay\.service: Failed to con/],
    ['is missing', { kind: 'missing' }, /there is no such command/],
    ['hangs', { kind: 'silent' }, /it does not answer/],
  ])('install leaves all as it was when systemctl %s', async (_, answer, message) => {
    const { service, unit } = machine('linux', {}, { 'systemctl --user daemon-reload': says(''), systemctl: answer });
    await expect(service.install()).rejects.toMatchObject({
      code: 'cannotCreate',
      message: expect.stringMatching(message),
    });
    expect(fs.existsSync(unit)).toBe(false);
    fs.writeFileSync(unit, 'former');
    await expect(service.install()).rejects.toMatchObject({ code: 'cannotCreate' });
    expect(fs.readFileSync(unit, 'utf8')).toBe('former');
  });

  it('uninstall disables and removes it', async () => {
    const { service, tools, unit } = machine('linux');
    await service.install();
    tools.asked.length = 0;
    expect(await service.uninstall()).toBe(`Removed: ${unit}\nSessions that run go on.\n`);
    expect(fs.existsSync(unit)).toBe(false);
    expect(tools.asked).toEqual(['systemctl --user disable --now stay.service', 'systemctl --user daemon-reload']);
  });

  it('uninstall asks nothing when nothing is installed', async () => {
    const { service, tools } = machine('linux');
    expect(await service.uninstall()).toMatch(/^Not installed/);
    expect(tools.asked).toEqual([]);
  });

  it('status tells what is installed, enabled, and whether linger is on', async () => {
    const { service, unit } = machine('linux');
    expect(await service.status()).toBe('Not installed. Install it with: stay service install\n');
    await service.install();
    expect(await service.status()).toBe(
      `Installed: ${unit}\nEnabled: sessions are resumed when the machine starts.\nLinger is on.\n`,
    );
  });

  it('status tells what is not as it should be', async () => {
    const { service, unit } = machine(
      'linux',
      { login: { ...systemd, lingers: false } },
      { 'systemctl --user is-enabled': says('disabled\n', 1), systemctl: says('') },
    );
    await service.install();
    fs.appendFileSync(unit, '# mine\n');
    const text = await service.status();
    expect(text).toMatch(/not what this stay would write/);
    expect(text).toMatch(/Not enabled/);
    expect(text).toMatch(/Linger is off/);
  });
});

describe('on macOS', () => {
  const changes = { login: noSystemd };

  it('install writes an agent and runs nothing now', async () => {
    const { service, tools, agent } = machine('darwin', changes);
    expect(await service.install()).toMatch(new RegExp(`^Installed: ${agent}\n.*first login`));
    expect(fs.readFileSync(agent, 'utf8')).toContain('<string>/opt/stay</string>');
    expect(tools.asked).toEqual(['launchctl enable gui/501/stay.resume']);
  });

  it('uninstall removes it, also when it was never loaded', async () => {
    const { service, agent } = machine('darwin', changes, { launchctl: complains('Boot-out failed: 3') });
    await service.install();
    expect(await service.uninstall()).toMatch(/^Removed/);
    expect(fs.existsSync(agent)).toBe(false);
    expect(await service.uninstall()).toMatch(/^Not installed/);
  });

  it('status tells whether it is there, and as this stay would write it', async () => {
    const { service, agent } = machine('darwin', changes);
    expect(await service.status()).toMatch(/^Not installed/);
    await service.install();
    expect(await service.status()).not.toMatch(/not what/);
    fs.appendFileSync(agent, ' ');
    expect(await service.status()).toMatch(/not what/);
  });
});

describe('without a manager of services', () => {
  it('install refuses and says what to put where', async () => {
    const env = { HOME: '/home/me', PATH: '/usr/bin', STAY_STATE_DIR: '/my state/100%' };
    const { service, tools } = machine('linux', { env, login: noSystemd, self: ['/my programs/stay'] });
    await expect(service.install()).rejects.toMatchObject({
      code: 'cannotCreate',
      message: 'Cannot install the service: there is no systemd user manager here',
      hint: expect.stringContaining(
        String.raw`@reboot PATH=/usr/bin STAY_STATE_DIR='/my state/100\%' '/my programs/stay' resume --all`,
      ),
    });
    expect(tools.asked).toEqual([]);
  });

  it('status says the same and is no failure', async () => {
    const { service } = machine('linux', { login: noSystemd });
    expect(await service.status()).toMatch(
      /^Not installed\.\n[\s\S]*@reboot PATH=\/usr\/bin:\/bin \/opt\/stay resume --all\n$/,
    );
  });

  it('but with systemd, says that one has to log in directly', async () => {
    const { service, unit } = machine('linux', { login: { ...systemd, hasUserManager: false } });
    await expect(service.install()).rejects.toMatchObject({ hint: expect.stringMatching(/^Log in directly/) });
    fs.mkdirSync(join(unit, '..'), { recursive: true });
    fs.writeFileSync(unit, '');
    expect(await service.status()).toMatch(/^Installed, but without effect/);
    expect(await service.uninstall()).toMatch(/^Removed/);
    expect(fs.existsSync(unit)).toBe(false);
    expect(await service.uninstall()).toMatch(/^Not installed/);
  });
});
