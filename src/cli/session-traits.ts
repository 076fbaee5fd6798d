// The traits of a session on the command line: what new ones get, the flags that say otherwise, and how they are told.

import type { Argv } from 'yargs';
import { type RestartPolicy, restartPolicies, type SessionTraits } from '../base/session-traits.ts';
import { shellQuote } from '../base/shell-quote.ts';
import type { Settings } from '../config/settings.ts';
import type { SessionRecord } from '../storage/session-record.ts';

export interface TraitFlags {
  restart: RestartPolicy | undefined;
  resumeCommand: string | undefined;
  private: boolean | undefined;
}

/** Adds the flags that set traits. */
export function withTraitFlags<A>(yargs: Argv<A>) {
  return yargs
    .option('restart', {
      choices: restartPolicies,
      requiresArg: true,
      describe: 'Who starts it again once it has stopped: auto anybody and boot, ask who says yes, never only "resume"',
    })
    .option('resume-command', {
      type: 'string',
      requiresArg: true,
      describe: 'What a resume starts instead, as a line for sh; "" is the command itself',
    })
    .option('private', { type: 'boolean', describe: 'Keep its screen and history off the disk' });
}

/** The traits that the flags set. */
export function traitsOfFlags({ restart, resumeCommand, private: isPrivate }: TraitFlags): Partial<SessionTraits> {
  return {
    ...(restart === undefined ? {} : { restart }),
    ...(resumeCommand === undefined ? {} : { resumeCommand: commandOf(resumeCommand) }),
    ...(isPrivate === undefined ? {} : { isPrivate }),
  };
}

function commandOf(line: string): string[] | null {
  return line.trim() === '' ? null : ['/bin/sh', '-c', line];
}

/** The traits of a new session, where no flag says otherwise. */
export function traitsOfSettings(settings: Settings): SessionTraits {
  return {
    restart: settings.restart,
    resumeCommand: null,
    isPrivate: settings.private,
    isPinned: false,
    historyLines: settings.historyLines,
    historyBytes: settings.historyLimit,
  };
}

/** The traits in words, a line each. */
export function traitsText({ restart, resumeCommand, isPrivate }: SessionRecord): string {
  const lines = [
    `restart: ${restart}`,
    `resume command: ${resumeCommandText(resumeCommand)}`,
    `private: ${isPrivate ? 'yes' : 'no'}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A resume command as it was given. */
function resumeCommandText(command: readonly string[] | null): string {
  if (command === null) return 'the same as at first';
  const [shell, flag, line] = command;
  return shell === '/bin/sh' && flag === '-c' && line !== undefined ? line : command.map(shellQuote).join(' ');
}
