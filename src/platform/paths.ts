// Where things lie. Follows the XDG base directory specification; STAY_STATE_DIR and STAY_RUNTIME_DIR override it.

import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { maxSocketPathBytes } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import { ensurePrivateFolder, refuseUnlessPrivate } from './private-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder that holds all sessions' folders; created private if need be. */
export function sessionsFolder(env: Environment = process.env): string {
  const state =
    ownFolder(env.STAY_STATE_DIR) ??
    join(xdgFolder(env.XDG_STATE_HOME) ?? join(homeFolder(env), '.local', 'state'), 'stay');
  ensurePrivateFolder(state);
  const sessions = join(state, 'sessions');
  ensurePrivateFolder(sessions);
  return sessions;
}

/** The path of a session's socket, in a folder that is ours alone. Refuses one that the kernel would cut. */
export function socketPath(id: string, env: Environment = process.env): string {
  const path = join(runtimeFolder(env), `${id}.sock`);
  const length = new TextEncoder().encode(path).length;
  if (length > maxSocketPathBytes) {
    throw new StayError(
      'cannotCreate',
      `Cannot use the socket "${path}": its path has ${length} bytes, ${maxSocketPathBytes} is the limit`,
      {
        hint: 'Name a shorter folder: export STAY_RUNTIME_DIR=/tmp/stay-$(id -u)',
      },
    );
  }
  return path;
}

function runtimeFolder(env: Environment): string {
  const folder = ownFolder(env.STAY_RUNTIME_DIR) ?? join(runtimeBase(env), 'stay');
  ensurePrivateFolder(folder);
  return folder;
}

function runtimeBase(env: Environment): string {
  const base = xdgFolder(env.XDG_RUNTIME_DIR);
  if (base !== null && fs.existsSync(base)) {
    refuseUnlessPrivate(base);
    return base;
  }
  // No runtime folder (cron, su, containers): a private one under the temp folder, named so that users never share it.
  const own = join(tmpdir(), `stay-${process.getuid?.() ?? 'user'}`);
  ensurePrivateFolder(own);
  return own;
}

/** The settings file; it need not exist. */
export function configFile(env: Environment = process.env): string {
  return join(xdgFolder(env.XDG_CONFIG_HOME) ?? join(homeFolder(env), '.config'), 'stay', 'config.toml');
}

/** A folder of our own variables, made absolute: the server has another working directory than its starter. */
function ownFolder(path: string | undefined): string | null {
  return path ? resolve(path) : null;
}

/** A folder of the XDG specification, which says that relative ones are to be ignored. */
function xdgFolder(path: string | undefined): string | null {
  return path && isAbsolute(path) ? path : null;
}

export function homeFolder(env: Environment = process.env): string {
  return env.HOME || homedir();
}

/** An absolute path, from the directory that this process was started in. */
export function resolvePath(path: string): string {
  return resolve(path);
}
