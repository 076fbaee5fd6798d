// Having sessions resumed when the machine starts: the parts that systemd, launchd and doing it by hand have in common.

import type { LoginFacts } from '../../platform/login-manager.ts';
import type { RunTool, ToolAnswer } from '../../platform/system-tool.ts';

/** One way to have it done. Each resolves with sentences for people, or throws a `StayError`. */
export interface ServiceManager {
  install(): Promise<string>;
  uninstall(): Promise<string>;
  status(): Promise<string>;
}

export interface ServiceWorld {
  env: Readonly<Record<string, string | undefined>>;
  /** The words that start this very program, the first an absolute path. */
  self: readonly string[];
  user: number | null;
  login: LoginFacts;
  runTool: RunTool;
}

/** What is done at boot. */
export function bootCommand({ self }: ServiceWorld): string[] {
  return [...self, 'resume', '--all'];
}

/** Variables that a login has and a boot has not: where programs and our own files are, and the language. */
const loginVariables = [
  'PATH',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'XDG_STATE_HOME',
  'XDG_CONFIG_HOME',
  'STAY_STATE_DIR',
  'STAY_RUNTIME_DIR',
];

/** Those of them that are set now. One with a line break in it has no place in the files of any manager. */
export function bootVariables({ env }: ServiceWorld): [name: string, value: string][] {
  return loginVariables.flatMap((name): [string, string][] => {
    const value = env[name];
    return value && !/\p{Cc}/u.test(value) ? [[name, value]] : [];
  });
}

/** Why a tool did not do what it was asked to; null when it did. */
export function failureOfTool(answer: ToolAnswer): string | null {
  if (answer.kind === 'missing') return 'there is no such command';
  if (answer.kind === 'silent') return 'it does not answer';
  if (answer.exitCode === 0) return null;
  return answer.errors.trim().split('\n').at(-1) || `it ended with status ${answer.exitCode}`;
}

/** Lines as one text, those that do not apply left out. */
export function linesOf(...lines: (string | null)[]): string {
  return lines.flatMap((line) => (line === null ? [] : [`${line}\n`])).join('');
}
