// Where there is no manager of services that we know: what a person can put where.

import { shellQuote } from '../../base/shell-quote.ts';
import { StayError } from '../../base/stay-error.ts';
import { readTextIfAny, remove } from '../../platform/files.ts';
import { unitPath } from '../../platform/service-file.ts';
import { bootCommand, bootVariables, linesOf, type ServiceManager, type ServiceWorld } from './service-manager.ts';

export function manualService(world: ServiceWorld): ServiceManager {
  const path = unitPath(world.env);
  const hasUnit = () => readTextIfAny(path) !== null;
  const why = world.login.isSystemd
    ? 'your systemd user manager cannot be reached from here (su, sudo and cron have none)'
    : 'there is no systemd user manager here';

  return {
    async install() {
      throw new StayError('cannotCreate', `Cannot install the service: ${why}`, { hint: advice(world) });
    },

    async uninstall() {
      if (!hasUnit()) return linesOf('Not installed: there is nothing to remove.');
      remove(path);
      return linesOf(`Removed: ${path}`, 'If you put a line into your crontab, remove it with: crontab -e');
    },

    async status() {
      return linesOf(
        hasUnit() ? `Installed, but without effect: ${path}` : 'Not installed.',
        `The service cannot be installed: ${why}.`,
        `  ${advice(world)}`,
      );
    },
  };
}

function advice(world: ServiceWorld): string {
  const how = `To have sessions resumed at boot, run crontab -e and add this line:\n\n${crontabLine(world)}`;
  if (!world.login.isSystemd) return how;
  return `Log in directly (ssh, or: machinectl shell <user>@) and try again.\n  ${how}`;
}

/** One line for crontab(5), where a bare % ends the command. */
function crontabLine(world: ServiceWorld): string {
  const variables = bootVariables(world).map(([name, value]) => `${name}=${shellQuote(value)}`);
  const line = ['@reboot', ...variables, ...bootCommand(world).map(shellQuote)].join(' ');
  return line.replaceAll('%', '\\%');
}
