// The system's processes: who is alive, who belongs to a session, and ending them.
// Linux tells it all in /proc; elsewhere `ps` does.

import * as fs from 'node:fs';
import { basename } from 'node:path';
import { reapIntervalMs, reapTimeoutMs } from '../base/limits.ts';
import { errnoOf } from '../base/stay-error.ts';
import { isLinux } from './runtime.ts';

/** One process at one time: a pid is reused, the pair of pid and start is not. */
export interface ProcessStamp {
  pid: number;
  /** When it started, in the system's own unit; compare for equality only. '' where unknown. */
  start: string;
}

export interface ProcessFacts extends ProcessStamp {
  parent: number;
  group: number;
  /** The terminal session (its leader's pid). */
  terminalSession: number;
  /** The process group in its terminal's foreground, or -1. */
  foregroundGroup: number;
  /** One letter after ps(1): `Z` is dead, not yet reaped. */
  state: string;
  /** What it is called, where the system tells that along with the rest. */
  name: string | null;
}

const hasProc = isLinux;

/** The process as it is now; `start` is '' when it does not exist. */
export function processStamp(pid: number): ProcessStamp {
  return { pid, start: readFacts(pid)?.start ?? '' };
}

/** True while that very process runs (a zombie does not). */
export function isRunning(stamp: ProcessStamp): boolean {
  const facts = readFacts(stamp.pid);
  return facts !== null && facts.state !== 'Z' && (stamp.start === '' || facts.start === stamp.start);
}

let knownBootId: string | undefined;

/** The identifier of this boot of the machine, or '' where the system has none. STAY_BOOT_ID is for tests, which cannot boot. */
export function bootId(): string {
  knownBootId ??= process.env.STAY_BOOT_ID || readBootId();
  return knownBootId;
}

function readBootId(): string {
  if (!hasProc) return '';
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return ''; // /proc may be hidden in a container
  }
}

/** When this boot of the machine began, in milliseconds since 1970 and to the second, or null where the system does not tell. */
export function bootTime(): number | null {
  if (!hasProc) return null;
  try {
    const seconds = /^btime (\d+)$/m.exec(fs.readFileSync('/proc/stat', 'utf8'))?.[1];
    return seconds === undefined ? null : Number(seconds) * 1_000;
  } catch {
    return null; // /proc may be hidden in a container
  }
}

/** What runs in the foreground of the terminal whose leader is `leader`: its name as people say it, and its directory. */
export function foregroundOf(leader: number): { program: string | null; cwd: string | null } {
  const facts = readFacts(leader);
  const group = facts?.foregroundGroup ?? -1;
  const pid = group > 0 ? group : leader;
  const own = pid === leader ? facts?.name : null;
  return { program: own ?? programName(pid) ?? programName(leader), cwd: workingFolder(pid) ?? workingFolder(leader) };
}

function programName(pid: number): string | null {
  if (!hasProc) return readFromPs(pid, 'comm=', (text) => basename(text));
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    return null; // it ended meanwhile
  }
}

function workingFolder(pid: number): string | null {
  if (!hasProc) return null;
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return null; // it ended meanwhile, or is another user's
  }
}

/** The device of the terminal that controls a process, such as `/dev/pts/3`; null when it has none or we cannot tell. */
export function terminalOf(pid: number): string | null {
  if (!hasProc) return null;
  const number = readStatFields(pid)?.fields[4];
  return number === undefined ? null : terminalDevice(Number(number));
}

// proc_pid_stat(5), tty_nr: minor number in bits 31 to 20 and 7 to 0, major in 15 to 8; pseudo-terminals are 136 to 143.
function terminalDevice(number: number): string | null {
  const major = (number >> 8) & 0xff;
  const minor = (number & 0xff) | ((number >> 12) & 0xfff00);
  return major >= 136 && major <= 143 ? `/dev/pts/${(major - 136) * 256 + minor}` : null;
}

/** Facts of one process, or null when there is none. */
export function readFacts(pid: number): ProcessFacts | null {
  return hasProc ? readStat(pid) : readFromPs(pid, psColumns, parsePsLine);
}

/** All processes of the system that we can see. */
export function allProcesses(): ProcessFacts[] {
  if (!hasProc)
    return ps('-axo', psColumns)
      .split('\n')
      .flatMap((line) => parsePsLine(line) ?? []);
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readFacts(Number(pid)) ?? []);
}

/** The value of a variable in the environment that a process was started with, or undefined; needs /proc. */
export function startEnvironmentOf(pid: number, variable: string): string | undefined {
  if (!hasProc) return undefined;
  try {
    const entries = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const prefix = `${variable}=`;
    return entries.find((entry) => entry.startsWith(prefix))?.slice(prefix.length);
  } catch {
    return undefined; // it is gone, or another user's
  }
}

/** Sends a signal; a process that is gone already is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: gone already; EPERM: it became another user's (su, sudo) and is not ours to end.
    if (errnoOf(error) !== 'ESRCH' && errnoOf(error) !== 'EPERM') throw error;
  }
}

/** Resolves when that process runs no more, or after `reapTimeoutMs`: nothing tells us of the end of one that is no child. */
export async function processEnd(stamp: ProcessStamp): Promise<void> {
  const giveUpAt = performance.now() + reapTimeoutMs;
  while (isRunning(stamp) && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, reapIntervalMs));
  }
}

/** Up to the start time, field 22. */
const statFields = 20;

/** proc_pid_stat(5): the name, and the fields behind it. It may itself hold blanks and parentheses: the last one ends it. */
function readStatFields(pid: number): { name: string; fields: string[] } | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return { name: stat.slice(stat.indexOf('(') + 1, end), fields: stat.slice(end + 2).split(' ', statFields) };
  } catch {
    return null; // ENOENT or ESRCH: it is gone
  }
}

function readStat(pid: number): ProcessFacts | null {
  const { name = '', fields = [] } = readStatFields(pid) ?? {};
  const [state, parent, group, terminalSession, , foregroundGroup] = fields;
  const start = fields[19];
  if (state === undefined || start === undefined) return null;
  return {
    pid,
    name,
    start,
    parent: Number(parent),
    group: Number(group),
    terminalSession: Number(terminalSession),
    foregroundGroup: Number(foregroundGroup),
    state,
  };
}

const psColumns = 'pid=,ppid=,pgid=,sess=,tpgid=,stat=,lstart=';

function parsePsLine(line: string): ProcessFacts | null {
  const fields = line.trim().split(/\s+/);
  if (fields.length < 7) return null;
  const [pid, parent, group, terminalSession, foregroundGroup] = fields.slice(0, 5).map(Number);
  const start = fields.slice(6).join(' ');
  return {
    pid: pid ?? 0,
    name: null,
    start,
    parent: parent ?? 0,
    group: group ?? 0,
    terminalSession: terminalSession ?? 0,
    foregroundGroup: foregroundGroup ?? -1,
    state: fields[5]?.[0] ?? '?',
  };
}

function readFromPs<T>(pid: number, columns: string, parse: (text: string) => T | null): T | null {
  try {
    const text = ps('-o', columns, '-p', String(pid));
    return text.trim() === '' ? null : parse(text.trim());
  } catch {
    return null; // ps says 1 for a process that is gone
  }
}

/** What ps(1) prints. It is started by what servers on Linux shall not load. Throws when it fails, or finds no process. */
function ps(...args: string[]): string {
  const { execFileSync } = process.getBuiltinModule('node:child_process');
  return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
