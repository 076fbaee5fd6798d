// Where things lie. Follows the XDG base directory specification; STAY_STATE_DIR and STAY_RUNTIME_DIR override it.

import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { maxSocketPathBytes } from '../base/limits.ts';
import { StayError } from '../base/stay-error.ts';
import { ensurePrivateFolder } from './private-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder that holds all sessions' folders; created private if need be. */
export function sessionsFolder(env: Environment = process.env): string {
  const { state, sessions } = statePlaces(env);
  ensurePrivateFolder(state);
  ensurePrivateFolder(sessions);
  return sessions;
}

/** Where our state and the sessions in it belong, whether or not it is there. */
export function statePlaces(env: Environment = process.env): { state: string; sessions: string } {
  const state =
    ownFolder(env.STAY_STATE_DIR) ??
    join(xdgFolder(env.XDG_STATE_HOME) ?? join(homeFolder(env), '.local', 'state'), 'stay');
  return { state, sessions: join(state, 'sessions') };
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
  const { base, folder } = runtimePlaces(env);
  if (base !== null) ensurePrivateFolder(base);
  ensurePrivateFolder(folder);
  return folder;
}

/** Makes the folder of a socket of ours again, should somebody have removed it with those around it; private like at first. */
export function remakeSocketFolder(socket: string, env: Environment = process.env): void {
  const folder = dirname(socket);
  if (ownFolder(env.STAY_RUNTIME_DIR) === null) {
    const base = dirname(folder);
    // What is around it (`/run/user`) is for everybody.
    fs.mkdirSync(dirname(base), { recursive: true });
    ensurePrivateFolder(base);
  }
  ensurePrivateFolder(folder);
}

/**
 * Where our sockets belong, whether or not it is there. `base` is the folder around it, which must be private too; null
 * where STAY_RUNTIME_DIR names the place.
 */
export function runtimePlaces(env: Environment = process.env): { base: string | null; folder: string } {
  const own = ownFolder(env.STAY_RUNTIME_DIR);
  if (own !== null) return { base: null, folder: own };
  const xdg = xdgFolder(env.XDG_RUNTIME_DIR);
  // No runtime folder (cron, su, containers): a private one under the temp folder, named so that users never share it.
  const base = xdg !== null && fs.existsSync(xdg) ? xdg : join(tmpdir(), `stay-${process.getuid?.() ?? 'user'}`);
  return { base, folder: join(base, 'stay') };
}

/** The settings file; it need not exist. */
export function configFile(env: Environment = process.env): string {
  return join(configFolder(env), 'stay', 'config.toml');
}

/** The folder in which programs keep what the user configures. */
export function configFolder(env: Environment = process.env): string {
  return xdgFolder(env.XDG_CONFIG_HOME) ?? join(homeFolder(env), '.config');
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
