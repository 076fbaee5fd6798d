// `stay new`: makes a session.

import { defaultSize, maxCells } from '../../base/limits.ts';
import { StayError } from '../../base/stay-error.ts';
import { printOut } from '../../platform/standard-streams.ts';
import { attachSession } from '../attach-session.ts';
import { createSession } from '../create-session.ts';
import { finish } from '../finish.ts';
import { withDetachKeys } from '../key-bindings.ts';
import { recordOf, startedSession } from '../known-sessions.ts';
import { loadSettings } from '../load-settings.ts';
import { traitsOfFlags, traitsOfSettings, withTraitFlags } from '../session-traits.ts';
import { verb } from '../verb.ts';
import { withTerminal } from '../with-terminal.ts';

export const newVerb = verb({
  command: 'new [name]',
  describe: 'Make a session and attach to it',
  words: { name: 'other', '--': 'command' },
  strayWordHint: 'A command goes behind --, as in: stay new web -- vim',
  build: (yargs) =>
    withTraitFlags(yargs)
      .positional('name', { type: 'string', describe: 'Its name; a random one if left out' })
      .option('detached', { alias: 'd', type: 'boolean', default: false, describe: 'Do not attach; print its name' })
      .option('cwd', { type: 'string', requiresArg: true, describe: 'The directory to start in' })
      .option('env', { type: 'string', array: true, nargs: 1, describe: 'A variable for its program, as NAME=VALUE' })
      .option('size', { type: 'string', requiresArg: true, describe: 'Its size until somebody attaches, as COLSxROWS' })
      .option('detach-keys', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Keys that detach, such as "ctrl-a d"',
      })
      .example('$0 new', 'A login shell under a random name')
      .example('$0 new web --cwd ~/app -- npm run dev', 'A server that goes on when you leave')
      .example('$0 new -d build -- make -j8', 'Start it without attaching'),
  async run({ name, detached, cwd, env, size, detachKeys, restart, resumeCommand, private: isPrivate, ...rest }) {
    const settings = withDetachKeys(loadSettings(), detachKeys);
    const command = commandOf(rest);
    const traits = {
      ...traitsOfSettings(settings),
      ...traitsOfFlags({ restart, resumeCommand, private: isPrivate }),
    };
    const wishes = { name, command, cwd, env: parseEnvironment(env ?? []), traits };
    if (detached) {
      const id = await createSession({ ...wishes, size: parseSize(size) ?? defaultSize, isAwaited: false });
      await printOut(`${recordOf(id).name}\n`);
      return 0;
    }
    const parting = await withTerminal('attach', async (terminal) => {
      const id = await createSession({ ...wishes, size: parseSize(size) ?? terminal.size(), isAwaited: true });
      return attachSession(startedSession(id), { terminal, settings, ifFree: false });
    });
    return finish(parting);
  },
});

function commandOf(rest: Record<string, unknown>): string[] | null {
  const words = rest['--'];
  return Array.isArray(words) && words.length > 0 ? words.map(String) : null;
}

function parseEnvironment(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(assignments.map(parseAssignment));
}

function parseAssignment(assignment: string): [string, string] {
  const split = assignment.indexOf('=');
  if (split < 1) {
    throw new StayError('usage', `Cannot set "${assignment}": it is not NAME=VALUE`, {
      hint: 'Write: --env NAME=VALUE',
    });
  }
  return [assignment.slice(0, split), assignment.slice(split + 1)];
}

function parseSize(text: string | undefined): { cols: number; rows: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,4})x(\d{1,4})$/i.exec(text);
  const [cols, rows] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && isCellCount(cols) && isCellCount(rows)) return { cols, rows };
  throw new StayError('usage', `Cannot use the size "${text}": it is not COLSxROWS of 1 to ${maxCells} each`, {
    hint: 'Write: --size 80x24',
  });
}

function isCellCount(count: number): boolean {
  return count >= 1 && count <= maxCells;
}
