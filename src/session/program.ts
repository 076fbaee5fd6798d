// Starting a session's program: what to run, where, with which environment.

import { errnoOf, messageOf, StayError } from '../base/stay-error.ts';
import { kindOf } from '../platform/files.ts';
import { findCommand } from '../platform/find-command.ts';
import { type Pty, type PtyOptions, spawnPty } from '../platform/pty.ts';

/** Checks command and directory, and gives back what starts the program. Both throw a `StayError` that says what is wrong. */
export function prepareProgram(
  command: readonly string[],
  place: ProgramPlace,
): (options: ProgramPorts) => Promise<Pty> {
  requireFolder(place.cwd);
  const file = requireCommand(command[0] ?? '', place);
  return async (ports) => {
    try {
      return await spawnPty({ command, file, ...place, ...ports });
    } catch (error) {
      const why = errnoOf(error) === 'ENOENT' ? 'its interpreter is missing' : messageOf(error);
      throw new StayError('cannotCreate', `Cannot start "${command[0]}": ${why}`, { cause: error });
    }
  };
}

export type ProgramPlace = Pick<PtyOptions, 'cwd' | 'env'>;
export type ProgramPorts = Pick<PtyOptions, 'cols' | 'rows' | 'onOutput' | 'readsOn' | 'onExit'>;

function requireCommand(name: string, { cwd, env }: ProgramPlace): string {
  const found = findCommand(name, { cwd, path: env.PATH ?? '/usr/bin:/bin' });
  if (found.kind === 'found') return found.file;
  const why = found.kind === 'missing' ? 'there is no such program' : 'it is not executable';
  throw new StayError('cannotCreate', `Cannot start "${name}": ${why}`, { hint: 'Check the spelling and PATH' });
}

function requireFolder(cwd: string): void {
  const kind = kindOf(cwd);
  if (kind === 'folder') return;
  const why = kind === 'none' ? 'there is no such directory' : 'it is not a directory';
  throw new StayError('cannotCreate', `Cannot start in "${cwd}": ${why}`, { hint: 'Name another one with --cwd' });
}
