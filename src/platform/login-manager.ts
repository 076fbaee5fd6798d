// What ends with a login, and what outlives it: systemd-logind's part in the life of a session. See logind.conf(5).

import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { listFolder, readTextIfAny } from './files.ts';
import type { RunTool } from './system-tool.ts';
import { canUseScope, hasLingerMark, userName } from './user-scope.ts';

export interface LoginFacts {
  /** Whether systemd runs this machine. */
  isSystemd: boolean;
  /** Whether we can reach a systemd user manager, which gives sessions their scopes. */
  hasUserManager: boolean;
  /** Whether the user manager stays when the last login ends, and is started at boot. */
  lingers: boolean;
  /** Whether the end of a login kills what it has started. */
  killsProcesses: boolean;
}

export interface LoginPlace {
  env: Readonly<Record<string, string | undefined>>;
  runTool: RunTool;
  /** '/' but in tests. */
  root?: string;
  /** Ours but in tests. */
  user?: string;
}

/** Reads the files of logind, which tell it also where logind itself cannot be asked, and asks it. */
export async function loginFacts({ env, runTool, root = '/', user = userName() }: LoginPlace): Promise<LoginFacts> {
  // sd_booted(3)
  const isSystemd = fs.existsSync(join(root, 'run/systemd/system'));
  if (!isSystemd) return { isSystemd, hasUserManager: false, lingers: false, killsProcesses: false };
  const lingers = hasLingerMark(user, root) || (await lingersBySystem(user, runTool));
  const policy = { ...policyInFiles(root), ...(await policyBySystem(runTool)) };
  return { isSystemd, hasUserManager: canUseScope(env), lingers, killsProcesses: isKilled(user, policy) };
}

async function lingersBySystem(user: string, runTool: RunTool): Promise<boolean> {
  const answer = await runTool(['loginctl', 'show-user', user, '--property=Linger']);
  return answer.kind === 'ended' && answer.output.trim() === 'Linger=yes';
}

type Policy = Partial<Record<(typeof policyKeys)[number], string>>;
const policyKeys = ['KillUserProcesses', 'KillOnlyUsers', 'KillExcludeUsers'] as const;

function isKilled(user: string, { KillUserProcesses, KillOnlyUsers, KillExcludeUsers }: Policy): boolean {
  const only = words(KillOnlyUsers);
  const excluded = words(KillExcludeUsers ?? 'root');
  const isMeant = only.length === 0 || only.includes(user);
  return /^(?:yes|true|on|1)$/i.test(KillUserProcesses ?? 'no') && isMeant && !excluded.includes(user);
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** As logind itself sees it, with the defaults it was built with. Without a user named, it tells of itself. */
async function policyBySystem(runTool: RunTool): Promise<Policy> {
  const answer = await runTool(['loginctl', 'show-user', ...policyKeys.map((key) => `--property=${key}`)]);
  return answer.kind === 'ended' && answer.exitCode === 0 ? policyIn(answer.output) : {};
}

/** The main file, then the pieces in the order of their names; those of /etc hide those of the same name elsewhere. */
function policyInFiles(root: string): Policy {
  const folders = ['usr/lib', 'usr/local/lib', 'run', 'etc'].map((place) => join(root, place, 'systemd'));
  const mains = folders.map((folder) => join(folder, 'logind.conf')).filter((path) => fs.existsSync(path));
  const pieces = folders.map((folder) => join(folder, 'logind.conf.d')).flatMap(filesIn);
  const byName = new Map(pieces.map((path) => [basename(path), path]));
  const ordered = [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
  const texts = [...mains.slice(-1), ...ordered].map((path) => readTextIfAny(path) ?? '');
  return Object.assign({}, ...texts.map(policyIn));
}

function filesIn(folder: string): string[] {
  return listFolder(folder)
    .filter((name) => name.endsWith('.conf'))
    .map((name) => join(folder, name));
}

function policyIn(text: string): Policy {
  const found = text.matchAll(/^\s*(\w+)\s*=[ \t]*(.*?)\s*$/gm);
  const known = Array.from(found).filter(([, key]) => policyKeys.some((policyKey) => policyKey === key));
  return Object.fromEntries(known.map(([, key, value]) => [key, value]));
}
