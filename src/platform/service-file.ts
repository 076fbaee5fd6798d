// The file by which the system's manager of services knows us: a systemd user unit, or a launchd agent.

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from './files.ts';
import { configFolder, homeFolder } from './paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export const unitName = 'stay.service';
export const agentLabel = 'stay.resume';

/** Where a systemd user manager looks for units of the user's own. */
export function unitPath(env: Environment): string {
  return join(configFolder(env), 'systemd', 'user', unitName);
}

/** Where launchd looks for agents of the user's own. */
export function agentPath(env: Environment): string {
  return join(homeFolder(env), 'Library', 'LaunchAgents', `${agentLabel}.plist`);
}

/** Writes such a file, and the folders above it that are missing. Nothing in it is secret: all may read it, as its like. */
export function writeServiceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomic(path, new TextEncoder().encode(text));
  chmodSync(path, 0o644);
}
