// What becomes of sessions when the login that started them ends, and when the machine starts again.

import type { LoginFacts } from '../../platform/login-manager.ts';
import { note, ok, problem, type Verdict } from './finding.ts';

const enableLinger = 'Let it stay: loginctl enable-linger';

/** Whether sessions get a systemd scope of their own. */
export function scopeVerdict({ isSystemd, hasUserManager }: LoginFacts, canRun: boolean): Verdict {
  if (!isSystemd) return ok('There is no systemd here: sessions are plain processes.');
  if (!hasUserManager) {
    return note(
      'Sessions get no systemd scope of their own: there is no user manager for this login (su, sudo and cron have none).',
      'Log in directly (ssh, or: machinectl shell <user>@)',
    );
  }
  if (!canRun) return note('Sessions get no systemd scope of their own: systemd-run is not on your PATH.');
  return ok('Each session gets a systemd scope of its own.');
}

/** Sessions in scopes are the user manager's, and it goes with the last login unless it lingers. */
export function lingerVerdict({ isSystemd, hasUserManager, lingers }: LoginFacts): Verdict {
  if (!isSystemd) return ok('Nothing here ends sessions when you log out.');
  if (lingers) return ok('Linger is on: your systemd user manager, and the sessions in it, outlive your last logout.');
  if (!hasUserManager) return note('Linger is off: nothing of yours is started at boot.', enableLinger);
  return problem(
    'Linger is off: your systemd user manager ends some seconds after your last logout, and all sessions with it.',
    enableLinger,
  );
}

/** Whether logind kills what a login leaves behind. */
export function killVerdict({ isSystemd, hasUserManager, killsProcesses }: LoginFacts): Verdict {
  if (!isSystemd || !killsProcesses) return ok('The end of a login kills nothing that it has started.');
  if (hasUserManager)
    return ok(
      'The end of a login kills what it has started (KillUserProcesses=yes), but not sessions in scopes of their own.',
    );
  return problem(
    'The end of this login kills all sessions that it has started (KillUserProcesses=yes), for they have no scope of their own.',
    'Log in directly and run: loginctl enable-linger; or set KillUserProcesses=no in /etc/systemd/logind.conf',
  );
}
