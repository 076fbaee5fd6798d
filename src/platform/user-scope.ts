// The systemd user manager as a place for servers: a scope of its own is no part of the login that started it.

import * as fs from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { isLinux } from './runtime.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether there is a user manager that gives scopes. */
export function canUseScope(env: Environment = process.env): boolean {
  const runtime = env.XDG_RUNTIME_DIR;
  return isLinux && Boolean(runtime) && fs.existsSync(join(runtime ?? '', 'systemd', 'private'));
}

/**
 * Whether a server should be in a scope. The user manager ends with the last login unless the user lingers, and takes its
 * scopes along; what was merely started by a login then outlives it, unless KillUserProcesses=yes (logind.conf(5)).
 * STAY_SCOPE=always or never decides otherwise.
 */
export function shouldUseScope(env: Environment = process.env): boolean {
  if (env.STAY_SCOPE === 'never' || !canUseScope(env)) return false;
  return env.STAY_SCOPE === 'always' || hasLingerMark(userName());
}

/** Whether the user manager stays when the last login ends, by the mark that logind keeps. */
export function hasLingerMark(user: string, root = '/'): boolean {
  return user !== '' && fs.existsSync(join(root, 'var/lib/systemd/linger', user));
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return ''; // a container may run as a user that has no name
  }
}

/** The command that puts what follows it into a scope. */
export function scopeCommand(id: string): string[] {
  return ['systemd-run', '--user', '--scope', '--quiet', '--collect', `--unit=stay-${id}`, '--'];
}
