// A systemd user unit that resumes sessions when the user manager starts: at boot if it lingers, else at a first login.

import { changeTimeoutMs } from '../../base/limits.ts';
import { StayError } from '../../base/stay-error.ts';
import { readTextIfAny, remove } from '../../platform/files.ts';
import { unitName, unitPath, writeServiceFile } from '../../platform/service-file.ts';
import {
  bootCommand,
  bootVariables,
  failureOfTool,
  linesOf,
  type ServiceManager,
  type ServiceWorld,
} from './service-manager.ts';
import { unitText } from './systemd-unit.ts';

export function systemdService(world: ServiceWorld): ServiceManager {
  const { env, login, runTool } = world;
  const path = unitPath(env);
  const text = unitText(bootCommand(world), bootVariables(world));
  const systemctl = (...words: string[]) => runTool(['systemctl', '--user', ...words], { timeoutMs: changeTimeoutMs });

  async function insist(what: string, ...words: string[]): Promise<void> {
    const why = failureOfTool(await systemctl(...words));
    if (why === null) return;
    throw new StayError('cannotCreate', `Cannot ${what} the service: systemctl --user ${words.join(' ')}: ${why}`, {
      hint: 'See: systemctl --user status',
    });
  }

  async function enable(): Promise<void> {
    await insist('install', 'daemon-reload');
    await insist('install', 'enable', unitName);
  }

  return {
    async install() {
      const former = readTextIfAny(path);
      writeServiceFile(path, text);
      try {
        await enable();
      } catch (error) {
        if (former === null) remove(path);
        else writeServiceFile(path, former);
        throw error;
      }
      return linesOf(`Installed: ${path}`, momentOf(login.lingers), lingerAdvice(login.lingers));
    },

    async uninstall() {
      if (readTextIfAny(path) === null) return linesOf('Not installed: there is nothing to remove.');
      await insist('uninstall', 'disable', '--now', unitName);
      remove(path);
      await insist('uninstall', 'daemon-reload');
      return linesOf(`Removed: ${path}`, 'Sessions that run go on.');
    },

    async status() {
      const present = readTextIfAny(path);
      if (present === null)
        return linesOf('Not installed. Install it with: stay service install', lingerAdvice(login.lingers));
      const answer = await systemctl('is-enabled', unitName);
      const isEnabled = answer.kind === 'ended' && answer.output.trim() === 'enabled';
      return linesOf(
        `Installed: ${path}`,
        present === text ? null : 'It is not what this stay would write now. Write it anew with: stay service install',
        isEnabled ? momentOf(login.lingers) : 'Not enabled. Enable it with: stay service install',
        login.lingers ? 'Linger is on.' : lingerAdvice(false),
      );
    },
  };
}

function momentOf(lingers: boolean): string {
  const moment = lingers ? 'when the machine starts' : 'at your first login after the machine started';
  return `Enabled: sessions are resumed ${moment}.`;
}

function lingerAdvice(lingers: boolean): string | null {
  if (lingers) return null;
  const sentence = 'Linger is off: your sessions end some seconds after your last logout, and resume only at a login.';
  return `${sentence}\n  Turn it on with: loginctl enable-linger`;
}
